using SstpRouter.Sstp.Tests.Support;
using static SstpRouter.Sstp.Tests.Support.Conversation;

namespace SstpRouter.Sstp.Tests;

/// <summary>Every timer: nothing a millisecond before, the right thing on time.</summary>
public class TimerTests
{
    [Theory]
    [InlineData(false, 60_000)]
    [InlineData(true, 30_000)]
    public void Http_is_waited_for(bool server, long due)
    {
        Conversation call = server ? Server() : Client();
        Assert.Null(call.Deadline);
        call.Start();
        call.Receive("X"u8.ToArray());

        AssertDue(call, due, ClosedBy(SstpCloseReason.HttpTimeout, graceful: false));
        Assert.Null(call.Deadline);
    }

    [Theory]
    [InlineData(SstpCallState.ConnectRequestSent, false, "the server did not answer CALL_CONNECT_REQUEST in time")]
    [InlineData(SstpCallState.ConnectAckReceived, false, "authentication did not end in time")]
    [InlineData(
        SstpCallState.ConnectRequestPending, true, "the client sent no acceptable CALL_CONNECT_REQUEST in time")]
    [InlineData(SstpCallState.CallConnectedPending, true, "authentication did not end in time")]
    public void Each_step_of_the_negotiation_has_60_seconds(SstpCallState state, bool server, string detail)
    {
        Conversation call = In(state, server);

        AssertDue(call, 60_000, Sent(Packets.Abort(2, 8)));
        AssertDue(call, 63_000, ClosedBy(SstpCloseReason.NegotiationTimeout));
        Assert.Equal(detail, call.Closed!.Detail);
    }

    [Fact]
    public void An_authenticated_client_without_a_binding_has_60_seconds_too()
    {
        Conversation server = In(SstpCallState.CallConnectedPending, server: true);
        server.At(20_000);
        server.Authenticated();

        AssertDue(server, 60_000, Sent(Packets.Abort(2, 8)));
        AssertDue(server, 63_000, ClosedBy(SstpCloseReason.NegotiationTimeout));
        Assert.Equal("the client sent no CALL_CONNECTED in time", server.Closed!.Detail);
    }

    [Fact]
    public void Each_step_starts_the_negotiation_timer_anew()
    {
        Conversation client = In(SstpCallState.ConnectRequestSent, server: false);
        client.At(10_000);
        client.Receive(Packets.Nak);
        Assert.Equal(70_000, client.Deadline);
        client.At(30_000);
        client.Receive(Packets.Ack());
        Assert.Equal(90_000, client.Deadline);

        Conversation server = Server();
        server.Start();
        server.At(29_000);
        server.Receive(Packets.HttpRequest);
        Assert.Equal(89_000, server.Deadline);
        server.At(80_000);
        server.Receive(Packets.Request);
        Assert.Equal(140_000, server.Deadline);
    }

    [Theory]
    [InlineData(SstpCallState.AbortPending, 3_000, SstpCloseReason.UnacceptableMessage)]
    [InlineData(SstpCallState.AbortTimeoutPending, 1_000, SstpCloseReason.PeerAborted)]
    [InlineData(SstpCallState.DisconnectAckPending, 5_000, SstpCloseReason.Disconnected)]
    [InlineData(SstpCallState.DisconnectTimeoutPending, 1_000, SstpCloseReason.PeerDisconnected)]
    public void Each_way_of_ending_has_its_own_time(SstpCallState state, long due, SstpCloseReason reason)
    {
        AssertDue(In(state, server: false), due, ClosedBy(reason));
        AssertDue(In(state, server: true), due, ClosedBy(reason));
    }

    [Fact]
    public void An_answer_to_our_abort_shortens_the_wait_once()
    {
        Conversation call = In(SstpCallState.AbortPending, server: true);
        call.At(2_500);
        call.Receive(Packets.Abort(2, 7));
        call.At(3_000);
        call.Receive(Packets.Abort(2, 7));

        AssertDue(call, 3_500, ClosedBy(SstpCloseReason.UnacceptableMessage));
    }

    [Fact]
    public void The_times_are_options()
    {
        Conversation client = Client(ClientOptions with { HttpTimeout = 1, NegotiationTimeout = 2 });
        client.Start();
        Assert.Equal(1, client.Deadline);
        client.Receive(Packets.HttpOk);
        Assert.Equal(2, client.Deadline);

        Conversation server = Server(ServerOptions with { HttpTimeout = 3, NegotiationTimeout = long.MaxValue });
        server.Start();
        Assert.Equal(3, server.Deadline);
        server.Receive(Packets.HttpRequest);
        Assert.True(server.Deadline > 1_000_000_000);
        Assert.Empty(server.At(1_000_000_000));
    }

    private static void AssertDue(Conversation call, long due, string expected)
    {
        Assert.Equal(due, call.Deadline);
        Assert.Empty(call.At(due - 1));
        Assert.Equal([expected], call.At(due));
    }
}
