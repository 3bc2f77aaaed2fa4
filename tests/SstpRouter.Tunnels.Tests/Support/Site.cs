using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using SstpRouter.Linux;
using SstpRouter.Tls;
using SstpRouter.Tunnels.Client;
using SstpRouter.Tunnels.Server;
using SstpRouter.Tunnels.Workers;

namespace SstpRouter.Tunnels.Tests.Support;

/// <summary>A router's place: a namespace without a name, its workers and its log. What it started ends with it.</summary>
internal sealed class Site : IDisposable
{
    public const int Port = 443;

    private readonly List<SstpListener> _listeners = [];
    private readonly List<SstpDialler> _diallers = [];
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly NameResolver _resolver = new();

    public Site(int workers = 1)
    {
        (Routes, Workers) = Space.Run(() =>
        {
            // Otherwise the kernel looks for IPv6 routers through each interface, unasked.
            SetSysctl("net/ipv6/conf/default/disable_ipv6", "1");
            RouteSocket routes = new();
            routes.SetLinkUp(routes.Link("lo")!.Index);
            return (routes, new TunnelWorkers(workers, _faults.Enqueue));
        });
    }

    public NetworkNamespace Space { get; } = NetworkNamespace.Create();

    public RouteSocket Routes { get; }

    public TunnelWorkers Workers { get; }

    public TestLog Log { get; } = new();

    /// <summary>The kernel's names of the tunnels that are there.</summary>
    public IReadOnlyList<string> TunnelLinks => [.. Routes.Links().Where(l => l.Kind == "tun").Select(l => l.Name)];

    public static void SetSysctl(string name, string value) => File.WriteAllText($"/proc/sys/{name}", value);

    /// <summary>Where a listener on this site answers on loopback.</summary>
    public SstpListener Listen(ICallAdmission doorman, ListenOptions? options = null)
    {
        options ??= Listening();
        SstpListener listener = Space.Run(() => new SstpListener(Workers, Log, doorman, options));
        _listeners.Add(listener);
        return listener;
    }

    public static ListenOptions Listening() => new()
    {
        EndPoint = new IPEndPoint(IPAddress.Any, Port),
        Tls = new TlsServerPolicy(),
        EnableIpv6 = false,
    };

    public SstpDialler Dial(DialOptions? options = null)
    {
        var dialler = new SstpDialler(Workers.Next(), _resolver, Log, options ?? Dialling(), _ => { });
        _diallers.Add(dialler);
        dialler.Start();
        return dialler;
    }

    public static DialOptions Dialling(string host = "127.0.0.1") => new()
    {
        Interface = new InterfaceName("sstp-out1", "sstp-out1", AlternativeName: null),
        Host = host,
        Port = Port,
        Tls = new TlsClientPolicy { ServerName = host },
        User = Doorman.User,
        Password = Doorman.Password,
        EnableIpv6 = false,
        BackOff = new BackOff { First = 100, Cap = 200, AfterRefusal = 300 },
    };

    public Socket Open(SocketType type, ProtocolType protocol) =>
        Space.Run(() => new Socket(AddressFamily.InterNetwork, type, protocol));

    /// <summary>Waits until traffic can flow.</summary>
    public void AwaitUp(SstpDialler dialler) =>
        Await.True(() => dialler.State.IsRunning, $"{dialler.Options.Interface.Name} is running", Log);

    public void StopAll()
    {
        Task[] ends = [.. _diallers.Select(d => d.Stop()), .. _listeners.Select(l => l.Stop())];
        _diallers.Clear();
        _listeners.Clear();
        Await.Done(Task.WhenAll(ends), "all tunnels are down", Log);
    }

    /// <summary>Stops one listener, as a router that restarts does.</summary>
    public void Stop(SstpListener listener)
    {
        _listeners.Remove(listener);
        Await.Done(listener.Stop(), "the listener is down", Log);
    }

    public void Stop(SstpDialler dialler)
    {
        _diallers.Remove(dialler);
        Await.Done(dialler.Stop(), "the dialler is down", Log);
    }

    public void Dispose()
    {
        StopAll();
        Workers.Dispose();
        _resolver.Dispose();
        Routes.Dispose();
        Space.Dispose();
        Assert.Empty(_faults);
        Assert.Empty(Workers.Leaks);
    }
}
