using SstpRouter.Sstp.Tests.Support;
using static SstpRouter.Sstp.Tests.Support.Conversation;

namespace SstpRouter.Sstp.Tests;

public class EndingTests
{
    public static TheoryData<SstpCallState, bool> LiveStates => new()
    {
        { SstpCallState.ConnectRequestSent, false },
        { SstpCallState.ConnectAckReceived, false },
        { SstpCallState.Connected, false },
        { SstpCallState.ConnectRequestPending, true },
        { SstpCallState.CallConnectedPending, true },
        { SstpCallState.Connected, true },
    };

    [Theory]
    [MemberData(nameof(LiveStates))]
    public void Disconnect_is_legal_in_every_live_state(SstpCallState state, bool server)
    {
        Conversation call = In(state, server);

        Assert.Equal([Sent(Packets.Disconnect)], call.Disconnect());
        Assert.False(call.Call.MaySendControl);
        Assert.Empty(call.Disconnect());
        Assert.Equal([ClosedBy(SstpCloseReason.Disconnected)], call.Receive(Packets.DisconnectAck));
    }

    [Theory]
    [MemberData(nameof(LiveStates))]
    public void Losing_the_transport_ends_the_call_silently(SstpCallState state, bool server)
    {
        Conversation call = In(state, server);

        Assert.Equal([ClosedBy(SstpCloseReason.TransportClosed, graceful: false)], call.TransportClosed());
        Assert.Equal(SstpCallState.Closed, call.Call.State);
        Assert.Null(call.Deadline);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Before_sstp_begins_a_call_just_closes(bool server)
    {
        Conversation notStarted = server ? Server() : Client();
        Assert.Equal([ClosedBy(SstpCloseReason.Disconnected)], notStarted.Disconnect());
        Assert.Empty(notStarted.Start());

        Conversation started = server ? Server() : Client();
        started.Start();
        Assert.Equal([ClosedBy(SstpCloseReason.Disconnected)], started.Disconnect());

        Conversation lost = server ? Server() : Client();
        lost.Start();
        Assert.Equal([ClosedBy(SstpCloseReason.TransportClosed, graceful: false)], lost.TransportClosed());
    }

    [Fact]
    public void A_closed_call_says_and_does_nothing_more()
    {
        Conversation call = In(SstpCallState.Connected, server: true);
        call.TransportClosed();

        Assert.Empty(call.TransportClosed());
        Assert.Empty(call.Disconnect());
        Assert.Empty(call.Authenticated());
        Assert.Empty(call.Start());
        Assert.Empty(call.At(1_000_000));
        Assert.Empty(call.Receive(Packets.EchoRequest, Packets.Data(Packets.Ipv4Frame), "junk"u8.ToArray()));
        Assert.Empty(call.Frames);
    }

    [Fact]
    public void The_first_cause_is_the_one_that_is_reported()
    {
        Conversation call = In(SstpCallState.Connected, server: true);
        call.Disconnect();
        call.Receive(Packets.Abort(2, 7));
        Assert.Equal([ClosedBy(SstpCloseReason.Disconnected, graceful: false)], call.TransportClosed());

        call = In(SstpCallState.Connected, server: true);
        call.Receive(Packets.DisconnectAck);
        call.Receive(Packets.Abort(2, 7));
        Assert.Equal([ClosedBy(SstpCloseReason.UnacceptableMessage)], call.At(1_000));
        Assert.Equal(
            "the peer sent CALL_DISCONNECT_ACK in state Connected, which does not allow it", call.Closed!.Detail);
    }

    [Theory]
    [InlineData("10010008 0005 0000", "the peer aborted the call and gave no status")]
    [InlineData("1001000C 0005 0001 00000007", "the peer aborted the call and gave no status")]
    [InlineData(
        "10010014 0005 0001 0002000C 000000 02 00000007",
        "the peer aborted the call: status 7 INVALID_FRAME_RECEIVED for STATUS_INFO: "
        + "it could not read the message that it got")]
    [InlineData(
        "10010014 0005 0001 0002000C 000000 03 00000004",
        "the peer aborted the call: status 4 VALUE_NOT_SUPPORTED for CRYPTO_BINDING: "
        + "it saw another certificate than we did, or another TLS end in between")]
    [InlineData(
        "10010014 0005 0001 0002000C 000000 77 00001234", "the peer aborted the call: status 4660 for attribute 119")]
    public void An_abort_is_understood_in_any_form_and_answered_once(string abort, string detail)
    {
        Conversation call = In(SstpCallState.Connected, server: false);

        Assert.Equal([Sent(Packets.AbortUnaccepted)], call.Receive(Packets.Hex(abort)));
        Assert.Empty(call.Receive(Packets.Hex(abort)));
        Assert.Equal([ClosedBy(SstpCloseReason.PeerAborted)], call.At(1_000));
        Assert.Equal(detail, call.Closed!.Detail);
    }

    [Theory]
    [InlineData("10010008 0006 0000")]
    [InlineData("10010014 0006 0001 0002000C 000000 00 00000000")]
    [InlineData("1001000A 0006 0009 0002")]
    public void A_disconnect_is_understood_in_any_form(string disconnect)
    {
        Conversation call = In(SstpCallState.Connected, server: false);

        Assert.Equal([Sent(Packets.DisconnectAck)], call.Receive(Packets.Hex(disconnect)));
        Assert.Equal([ClosedBy(SstpCloseReason.PeerDisconnected)], call.At(1_000));
    }

    [Theory]
    [InlineData("10010008 0000 0000")] // unknown types
    [InlineData("10010008 000A 0000")]
    [InlineData("10010008 FFFF 0000")]
    [InlineData("10010008 0008 0001")] // fewer attributes than announced
    [InlineData("1001000C 0008 0000 00770004")] // more than announced
    [InlineData("1001000C 0008 0001 00770003")] // attribute shorter than its header
    [InlineData("1001000C 0008 0001 00770005")] // attribute past the end
    [InlineData("1001000A 0008 0001 0077")] // half an attribute header
    public void A_malformed_message_is_aborted_once(string message)
    {
        Conversation call = In(SstpCallState.Connected, server: true);

        Assert.Equal([Sent(Packets.Abort(2, 7))], call.Receive(Packets.Hex(message)));
        Assert.Empty(call.Receive(Packets.Hex(message)));
        Assert.Equal([ClosedBy(SstpCloseReason.MalformedMessage)], call.At(3_000));
    }

    [Theory]
    [InlineData("11010008 0008 0000")] // version
    [InlineData("00000000")]
    [InlineData("10000000")] // lengths below the header
    [InlineData("10000003")]
    [InlineData("10010007 0008 00")]
    [InlineData("10010004")]
    [InlineData("1000F003")] // only reserved bits make it long
    public void What_is_no_packet_drops_the_connection_without_a_message(string bytes)
    {
        Conversation call = In(SstpCallState.Connected, server: true);

        Assert.Equal(
            [ClosedBy(SstpCloseReason.MalformedPacket, graceful: false)],
            call.Receive(Packets.Hex(bytes), Packets.EchoRequest));
        Assert.Contains(bytes[..8], call.Closed!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_packet_in_an_ending_call_ends_it_for_its_first_cause()
    {
        Conversation call = In(SstpCallState.AbortTimeoutPending, server: true);

        Assert.Equal(
            [ClosedBy(SstpCloseReason.PeerAborted, graceful: false)], call.Receive(Packets.Hex("00000000")));
    }
}
