using SstpRouter.Sstp.Calls;
using SstpRouter.Sstp.Wire;

namespace SstpRouter.Sstp;

/// <content>The abort and disconnect procedures ([MS-SSTP] 3.1.1.1, 3.1.2, 3.1.5.1).</content>
public abstract partial class SstpCall
{
    // [MS-SSTP] 2.2.13 has no status for "heard you"; this one at least blames nothing in particular.
    private static readonly StatusInfo AbortAnswer =
        new(SstpAttributeId.StatusInfo, SstpStatus.UnacceptedFrameReceived);

    private SstpCloseReason _reason;
    private string _detail = "";

    private protected abstract string NegotiationTimeoutDetail { get; }

    /// <summary>Sends CALL_ABORT and waits for the peer's.</summary>
    private protected void BeginAbort(StatusInfo status, SstpCloseReason reason, string detail, long now)
    {
        EndNegotiation();
        (_reason, _detail) = (reason, detail);
        PutAbort(status);
        Enter(SstpCallState.AbortPending, now, SstpTiming.Abort1);
    }

    /// <summary>Ends the call at once.</summary>
    private protected void Finish(SstpCloseReason reason, string detail, bool graceful)
    {
        if (State == SstpCallState.Closed)
        {
            return;
        }

        EndNegotiation();
        _head = null;
        _deadline = long.MaxValue;
        State = SstpCallState.Closed;
        Put(new SstpOutput.Closed(reason, detail, graceful));
    }

    /// <summary>The call will not be connected any more: forget what only that needs, keys above all.</summary>
    private protected abstract void EndNegotiation();

    private void FinishEnding(bool graceful) => Finish(_reason, _detail, graceful);

    private void FinishMalformed(ReadOnlySpan<byte> input)
    {
        if (IsEnding)
        {
            FinishEnding(graceful: false);
            return;
        }

        // [MS-SSTP] 3.1.7.2: no message, since where one would begin is not known any more.
        string bytes = Convert.ToHexString(input[..SstpPacket.DataHeaderLength]);
        Finish(
            SstpCloseReason.MalformedPacket,
            $"what the peer sent is no SSTP packet: it begins {bytes}",
            graceful: false);
    }

    private void AbortNegotiation(long now) =>
        BeginAbort(
            new StatusInfo(SstpAttributeId.StatusInfo, SstpStatus.NegotiationTimeout),
            SstpCloseReason.NegotiationTimeout,
            NegotiationTimeoutDetail,
            now);

    private void AbortMalformed(in SstpMessage message, long now) =>
        BeginAbort(
            new StatusInfo(SstpAttributeId.StatusInfo, SstpStatus.InvalidFrameReceived),
            SstpCloseReason.MalformedMessage,
            $"the peer sent a malformed {SstpNames.Of(message.Type)} of {message.Packet.Length} bytes",
            now);

    private void AbortUnless(bool acceptable, in SstpMessage message, long now)
    {
        if (!acceptable)
        {
            BeginAbort(
                new StatusInfo(SstpAttributeId.StatusInfo, SstpStatus.UnacceptedFrameReceived),
                SstpCloseReason.UnacceptableMessage,
                $"the peer sent {SstpNames.Of(message.Type)} in state {State}, which does not allow it",
                now);
        }
    }

    private void BeginDisconnect(long now)
    {
        const SstpCloseReason reason = SstpCloseReason.Disconnected;
        const string detail = "disconnected by this end";
        if (State is SstpCallState.Disconnected or SstpCallState.HttpExchange)
        {
            Finish(reason, detail, graceful: true);
        }
        else if (!IsEnding)
        {
            EndNegotiation();
            (_reason, _detail) = (reason, detail);
            PutMessage(SstpMessages.CallDisconnect(), "CALL_DISCONNECT");
            Enter(SstpCallState.DisconnectAckPending, now, SstpTiming.Disconnect1);
        }
    }

    private void AnswerAbort(in SstpMessage message, long now)
    {
        StatusInfo? status = StatusInfo.ReadFirst(message);
        PutTrace($"rcvd SSTP CALL_ABORT{Describe(status)}");
        EndNegotiation();
        (_reason, _detail) = (SstpCloseReason.PeerAborted, AbortDetail.Of(status));
        PutAbort(AbortAnswer);
        Enter(SstpCallState.AbortTimeoutPending, now, SstpTiming.Abort2);
    }

    private void AnswerDisconnect(in SstpMessage message, long now)
    {
        PutTrace($"rcvd SSTP CALL_DISCONNECT{Describe(StatusInfo.ReadFirst(message))}");
        EndNegotiation();
        (_reason, _detail) = (SstpCloseReason.PeerDisconnected, "disconnected by the peer");
        PutDisconnectAck(now);
    }

    private void ReceiveWhileEnding(in SstpMessage message, long now)
    {
        bool counts = message.Type switch
        {
            SstpMessageType.CallAbort => State is SstpCallState.AbortPending or SstpCallState.DisconnectAckPending,
            SstpMessageType.CallDisconnect or SstpMessageType.CallDisconnectAck =>
                State == SstpCallState.DisconnectAckPending,
            _ => false,
        };
        if (!counts)
        {
            Counters.MessagesIgnored++;
            return;
        }

        PutTrace($"rcvd SSTP {SstpNames.Of(message.Type)}");
        switch (message.Type)
        {
            case SstpMessageType.CallDisconnect:
                PutDisconnectAck(now);
                break;

            case SstpMessageType.CallDisconnectAck:
                FinishEnding(graceful: true);
                break;

            case var _ when State == SstpCallState.DisconnectAckPending:
                PutAbort(AbortAnswer);
                Enter(SstpCallState.AbortTimeoutPending, now, SstpTiming.Abort2);
                break;

            default:
                // Our own abort is out already: an abort is never answered twice.
                Enter(SstpCallState.AbortTimeoutPending, now, SstpTiming.Abort2);
                break;
        }
    }

    private void PutAbort(StatusInfo status) =>
        PutMessage(SstpMessages.CallAbort(status), $"CALL_ABORT{Describe(status)}");

    private void PutDisconnectAck(long now)
    {
        PutMessage(SstpMessages.Bare(SstpMessageType.CallDisconnectAck), "CALL_DISCONNECT_ACK");
        Enter(SstpCallState.DisconnectTimeoutPending, now, SstpTiming.Disconnect2);
    }
}
