namespace SstpRouter.Bench;

/// <summary>A part of the benchmark that can be asked for alone.</summary>
/// <param name="Name">What <c>--only</c> takes.</param>
/// <param name="Title">What stands above its rows.</param>
internal readonly record struct BenchGroup(string Name, string Title);

/// <summary>All parts, in the order in which they run.</summary>
internal static class BenchGroups
{
    public const string Cipher = "cipher";
    public const string Tun = "tun";
    public const string Wire = "wire";
    public const string Tcp = "tcp";
    public const string Udp = "udp";
    public const string Ping = "ping";
    public const string Dial = "dial";
    public const string Memory = "memory";

    public static IReadOnlyList<BenchGroup> All { get; } =
    [
        new(Cipher, "TLS over memory, one processor"),
        new(Tun, "TUN, one processor"),
        new(Wire, "a cable between two namespaces, no tunnel"),
        new(Tcp, "TCP through the tunnel"),
        new(Udp, "small packets through the tunnel, less than 1 % lost"),
        new(Ping, "round trip through the tunnel"),
        new(Dial, "tunnels set up in one burst, full handshakes"),
        new(Memory, "memory"),
    ];
}
