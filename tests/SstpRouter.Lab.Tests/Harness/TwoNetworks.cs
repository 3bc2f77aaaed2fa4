using System.Net;
using SstpRouter.Linux;

namespace SstpRouter.Lab.Tests.Harness;

/// <summary>The manual's two routers, a tunnel between them, and a machine behind each: 10.1.0.2 and fd01::2 behind the branch, 10.2.0.2 and fd02::2
/// behind head office. Whatever one machine sends to the other is forwarded into the tunnel and out of it again.</summary>
internal sealed class TwoNetworks : IDisposable
{
    public const string Lan = "lan";
    public const string BranchTunnel = "sstp-out1";
    public const string HqTunnel = "from-branch";

    private readonly TwoRouters _routers = new();

    public TwoNetworks()
    {
        _routers.Hq.Exec($"/interface sstp-server add name={HqTunnel} user=MT-User");
        _routers.Dial();
        Join(Branch.Host, BehindBranch, 1);
        Join(Hq.Host, BehindHq, 2);
        Await.Until(() => TunnelOf(Hq, HqTunnel) is { IsUp: true }, () => string.Join('\n', Hq.Program.Lines));
        Forward(Branch.Host, BranchTunnel, 2);
        Forward(Hq.Host, HqTunnel, 1);
    }

    public Router Branch => _routers.Branch;

    public Router Hq => _routers.Hq;

    public Host BehindBranch { get; } = new("behind-branch");

    public Host BehindHq { get; } = new("behind-hq");

    /// <summary>The kernel's view of a router's end of the tunnel.</summary>
    public static Link TunnelOf(Router router, string name) => router.Host.Run(() =>
    {
        using var routes = new RouteSocket();
        return routes.Link(name)!;
    });

    public void Dispose()
    {
        _routers.Dispose();
        BehindBranch.Dispose();
        BehindHq.Dispose();
    }

    private static void Join(Host router, Host machine, int number)
    {
        Host.Connect(router, machine, Lan);
        Address(router, number, 1);
        Address(machine, number, 2);
        machine.Run(() =>
        {
            using var routes = new RouteSocket();
            routes.AddRoute(new RouteSpec { Destination = IPNetwork.Parse("0.0.0.0/0"), Gateway = IPAddress.Parse($"10.{number}.0.1") });
            routes.AddRoute(new RouteSpec { Destination = IPNetwork.Parse("::/0"), Gateway = IPAddress.Parse($"fd0{number}::1") });
        });
    }

    private static void Address(Host host, int network, int number) => host.Run(() =>
    {
        using var routes = new RouteSocket();
        int index = routes.Link(Lan)!.Index;
        routes.AddAddress(index, IPAddress.Parse($"10.{network}.0.{number}"), 24);
        routes.AddAddress(index, IPAddress.Parse($"fd0{network}::{number}"), 64, flags: AddressFlags.NoDuplicateDetection);
    });

    private static void Forward(Host router, string tunnel, int network) => router.Run(() =>
    {
        File.WriteAllText("/proc/sys/net/ipv4/ip_forward", "1");
        File.WriteAllText("/proc/sys/net/ipv6/conf/all/forwarding", "1");
        using var routes = new RouteSocket();
        int index = routes.Link(tunnel)!.Index;
        routes.AddRoute(new RouteSpec { Destination = IPNetwork.Parse($"10.{network}.0.0/24"), OutputInterface = index });
        routes.AddRoute(new RouteSpec { Destination = IPNetwork.Parse($"fd0{network}::/64"), OutputInterface = index });
    });
}
