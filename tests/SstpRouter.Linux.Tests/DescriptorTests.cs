using System.Net;
using System.Net.Sockets;
using SstpRouter.Linux.Tests.Support;

namespace SstpRouter.Linux.Tests;

public sealed class DescriptorTests
{
    [RootFact]
    public void Every_descriptor_is_closed_with_its_owner()
    {
        UseEverything(); // the first time, the runtime opens some of its own
        GC.Collect();
        GC.WaitForPendingFinalizers();
        string[] before = Open();
        for (int i = 0; i < 5; i++)
        {
            UseEverything();
        }

        Assert.Equal(before, Open());
    }

    [RootFact]
    public void A_failure_leaves_no_descriptor_open() => Sandbox.Run(() =>
    {
        using TunDevice tun = TunDevice.Create("tun0");
        using TcpSocket listener = TcpSocket.Listen(new IPEndPoint(IPAddress.Loopback, 0), 1);
        FailEverything();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        string[] before = Open();
        FailEverything();
        Assert.Equal(before, Open());

        void FailEverything()
        {
            Assert.Throws<LinuxException>(() => TunDevice.Create("tun0"));
            Assert.Throws<LinuxException>(() => TcpSocket.Listen(listener.LocalEndPoint, 1));
            Assert.Throws<LinuxException>(() => TcpSocket.Connect(listener.LocalEndPoint, boundInterface: -7));
            Assert.Throws<LinuxException>(() => Pinger.Open(AddressFamily.InterNetwork, IPAddress.Parse("192.0.2.1")));
        }
    });

    private static void UseEverything()
    {
        using WiredPair pair = new();
        pair.Near.Run(() =>
        {
            using TunDevice tun = TunDevice.Create("tun0");
            using RouteSocket routes = new();
            using RouteMonitor monitor = new();
            using EventFd flag = new();
            using Epoll epoll = new();
            using Pinger pinger = Pinger.Open(AddressFamily.InterNetwork);
            using Pinger pingerV6 = Pinger.Open(AddressFamily.InterNetworkV6);
            using TcpSocket listener = TcpSocket.Listen(new IPEndPoint(IPAddress.Loopback, 0), 1);
            using TcpSocket client = TcpSocket.Connect(listener.LocalEndPoint);
            _ = Sandbox.Await(listener.Descriptor, EpollEvents.Readable);
            using TcpSocket? server = listener.Accept(out _);
            Assert.NotNull(server);
        });
    }

    /// <summary>What each open descriptor is, without the numbers that differ from one socket to the next.</summary>
    private static string[] Open() =>
    [
        .. Directory.GetFiles("/proc/self/fd")
            .Select(path => new FileInfo(path).LinkTarget ?? string.Empty)
            .Where(target => target.StartsWith("socket:", StringComparison.Ordinal)
                || target.StartsWith("anon_inode:", StringComparison.Ordinal)
                || target.StartsWith("net:", StringComparison.Ordinal)
                || target.StartsWith("/dev/net", StringComparison.Ordinal)
                || target.StartsWith("/proc/", StringComparison.Ordinal))
            .Select(target => target.Split(':', '[')[0])
            .Order(StringComparer.Ordinal),
    ];
}
