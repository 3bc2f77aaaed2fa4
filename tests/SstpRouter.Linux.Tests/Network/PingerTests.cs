using System.Net;
using System.Net.Sockets;
using SstpRouter.Linux.Tests.Support;

namespace SstpRouter.Linux.Tests.Network;

public sealed class PingerTests
{
    private static readonly IPAddress Beyond = IPAddress.Parse("10.9.9.9");
    private static readonly IPAddress BeyondV6 = IPAddress.Parse("2001:db8::9");

    [RootFact]
    public void The_other_end_of_a_wire_answers()
    {
        using WiredPair pair = new();
        pair.Near.Run(() =>
        {
            using Pinger pinger = Pinger.Open(AddressFamily.InterNetwork);
            Assert.Equal(PingStatus.Ok, pinger.Send(WiredPair.FarAddress, 1));
            PingReply reply = Answer(pinger);
            Assert.Equal(
                (PingStatus.Ok, WiredPair.FarAddress, 1, 56, 64),
                (reply.Status, reply.From, reply.Sequence, reply.Size, reply.Ttl));
            Assert.InRange(reply.RoundTripMicroseconds, 0, Sandbox.Patience * 1000L);
            Assert.Null(pinger.Receive(0));
        });
    }

    [RootFact]
    public void The_other_end_of_a_wire_answers_over_IPv6()
    {
        using WiredPair pair = new();
        pair.Near.Run(() =>
        {
            using Pinger pinger = Pinger.Open(AddressFamily.InterNetworkV6);
            Assert.Equal(PingStatus.Ok, pinger.Send(WiredPair.FarAddressV6, 65535, size: 1500));
            PingReply reply = Answer(pinger);
            Assert.Equal(
                (PingStatus.Ok, WiredPair.FarAddressV6, 65535, 1500, 64),
                (reply.Status, reply.From, reply.Sequence, reply.Size, reply.Ttl));
        });
    }

    [RootFact]
    public void Answers_to_others_are_left_alone()
    {
        using WiredPair pair = new();
        pair.Near.Run(() =>
        {
            using Pinger first = Pinger.Open(AddressFamily.InterNetwork);
            using Pinger second = Pinger.Open(AddressFamily.InterNetwork, WiredPair.NearAddress);
            Assert.Equal(PingStatus.Ok, first.Send(WiredPair.FarAddress, 1));
            Assert.Equal(PingStatus.Ok, second.Send(WiredPair.FarAddress, 2));
            Assert.Equal(2, Answer(second).Sequence);
            Assert.Equal(1, Answer(first).Sequence);
            Assert.Null(first.Receive(0));
            Assert.Null(second.Receive(0));
        });
    }

    [RootFact]
    public void A_packet_of_the_greatest_size_goes_in_pieces_unless_that_is_forbidden()
    {
        using WiredPair pair = new();
        pair.Near.Run(() =>
        {
            using Pinger pinger = Pinger.Open(AddressFamily.InterNetwork);
            Assert.Equal(PingStatus.PacketTooLarge, pinger.Send(WiredPair.FarAddress, 1, 1501, doNotFragment: true));
            Assert.Equal(PingStatus.Ok, pinger.Send(WiredPair.FarAddress, 2, 1500, doNotFragment: true));
            Assert.Equal(2, Answer(pinger).Sequence);
            Assert.Equal(PingStatus.Ok, pinger.Send(WiredPair.FarAddress, 3, 20_000));
            Assert.Equal(20_000, Answer(pinger).Size);
        });
    }

    [RootFact]
    public void A_router_tells_what_is_wrong()
    {
        using WiredPair pair = new();
        OpenRouter(pair.Far);
        pair.Near.Run(() =>
        {
            using RouteSocket routes = new();
            routes.AddRoute(new RouteSpec { Destination = IPNetwork.Parse("0.0.0.0/0"), Gateway = WiredPair.FarAddress });
            using Pinger pinger = Pinger.Open(AddressFamily.InterNetwork);
            Assert.Equal(PingStatus.TtlExceeded, Told(pinger, pair, Beyond, RouteType.Unicast, ttl: 1));
            Assert.Equal(PingStatus.HostUnreachable, Told(pinger, pair, Beyond, RouteType.Unreachable));
            Assert.Equal(PingStatus.Prohibited, Told(pinger, pair, Beyond, RouteType.Prohibit));
            Assert.Equal(PingStatus.NetworkUnreachable, Told(pinger, pair, Beyond, null));
        });
    }

    [RootFact]
    public void A_router_tells_what_is_wrong_over_IPv6()
    {
        using WiredPair pair = new();
        OpenRouter(pair.Far);
        pair.Near.Run(() =>
        {
            using RouteSocket routes = new();
            routes.AddRoute(new RouteSpec { Destination = IPNetwork.Parse("::/0"), Gateway = WiredPair.FarAddressV6 });
            using Pinger pinger = Pinger.Open(AddressFamily.InterNetworkV6);
            Assert.Equal(PingStatus.TtlExceeded, Told(pinger, pair, BeyondV6, RouteType.Unicast, ttl: 1));
            Assert.Equal(PingStatus.Prohibited, Told(pinger, pair, BeyondV6, RouteType.Prohibit));
            Assert.Equal(PingStatus.NoRoute, Told(pinger, pair, BeyondV6, null));
        });
    }

