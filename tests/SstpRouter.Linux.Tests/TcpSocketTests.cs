using System.Net;
using System.Text;
using SstpRouter.Linux.Tests.Support;

namespace SstpRouter.Linux.Tests;

public sealed class TcpSocketTests : IDisposable
{
    private readonly TcpSocket _listener = TcpSocket.Listen(new IPEndPoint(IPAddress.Loopback, 0), 8);
    private readonly byte[] _buffer = new byte[64];

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void A_connection_carries_octets_both_ways()
    {
        (TcpSocket client, TcpSocket server) = ConnectedPair();
        using (client)
        using (server)
        {
            Assert.Equal(TcpSocket.WouldBlock, server.Receive(_buffer));
            Assert.Equal(5, client.Send("hello"u8));
            _ = Sandbox.Await(server.Descriptor, EpollEvents.Readable);
            Assert.Equal(5, server.Receive(_buffer));
            Assert.Equal("hello", Encoding.UTF8.GetString(_buffer, 0, 5));
            Assert.Equal(2, server.Send("ok"u8));
            _ = Sandbox.Await(client.Descriptor, EpollEvents.Readable);
            Assert.Equal(2, client.Receive(_buffer));
        }
    }

    [Fact]
    public void Both_ends_agree_about_their_addresses()
    {
        (TcpSocket client, TcpSocket server) = ConnectedPair();
        using (client)
        using (server)
        {
            Assert.Equal(_listener.LocalEndPoint, client.RemoteEndPoint);
            Assert.Equal(client.LocalEndPoint, server.RemoteEndPoint);
            Assert.Equal(client.RemoteEndPoint, server.LocalEndPoint);
            Assert.Throws<InvalidOperationException>(() => _listener.RemoteEndPoint);
        }
    }

    [Fact]
    public void An_idle_listener_has_no_connection()
    {
        Assert.Null(_listener.Accept(out IPEndPoint? remote));
        Assert.Null(remote);
    }

    [Fact]
    public void A_refused_connection_is_a_result()
    {
        IPEndPoint vacated = _listener.LocalEndPoint;
        _listener.Dispose();
        using TcpSocket client = TcpSocket.Connect(vacated);
        _ = Sandbox.Await(client.Descriptor, EpollEvents.Writable);
        Assert.Equal(Errno.ConnectionRefused, client.FinishConnect());
        Assert.Equal(Errno.ConnectionRefused, client.FinishConnect());
        Assert.Equal("Connection refused", LinuxException.Describe(client.Error));
    }

    [Fact]
    public void A_reset_is_a_result_and_not_an_exception()
    {
        (TcpSocket client, TcpSocket server) = ConnectedPair();
        using (client)
        {
            _ = client.Send("unread"u8);
            _ = Sandbox.Await(server.Descriptor, EpollEvents.Readable);
            server.Dispose(); // tcp(7): closing with unread data sends a reset
            EpollEvents events = Sandbox.Await(client.Descriptor, EpollEvents.Readable);
            Assert.True(events.HasFlag(EpollEvents.Error));
            Assert.Equal(TcpSocket.Failed, client.Receive(_buffer));
            Assert.Equal(Errno.ConnectionReset, client.Error);
            Assert.Equal(TcpSocket.Failed, client.Send("x"u8));
        }
    }

    [Fact]
    public void After_the_peer_has_finished_the_other_direction_still_works()
    {
        (TcpSocket client, TcpSocket server) = ConnectedPair();
        using (client)
        using (server)
        {
            client.ShutdownWrite();
            EpollEvents events = Sandbox.Await(server.Descriptor, EpollEvents.Readable | EpollEvents.PeerClosed);
            Assert.True(events.HasFlag(EpollEvents.PeerClosed));
            Assert.Equal(0, server.Receive(_buffer));
            Assert.Equal(3, server.Send("bye"u8));
            _ = Sandbox.Await(client.Descriptor, EpollEvents.Readable);
            Assert.Equal(3, client.Receive(_buffer));
        }
    }

