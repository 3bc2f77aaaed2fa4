using SstpRouter.Certificates;
using SstpRouter.Linux;

namespace SstpRouter.Services.Tests.Support;

/// <summary>A whole router without its program: menus, configuration and services, alone in a network namespace.</summary>
internal sealed class RunningRouter : IDisposable
{
    /// <summary>How long a test waits for what must happen; reached only when it fails.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _certificates = Directory.CreateTempSubdirectory("router-services-");
    private readonly RouterServices _services;

    private RunningRouter(string[] lines)
    {
        Desk = new Desk(lines);
        Kernel.SetLinkUp(Kernel.Link("lo")!.Index);
        _services = new RouterServices(Desk.Root, Desk.Store, Desk.Log, new CertificateDirectory(_certificates.FullName), workers: 1);
    }

    public Desk Desk { get; }

    public RouteSocket Kernel { get; } = new();

    /// <summary>Starts a router that finds these lines in its configuration, and has a test look at it.</summary>
    public static void Run(Action<RunningRouter> test, params string[] lines)
    {
        using NetworkNamespace space = NetworkNamespace.Create();
        space.Run(() =>
        {
            using var router = new RunningRouter(lines);
            test(router);
            Assert.Empty(router.Desk.Logged("critical"));
        });
    }

    public string Type(string lines) => Desk.Type(lines);

    /// <summary>One value of one item as scripts read it.</summary>
    public string Get(string menu, string item, string property) => Type($":put [{menu} get {item} {property}]").TrimEnd('\n');

    public void WaitFor(string what, Func<bool> happened) => Assert.True(
        SpinWait.SpinUntil(happened, Patience),
        $"waited in vain for: {what}; the log says:\n{string.Join('\n', Desk.Log.Lines.TakeLast(40))}");

    public void WaitForTunnel(string name) =>
        WaitFor(name + " is running", () => Get("/interface sstp-client", name, "running") == "true");

    public void WaitForLog(string message) => WaitFor("the log line " + message, () => Desk.Logged().Contains(message));

    /// <summary>The IPv4 addresses of an interface, by its kernel name.</summary>
    public IEnumerable<string> AddressesOf(string kernelName) =>
        [.. Kernel.Addresses()
            .Where(a => a.InterfaceIndex == Kernel.Link(kernelName)?.Index && a.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork)
            .Select(a => $"{a.Address}/{a.PrefixLength}")];

    /// <summary>Makes an interface that is hardware to the router: one end of a cable whose other end is <c>NAMEp</c>.</summary>
    public void PlugIn(string name) => Kernel.AddVethPair(name, name + "p");

    public void Unplug(string name) => Kernel.DeleteLink(Kernel.Link(name)!.Index);

    public void Stop() => _services.Stop(TimeSpan.FromSeconds(10));

    public void Dispose()
    {
        _services.Stop(TimeSpan.FromSeconds(10));
        _services.Dispose();
        Kernel.Dispose();
        _certificates.Delete(recursive: true);
    }
}
