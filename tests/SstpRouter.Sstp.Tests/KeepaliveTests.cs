using SstpRouter.Sstp.Tests.Support;
using static SstpRouter.Sstp.Tests.Support.Conversation;

namespace SstpRouter.Sstp.Tests;

/// <summary>The timeout stands in for the hello timer ([MS-SSTP] 3.1.2.3).</summary>
public class KeepaliveTests
{
    private static readonly string[] Probe = [Sent(Packets.EchoRequest), "probe"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_silent_peer_gets_five_probes_and_then_no_abort(bool server)
    {
        Conversation call = In(SstpCallState.Connected, server);

        for (long due = 60_000; due < 65_000; due += 1_000)
        {
            Assert.Equal(due, call.Deadline);
            Assert.Empty(call.At(due - 1));
            Assert.Equal(Probe, call.At(due));
        }

        Assert.Equal(65_000, call.Deadline);
        Assert.Empty(call.At(64_999));
        Assert.Equal([ClosedBy(SstpCloseReason.PeerNotResponding, graceful: false)], call.At(65_000));
        Assert.Equal(5, call.Call.Counters.KeepaliveProbes);
        Assert.Equal(
            Enumerable.Range(1, 5).Select(probe => $"keepalive probe {probe} was not answered"),
            call.Traces.Where(trace => trace.StartsWith("keepalive", StringComparison.Ordinal)));
    }

    public static TheoryData<string, string> SignsOfLife => new()
    {
        { "an echo answer", "10010008 0009 0000" },
        { "an echo of its own", "10010008 0008 0000" },
        { "an LCP frame", "1000000C FF03 C021 0A010004" },
        { "an IPv4 frame", "1000000A FF03 0021 4500" },
        { "a packet without a frame", "10000004" },
        { "one byte of a packet", "10" },
    };

    [Theory]
    [MemberData(nameof(SignsOfLife))]
    public void Any_byte_ends_the_probing(string what, string bytes)
    {
        Assert.NotEmpty(what);
        Conversation call = In(SstpCallState.Connected, server: true);
        call.At(60_000);
        call.At(61_000);
        call.At(61_500);

        call.Receive(Packets.Hex(bytes));

        Assert.Equal(121_500, call.Deadline);
        Assert.Empty(call.At(121_499));
        Assert.Equal(Probe, call.At(121_500));
        Assert.Equal(122_500, call.Deadline);
    }

    [Fact]
    public void Reading_the_same_rest_again_is_no_sign_of_life()
    {
        Conversation call = In(SstpCallState.Connected, server: true);
        call.Receive(Packets.Hex("1000"));
        call.At(30_000);

        call.Receive();
        Assert.Equal(60_000, call.Deadline);

        call.Receive(Packets.Hex("00"));
        Assert.Equal(90_000, call.Deadline);
    }

    [Fact]
    public void A_pause_of_this_process_does_not_cost_the_peer_its_five_seconds()
    {
        Conversation call = In(SstpCallState.Connected, server: true);

        Assert.Equal(Probe, call.At(500_000));
        Assert.Empty(call.At(500_000));
        Assert.Equal(501_000, call.Deadline);
    }

    [Fact]
    public void A_timeout_of_zero_never_probes()
    {
        Conversation client = Client(ClientOptions with { KeepaliveTimeout = 0 });
        client.Start();
        client.Receive(Packets.HttpOk, Packets.Ack());
        client.Authenticated();

        Assert.Null(client.Deadline);
        Assert.Empty(client.At(1_000_000_000));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_sign_of_life_can_be_asked_for_at_any_time_and_moves_no_deadline(bool server)
    {
        Conversation call = In(SstpCallState.Connected, server);
        call.At(30_000);

        Assert.Equal(Probe, call.Probe());

        Assert.Equal(60_000, call.Deadline);
    }

    [Theory]
    [InlineData(SstpCallState.CallConnectedPending, true)]
    [InlineData(SstpCallState.DisconnectAckPending, false)]
    public void Before_the_call_is_connected_only_ppp_can_be_asked_and_later_nobody(SstpCallState state, bool asks) =>
        Assert.Equal(asks ? ["probe"] : [], In(state, server: true).Probe());

    [Fact]
    public void The_timeout_is_an_option()
    {
        Conversation client = Client(ClientOptions with { KeepaliveTimeout = 10_000 });
        client.Start();
        client.Receive(Packets.HttpOk, Packets.Ack());
        client.At(3_000);
        client.Authenticated();

        Assert.Equal(13_000, client.Deadline);
    }

    [Fact]
    public void A_flood_of_echo_requests_gets_a_bounded_number_of_answers()
    {
        Conversation call = In(SstpCallState.Connected, server: true);
        byte[] flood = Packets.Concat([.. Enumerable.Repeat(Packets.EchoRequest, 10_000)]);

        string[] said = call.Receive(flood);

        Assert.InRange(said.Length, 1, SstpCall.MaximumWaitingOutputs);
        Assert.Equal(10_000 - said.Length, call.Call.Counters.EchoRequestsDropped);
        Assert.Equal([Sent(Packets.EchoResponse)], call.Receive(Packets.EchoRequest));
    }

    [Fact]
    public void A_flood_of_echo_answers_leaves_no_flood_of_traces()
    {
        Conversation call = In(SstpCallState.Connected, server: true);
        int before = call.Traces.Count;

        Assert.Empty(call.Receive(Packets.Concat([.. Enumerable.Repeat(Packets.EchoResponse, 10_000)])));

        Assert.InRange(call.Traces.Count - before, 1, SstpCall.MaximumWaitingOutputs);
    }
}
