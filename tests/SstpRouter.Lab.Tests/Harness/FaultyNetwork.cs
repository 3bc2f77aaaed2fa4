using SstpRouter.Linux;
using SstpRouter.Tests.Shared;

namespace SstpRouter.Lab.Tests.Harness;

/// <summary>The manual's two routers on a cable that can be made bad: the branch, 192.168.62.1, dials head office, 192.168.62.2, and pings
/// through the tunnel all the time.</summary>
internal sealed class FaultyNetwork : IDisposable
{
    public const string Uplink = "wan";
    private const string BranchAddress = "192.168.62.1/24";
    private const string HqAddress = "192.168.62.2/24";

    private readonly int _seed;
    private int _host = 1;

    public FaultyNetwork(int seed = 1, string client = "")
    {
        _seed = seed;
        Cable = new Cable(Uplink, Branch.Host.Namespace, Hq.Host.Namespace, seed);
        Hq.StartWithoutWaiting();
        Branch.Start();
        Hq.Program.WaitForLine("router is ready");
        Hq.Exec($"/ip address add address={HqAddress} interface={Uplink}");
        Branch.Exec($"/ip address add address={BranchAddress} interface={Uplink}");
        Hq.Exec(TwoRouters.SecretLine);
        Hq.Exec(TwoRouters.ServerLine);

        // The hardest case for a client that comes back: its old session holds its place, its interface and its address.
        Hq.Exec("/ppp profile set default-encryption only-one=yes; /interface sstp-server add name=from-branch user=MT-User");
        Branch.Exec($"{TwoRouters.ClientLine} {client}");
        Branch.WaitUntilRunning();
        Pings = new SteadyPing(Branch.Host, "10.0.0.1");
        Pings.WaitForAnswerSince(MonotonicClock.Milliseconds);
    }

    public Router Hq { get; private set; } = new("hq");

    public Router Branch { get; } = new("branch");

    public Cable Cable { get; }

    public SteadyPing Pings { get; }

    /// <summary>Whether the branch says that its tunnel runs.</summary>
    public bool IsRunning => Branch.IsRunning("sstp-out1");

    /// <summary>Whether the branch's kernel has a route into the tunnel.</summary>
    public bool HasTunnelRoute => Branch.Host.KernelRoutes().Contains("10.0.0.1/32");

    /// <summary>The sessions that head office has, by their ids.</summary>
    public string[] Sessions => Hq.Exec(":foreach s in=[/ppp active find] do={:put [/ppp active get $s session-id]}")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Waits until all is as it should be: the flag and the route at the branch, one session at head office and its own interface.</summary>
    public void AwaitUp() => Await.Until(
        () => IsRunning && HasTunnelRoute && Sessions.Length == 1 && Hq.Exec(":put [/interface get from-branch running]") == "true\n",
        Describe);

    /// <summary>The program at head office dies, and nobody says good-bye but the kernel.</summary>
    public void KillHq() => Hq.Program.Kill();

    /// <summary>It is started again.</summary>
    public void StartHq() => Hq.Start();

    /// <summary>Head office loses its power: its connections are forgotten, and nobody is told.</summary>
    public void PowerHqOff()
    {
        Cable.Cut();
        Hq.Program.Kill();
    }

    /// <summary>It gets its power back, and the cable is plugged in.</summary>
    public void PowerHqOn()
    {
        Hq.MoveToNewHost();
        Cable.PlugFarEndInto(Hq.Host.Namespace);
        Hq.Start();
        Cable.Mend();
    }

    /// <summary>The branch's uplink is disabled, and enabled again.</summary>
    public void SetUplink(bool up) => Branch.Host.Run(() =>
    {
        using var routes = new RouteSocket();
        int index = routes.Link(Uplink)!.Index;
        if (up)
        {
            routes.SetLinkUp(index);
        }
        else
        {
            routes.SetLinkDown(index);
        }
    });

    /// <summary>The user gives the branch another address.</summary>
    public void Readdress()
    {
        _host = _host == 1 ? 3 : 1;
        Branch.Exec($"/ip address set [find interface={Uplink}] address=192.168.62.{_host}/24");
    }

    public string Describe() =>
        $"seed {_seed}\nbranch:\n{string.Join('\n', Branch.Program.Lines.TakeLast(40))}\nhq:\n{string.Join('\n', Hq.Program.Lines.TakeLast(40))}";

    public void Dispose()
    {
        Pings.Dispose();
        Branch.Dispose();
        Hq.Dispose();
        Cable.Dispose();
    }
}