    [RootFact]
    public void Without_a_route_nothing_is_sent() => Sandbox.Run(() =>
    {
        using Pinger pinger = Pinger.Open(AddressFamily.InterNetwork);
        Assert.Equal(PingStatus.NoRoute, pinger.Send(Beyond, 1));
        using Pinger pingerV6 = Pinger.Open(AddressFamily.InterNetworkV6);
        Assert.Equal(PingStatus.NoRoute, pingerV6.Send(BeyondV6, 1));
    });

    [RootFact]
    public void Silence_runs_into_the_timeout() => Sandbox.RunWithTun(tun =>
    {
        using Pinger pinger = Pinger.Open(AddressFamily.InterNetwork, boundInterface: tun.Index);
        Assert.Equal(PingStatus.Ok, pinger.Send(IPAddress.Parse("10.0.0.5"), 1));
        Assert.Null(pinger.Receive(20));
    });

    [RootFact]
    public void A_forged_answer_is_passed_over() => Sandbox.RunWithTun(tun =>
    {
        using Pinger pinger = Pinger.Open(AddressFamily.InterNetwork);
        _ = pinger.Send(IPAddress.Parse("10.0.0.5"), 1);
        byte[] request = new byte[56];
        _ = Sandbox.Await(tun.Descriptor, EpollEvents.Readable);
        Assert.Equal(56, tun.Read(request));
        byte[] damaged = Packets.Answer(request);
        damaged[^1] ^= 1;
        byte[] other = Packets.Answer(Packets.EchoRequest("10.0.0.1", "10.0.0.5", (ushort)(request[25] ^ 1), 1));
        Assert.True(tun.Write(damaged));
        Assert.True(tun.Write(other));
        Assert.True(tun.Write(Packets.Answer(request)));
        Assert.Equal(56, Answer(pinger).Size);
        Assert.Null(pinger.Receive(0));
    });

    [RootFact]
    public void A_foreign_source_address_is_refused() => Sandbox.Run(() =>
    {
        LinuxException e = Assert.Throws<LinuxException>(() => Pinger.Open(AddressFamily.InterNetwork, Beyond));
        Assert.Equal(
            "cannot ping from 10.9.9.9: Cannot assign requested address; no interface has that address", e.Message);
    });

    [RootFact]
    public void Arguments_out_of_range_are_refused() => Sandbox.Run(() =>
    {
        using Pinger pinger = Pinger.Open(AddressFamily.InterNetwork);
        Assert.Throws<ArgumentOutOfRangeException>(() => pinger.Send(Beyond, 1, size: 27));
        Assert.Throws<ArgumentOutOfRangeException>(() => pinger.Send(Beyond, 1, size: 65_536));
        Assert.Throws<ArgumentOutOfRangeException>(() => pinger.Send(Beyond, 1, ttl: 0));
        Assert.Throws<ArgumentException>(() => pinger.Send(BeyondV6, 1));
    });

    private static PingReply Answer(Pinger pinger) =>
        pinger.Receive(Sandbox.Patience) ?? throw new TimeoutException("no answer");

    private static void OpenRouter(NetworkNamespace router) => router.Run(() =>
    {
        Sandbox.SetSysctl("net/ipv4/ip_forward", "1");
        Sandbox.SetSysctl("net/ipv6/conf/all/forwarding", "1");

        // The usual limit would let only the first errors through.
        Sandbox.SetSysctl("net/ipv4/icmp_ratemask", "0");
        Sandbox.SetSysctl("net/ipv6/icmp/ratelimit", "0");
    });

    private static PingStatus Told(Pinger pinger, WiredPair pair, IPAddress destination, RouteType? type, int ttl = 64)
    {
        bool isIPv4 = destination.AddressFamily == AddressFamily.InterNetwork;
        pair.Far.Run(() =>
        {
            using RouteSocket routes = new();
            RouteSpec spec = new() { Destination = new IPNetwork(destination, isIPv4 ? 32 : 128) };
            _ = routes.DeleteRoute(spec with { Type = RouteType.Unspecified });
            if (type is RouteType given)
            {
                int? output = given == RouteType.Unicast ? routes.Link("far")!.Index : null;
                routes.AddRoute(spec with { Type = given, OutputInterface = output });
            }
        });
        Assert.Equal(PingStatus.Ok, pinger.Send(destination, 1, ttl: ttl));
        PingReply reply = Answer(pinger);
        Assert.Equal(isIPv4 ? WiredPair.FarAddress : WiredPair.FarAddressV6, reply.From);
        return reply.Status;
    }
}
