using System.Net;

namespace SstpRouter.Linux.Tests.Support;

/// <summary>
/// Two namespaces joined by a veth pair: near 192.168.62.1 and fd00::1, far 192.168.62.2 and fd00::2.
/// </summary>
internal sealed class WiredPair : IDisposable
{
    public static readonly IPAddress NearAddress = IPAddress.Parse("192.168.62.1");
    public static readonly IPAddress FarAddress = IPAddress.Parse("192.168.62.2");
    public static readonly IPAddress NearAddressV6 = IPAddress.Parse("fd00::1");
    public static readonly IPAddress FarAddressV6 = IPAddress.Parse("fd00::2");

    public WiredPair()
    {
        // IPv6 would look a second long whether its own link-local address is a duplicate.
        Near.Run(static () => Sandbox.SetSysctl("net/ipv6/conf/default/accept_dad", "0"));
        Far.Run(static () => Sandbox.SetSysctl("net/ipv6/conf/default/accept_dad", "0"));
        Near.Run(() =>
        {
            using RouteSocket routes = new();
            routes.AddVethPair("near", "far", Far);
        });
        Configure(Near, "near", NearAddress, NearAddressV6);
        Configure(Far, "far", FarAddress, FarAddressV6);
    }

    public NetworkNamespace Near { get; } = NetworkNamespace.Create();

    public NetworkNamespace Far { get; } = NetworkNamespace.Create();

    public void Dispose()
    {
        Near.Dispose();
        Far.Dispose();
    }

    private static void Configure(NetworkNamespace space, string name, IPAddress address, IPAddress addressV6) =>
        space.Run(() =>
        {
            Sandbox.EnableLoopback();
            using RouteSocket routes = new();
            int index = routes.Link(name)!.Index;
            routes.AddAddress(index, address, 24);
            routes.AddAddress(index, addressV6, 64, flags: AddressFlags.NoDuplicateDetection);
            routes.SetLinkUp(index);
        });
}
