using System.Net;
using System.Net.Sockets;
using SstpRouter.Linux;
using SstpRouter.Tunnels.Tests.Support;

namespace SstpRouter.Tunnels.Tests.Traffic;

/// <summary>A TCP connection of a host behind the branch, 10.9.0.2, through a tunnel with an MTU of 1400.</summary>
public sealed class TcpMssTests
{
    private const int Mtu = 1400;
    private const int Port = 7000;

    [RootTheory]
    [InlineData(true, false, 1360)]
    [InlineData(false, true, 1360)]
    [InlineData(false, false, 1460)]
    public void The_segment_size_is_lowered_by_either_end_that_is_told_to(bool branchClamps, bool officeClamps, int announced)
    {
        using Wire wire = new();
        using Site host = BehindTheBranch(wire);
        wire.Office.Listen(
            new Doorman { Limits = new TunnelLimits { ClampTcpMss = officeClamps } },
            Site.Listening() with { MaximumMtu = Mtu, MaximumMru = Mtu });
        wire.Branch.AwaitUp(wire.Branch.Dial(Site.Dialling(Wire.OfficeHost) with
        {
            Limits = new TunnelLimits { ClampTcpMss = branchClamps },
        }));
        wire.Office.Log.Await(": connected");
        wire.Office.Routes.AddRoute(new RouteSpec
        {
            Destination = IPNetwork.Parse("10.9.0.0/24"),
            OutputInterface = wire.Office.Routes.Link(Doorman.KernelName(1))!.Index,
        });

        // A raw socket sees what arrives, its IP header first: raw(7).
        using Socket eye = wire.Office.Open(SocketType.Raw, ProtocolType.Tcp);
        using Socket listener = wire.Office.Open(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(Doorman.LocalAddress, Port));
        listener.Listen();
        using Socket client = host.Open(SocketType.Stream, ProtocolType.Tcp);
        client.Connect(Doorman.LocalAddress, Port);
        using Socket server = listener.Accept();

        Assert.Equal(announced, AnnouncedBy(eye));
        PassesData(client, server);
    }

    private static int AnnouncedBy(Socket eye)
    {
        byte[] packet = new byte[2_000];
        while (true)
        {
            Assert.True(eye.Poll(Await.Patience, SelectMode.SelectRead), "a SYN arrives");
            int length = eye.Receive(packet);
            int tcp = (packet[0] & 0x0F) * 4;
            bool toListener = packet[tcp + 2] << 8 == (Port & 0xFF00) && packet[tcp + 3] == (Port & 0xFF);
            if (toListener && (packet[tcp + 13] & 0x02) != 0)
            {
                Assert.True(TcpPacket.IsSound(packet.AsSpan(0, length)));
                return TcpPacket.Mss(packet.AsSpan(0, length));
            }
        }
    }

    private static void PassesData(Socket from, Socket to)
    {
        byte[] sent = new byte[100_000];
        Random.Shared.NextBytes(sent);
        Task sending = Task.Run(() => from.Send(sent));
        byte[] received = new byte[sent.Length];
        int count = 0;
        while (count < received.Length && to.Poll(Await.Patience, SelectMode.SelectRead))
        {
            count += to.Receive(received.AsSpan(count));
        }

        Await.Done(sending, "all is sent");
        Assert.Equal(sent, received);
    }

    private static Site BehindTheBranch(Wire wire)
    {
        Site host = new();
        host.Routes.AddVethPair("lan", "lan", wire.Branch.Space);
        SetUp(host, "10.9.0.2");
        SetUp(wire.Branch, "10.9.0.1");
        host.Routes.AddRoute(
            new RouteSpec { Destination = IPNetwork.Parse("0.0.0.0/0"), Gateway = IPAddress.Parse("10.9.0.1") });
        wire.Branch.Space.Run(() => Site.SetSysctl("net/ipv4/ip_forward", "1"));
        return host;
    }

    private static void SetUp(Site site, string address)
    {
        int index = site.Routes.Link("lan")!.Index;
        site.Routes.AddAddress(index, IPAddress.Parse(address), 24);
        site.Routes.SetLinkUp(index);
    }
}