    [Fact]
    public void A_peer_that_does_not_read_makes_sending_wait()
    {
        (TcpSocket client, TcpSocket server) = ConnectedPair();
        using (client)
        using (server)
        {
            byte[] block = new byte[64 * 1024];
            int sent;
            do
            {
                sent = client.Send(block);
            }
            while (sent > 0);

            Assert.Equal(TcpSocket.WouldBlock, sent);
            Assert.Equal(0, client.Error);
        }
    }

    [Fact]
    public void A_listener_on_the_IPv6_any_address_takes_IPv4_too_and_names_it_so()
    {
        using TcpSocket listener = TcpSocket.Listen(new IPEndPoint(IPAddress.IPv6Any, 0), 8);
        foreach (IPAddress loopback in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback })
        {
            using TcpSocket client = TcpSocket.Connect(new IPEndPoint(loopback, listener.LocalEndPoint.Port));
            _ = Sandbox.Await(listener.Descriptor, EpollEvents.Readable);
            using TcpSocket? server = listener.Accept(out IPEndPoint? remote);
            Assert.NotNull(server);
            Assert.Equal(loopback, remote!.Address);
            Assert.Equal(loopback, server.LocalEndPoint.Address);
        }
    }

    [Fact]
    public void A_port_in_use_is_an_error_that_says_what_to_look_for()
    {
        LinuxException e = Assert.Throws<LinuxException>(() => TcpSocket.Listen(_listener.LocalEndPoint, 8));
        Assert.Equal(Errno.AddressInUse, e.ErrorNumber);
        Assert.Equal(
            $"cannot listen on {_listener.LocalEndPoint}: Address already in use; another program listens there",
            e.Message);
    }

    [Fact]
    public void Sending_and_receiving_allocate_nothing()
    {
        (TcpSocket client, TcpSocket server) = ConnectedPair();
        using (client)
        using (server)
        {
            Turn();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                Turn();
            }

            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

            void Turn()
            {
                _ = client.Send("x"u8);
                _ = server.Receive(_buffer);
                _ = server.Receive(_buffer);
            }
        }
    }

    [Fact]
    public void What_the_peer_has_acknowledged_is_counted_and_nothing_is_outstanding_then()
    {
        (TcpSocket client, TcpSocket server) = ConnectedPair();
        using (client)
        using (server)
        {
            long before = client.ReadInfo().Acknowledged;
            Assert.Equal(5, client.Send("hello"u8));
            SpinWait.SpinUntil(() => !client.ReadInfo().IsOutstanding, Sandbox.Patience);
            TcpInfo info = client.ReadInfo();

            Assert.Equal((5, 0, 0), (info.Acknowledged - before, info.Unacknowledged, info.Unsent));
            Assert.Equal((0, 0), (info.Retransmits, info.Probes));
            Assert.InRange(info.RetransmissionTimeout, 1, 120_000);
            Assert.InRange(info.SinceAcknowledged, 0, Sandbox.Patience);
        }
    }

    [Fact]
    public void What_a_peer_without_room_does_not_take_is_outstanding_and_the_peer_still_answers()
    {
        (TcpSocket client, TcpSocket server) = ConnectedPair();
        using (client)
        using (server)
        {
            byte[] block = new byte[64 * 1024];
            SpinWait.SpinUntil(() => client.Send(block) < 0 && client.ReadInfo() is { Unacknowledged: 0, Unsent: > 0 }, Sandbox.Patience);
            TcpInfo info = client.ReadInfo();

            Assert.True(info is { IsOutstanding: true, Unacknowledged: 0, Retransmits: 0 }, $"{info}");
            Assert.InRange(info.Probes, 0, 1);
        }
    }

    [RootFact]
    public void What_gets_no_answer_is_sent_again_and_counted() => Sandbox.Run(routes =>
    {
        using TcpSocket listener = TcpSocket.Listen(new IPEndPoint(IPAddress.Loopback, 0), 1);
        using TcpSocket client = TcpSocket.Connect(listener.LocalEndPoint);
        _ = Sandbox.Await(client.Descriptor, EpollEvents.Writable);
        Assert.Equal(0, client.FinishConnect());
        routes.SetLinkDown(routes.Link("lo")!.Index);
        Assert.Equal(5, client.Send("hello"u8));
        SpinWait.SpinUntil(() => client.ReadInfo() is { Retransmits: > 1 } or { Probes: > 1 }, Sandbox.Patience);
        TcpInfo info = client.ReadInfo();

        Assert.True(info.IsOutstanding && info.Retransmits + info.Probes > 1, $"{info}");
        Assert.True(info.RoundTrip >= 0 && info.RoundTripVariation >= 0, $"{info}");
        Assert.True(info.SinceSent <= info.SinceAcknowledged, $"{info}");
    });

    [Fact]
    public void Waits_between_retransmissions_are_limited_where_the_kernel_can()
    {
        (TcpSocket client, TcpSocket server) = ConnectedPair();
        using (client)
        using (server)
        {
            // Linux 6.15; by its version, since asking the option would be asking the code under test.
            Assert.Equal(Environment.OSVersion.Version >= new Version(6, 15), client.LimitRetransmissionWait(1_000));
            Assert.Equal(1, client.Send("x"u8));
        }
    }

    [Fact]
    public void An_abandoned_connection_ends_by_a_reset()
    {
        (TcpSocket client, TcpSocket server) = ConnectedPair();
        using (server)
        {
            client.Abandon();
            client.Dispose();
            _ = Sandbox.Await(server.Descriptor, EpollEvents.Readable);
            Assert.Equal(TcpSocket.Failed, server.Receive(_buffer));
            Assert.Equal(Errno.ConnectionReset, server.Error);
        }
    }

    [RootFact]
    public void Without_a_route_the_attempt_fails_at_once_by_the_same_way() => Sandbox.Run(() =>
    {
        using TcpSocket client = TcpSocket.Connect(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 443));
        _ = Sandbox.Await(client.Descriptor, EpollEvents.Writable);
        Assert.Equal(Errno.NetworkUnreachable, client.FinishConnect());
    });

    [RootFact]
    public void An_unanswered_attempt_is_in_progress() => Sandbox.RunWithTun(tun =>
    {
        using TcpSocket client = TcpSocket.Connect(new IPEndPoint(IPAddress.Parse("10.0.0.5"), 443));
        _ = Sandbox.Await(tun.Descriptor, EpollEvents.Readable);
        Assert.Equal(Errno.InProgress, client.FinishConnect());
    });

    [RootFact]
    public void A_bound_connection_leaves_by_its_interface_only() => Sandbox.RunWithTun((tun, routes) =>
    {
        using TunDevice other = TunDevice.Create("tun-other");
        routes.SetLinkUp(other.Index);
        routes.AddRoute(new RouteSpec
        {
            Destination = IPNetwork.Parse("10.0.0.5/32"),
            OutputInterface = other.Index,
            Metric = 100,
        });
        using TcpSocket client = TcpSocket.Connect(
            new IPEndPoint(IPAddress.Parse("10.0.0.5"), 443), boundInterface: other.Index);
        _ = Sandbox.Await(other.Descriptor, EpollEvents.Readable);
        Assert.Equal(-1, tun.Read(_buffer));
        Assert.True(other.Read(_buffer) > 0);
        Assert.Equal(IPAddress.Parse("10.0.0.5"), Packets.Destination(_buffer));
    });

    private (TcpSocket Client, TcpSocket Server) ConnectedPair()
    {
        TcpSocket client = TcpSocket.Connect(_listener.LocalEndPoint);
        _ = Sandbox.Await(_listener.Descriptor, EpollEvents.Readable);
        TcpSocket? server = _listener.Accept(out _);
        _ = Sandbox.Await(client.Descriptor, EpollEvents.Writable);
        Assert.Equal(0, client.FinishConnect());
        Assert.NotNull(server);
        return (client, server);
    }
}
