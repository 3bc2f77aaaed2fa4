using System.Net;
using System.Net.Sockets;
using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests.Traffic;

/// <summary>What comes out behind the far router: each packet with the checksums that it must have, and none larger than the tunnel takes.</summary>
public sealed class WholePacketsTests
{
    private const int Port = 7_000;
    private const int Octets = 4 * 1024 * 1024;
    private const int Ethernet = 1_500;

    // udp(7): UDP_SEGMENT
    private const int UdpLevel = 17;
    private const int SegmentOption = 103;
    private const int Segment = 1_200;
    private const int SegmentsAtOnce = 40;

    private static readonly TimeSpan Patience = Await.Limit;

    /// <summary>Either the kernels leave splitting and checksums to whom they can, so that the tunnel is fed with super-packets and writes such; or
    /// nobody's wire and no TUN takes anything but whole packets.</summary>
    [RootTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Behind_either_router_all_packets_are_whole(bool areOffloadsOn)
    {
        using var networks = new TwoNetworks();
        TurnOff(networks, areOffloadsOn);
        int mtu = TwoNetworks.TunnelOf(networks.Branch, TwoNetworks.BranchTunnel).Mtu;
        Assert.Equal(mtu, TwoNetworks.TunnelOf(networks.Hq, TwoNetworks.HqTunnel).Mtu);
        Assert.InRange(mtu, 1_280, Ethernet);
        using var atHq = new Capture(networks.BehindHq, mtu, "10.1.0.0/24", "fd01::/64");
        using var atBranch = new Capture(networks.BehindBranch, mtu, "10.2.0.0/24", "fd02::/64");

        foreach ((string near, string far) in ((string, string)[])[("10.1.0.2", "10.2.0.2"), ("fd01::2", "fd02::2")])
        {
            Stream(networks, IPAddress.Parse(far));
            Datagrams(networks.BehindBranch, networks.BehindHq, IPAddress.Parse(near), IPAddress.Parse(far), mtu);
            Datagrams(networks.BehindHq, networks.BehindBranch, IPAddress.Parse(far), IPAddress.Parse(near), mtu);
        }

        foreach (Capture capture in (Capture[])[atHq, atBranch])
        {
            foreach (int version in (int[])[4, 6])
            {
                // The last of a kind may still be on their way to whom only looks.
                Await.Until(() => capture.CountOf(version, ProtocolType.Udp) >= SegmentsAtOnce, () => $"IPv{version}: {capture.CountOf(version, ProtocolType.Udp)} datagrams\n{string.Join('\n', capture.Faults)}");
                Assert.InRange(capture.CountOf(version, ProtocolType.Tcp), Octets / mtu, int.MaxValue);
            }

            Assert.Empty(capture.Faults);
        }

        // Far fewer were written to the device than came out behind it, or what is tested was not there.
        int written = (int)TwoNetworks.TunnelOf(networks.Hq, TwoNetworks.HqTunnel).Statistics.RxPackets;
        int read = (int)TwoNetworks.TunnelOf(networks.Branch, TwoNetworks.BranchTunnel).Statistics.TxPackets;
        Assert.InRange(written, 1, atHq.Count / 2);
        Assert.InRange(read, areOffloadsOn ? 1 : atHq.Count, areOffloadsOn ? atHq.Count / 2 : int.MaxValue);
    }

    private static void TurnOff(TwoNetworks networks, bool areOffloadsOn)
    {
        // What leaves for the machines behind the routers is looked at, and must be whole in any case.
        Offloads.TurnOff(networks.Branch.Host, TwoNetworks.Lan);
        Offloads.TurnOff(networks.Hq.Host, TwoNetworks.Lan);
        if (!areOffloadsOn)
        {
            Offloads.TurnOff(networks.BehindBranch, TwoNetworks.Lan);
            Offloads.TurnOff(networks.BehindHq, TwoNetworks.Lan);
            Offloads.TurnOff(networks.Branch.Host, "ether1");
            Offloads.TurnOff(networks.Hq.Host, "ether1");
            Offloads.TurnOff(networks.Branch.Host, TwoNetworks.BranchTunnel);
            Offloads.TurnOff(networks.Hq.Host, TwoNetworks.HqTunnel);
        }
    }

    private static void Stream(TwoNetworks networks, IPAddress far)
    {
        using Socket listener = networks.BehindHq.Run(() => new Socket(far.AddressFamily, SocketType.Stream, ProtocolType.Tcp));
        listener.Bind(new IPEndPoint(far, Port));
        listener.Listen();
        using Socket client = networks.BehindBranch.Run(() => new Socket(far.AddressFamily, SocketType.Stream, ProtocolType.Tcp));
        client.Connect(far, Port);
        using Socket server = listener.Accept();
        Pass(client, server);
        Pass(server, client);
    }

    private static void Pass(Socket from, Socket to)
    {
        byte[] sent = new byte[Octets];
        new Random(1).NextBytes(sent);
        Task sending = Task.Run(() => from.Send(sent));
        byte[] received = new byte[sent.Length];
        int count = 0;
        while (count < received.Length && to.Poll(Patience, SelectMode.SelectRead))
        {
            count += to.Receive(received.AsSpan(count));
        }

        Assert.Equal(sent.Length, count);
        Assert.True(sent.AsSpan().SequenceEqual(received));
        sending.Wait();
    }

    private static void Datagrams(Host sender, Host receiver, IPAddress source, IPAddress destination, int mtu)
    {
        using Socket from = sender.Run(() => new Socket(source.AddressFamily, SocketType.Dgram, ProtocolType.Udp));
        using Socket to = receiver.Run(() => new Socket(destination.AddressFamily, SocketType.Dgram, ProtocolType.Udp));
        from.Bind(new IPEndPoint(source, Port));
        to.Bind(new IPEndPoint(destination, Port));
        int headers = source.AddressFamily == AddressFamily.InterNetwork ? 28 : 48;
        foreach (int length in (int[])[0, 1, 3, 500, Segment, mtu - headers])
        {
            Deliver(from, to, length, length);
        }

        // Many at once, which the kernel keeps in one piece for as long as it can.
        from.SetRawSocketOption(UdpLevel, SegmentOption, BitConverter.GetBytes(Segment));
        Deliver(from, to, (SegmentsAtOnce * Segment) - 7, Segment);
    }

    private static void Deliver(Socket from, Socket to, int length, int segment)
    {
        byte[] sent = new byte[length];
        new Random(length).NextBytes(sent);
        from.SendTo(sent, to.LocalEndPoint!);
        byte[] received = new byte[70_000];
        int arrived = 0;
        do
        {
            Assert.True(to.Poll(Patience, SelectMode.SelectRead), $"{arrived} of {length} octets came");
            int count = to.Receive(received.AsSpan(arrived));
            Assert.Equal(Math.Min(segment, length - arrived), count);
            arrived += count;
        }
        while (arrived < length);

        Assert.True(sent.AsSpan().SequenceEqual(received.AsSpan(0, length)));
    }
}
