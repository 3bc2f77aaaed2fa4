using SstpRouter.Sstp.Calls;
using SstpRouter.Sstp.Http;
using SstpRouter.Sstp.Wire;

namespace SstpRouter.Sstp;

/// <content>From the stream to frames and messages.</content>
public abstract partial class SstpCall
{
    private protected abstract string HttpTimeoutDetail { get; }

    private bool ReadFrame(ref ReadOnlySpan<byte> input, long now, out ReadOnlySpan<byte> frame)
    {
        frame = default;
        while (State is not (SstpCallState.Disconnected or SstpCallState.HttpExchange or SstpCallState.Closed))
        {
            switch (SstpPacket.Delineate(input, out bool isControl, out int length))
            {
                case SstpDelineation.Incomplete:
                    return false;

                case SstpDelineation.Malformed:
                    FinishMalformed(input);
                    break;

                default:
                    ReadOnlySpan<byte> packet = input[..length];
                    input = input[length..];
                    if (isControl)
                    {
                        ReceiveMessage(SstpMessage.Of(packet), now);
                    }
                    else if (Admits(packet[SstpPacket.DataHeaderLength..], now))
                    {
                        frame = packet[SstpPacket.DataHeaderLength..];
                        return true;
                    }

                    break;
            }
        }

        if (State == SstpCallState.HttpExchange && ReadHead(ref input, now))
        {
            return ReadFrame(ref input, now, out frame);
        }

        if (State == SstpCallState.Closed)
        {
            input = default;
        }

        return false;
    }

    // [MS-SSTP] 3.2.7.2, 3.3.7.2.
    private bool Admits(ReadOnlySpan<byte> frame, long now)
    {
        if (frame.IsEmpty)
        {
            Counters.EmptyFramesDropped++;
            return false;
        }

        if (MaySendData || (MaySendControl && PppFrameKind.IsControl(frame)))
        {
            Counters.FramesReceived++;
            return true;
        }

        if (IsEnding)
        {
            Counters.LateFramesDropped++;
        }
        else if (++Counters.EarlyFramesDropped > MaximumEarlyFrames)
        {
            BeginAbort(
                new StatusInfo(SstpAttributeId.StatusInfo, SstpStatus.UnacceptedFrameReceived),
                SstpCloseReason.TooManyEarlyFrames,
                $"the peer sent more than {MaximumEarlyFrames} frames before the call was connected",
                now);
        }

        return false;
    }

    private bool ReadHead(ref ReadOnlySpan<byte> input, long now)
    {
        if (_head is not { } head)
        {
            return false;
        }

        HttpHeadProgress progress = head.Read(ref input);
        if (progress == HttpHeadProgress.Incomplete)
        {
            return false;
        }

        _head = null;
        if (progress == HttpHeadProgress.TooLarge)
        {
            OnHeadTooLarge();
        }
        else
        {
            OnHead(head, now);
        }

        return true;
    }

    private protected abstract void OnHead(HttpHeadReader head, long now);

    private protected abstract void OnHeadTooLarge();

    private protected static string HeadTooLargeDetail(string head) =>
        $"the HTTP {head} is longer than {HttpHeadReader.MaximumBytes} bytes or {HttpHeadReader.MaximumLines} lines";

    private void ReceiveMessage(in SstpMessage message, long now)
    {
        Counters.MessagesReceived++;
        if (IsEnding)
        {
            ReceiveWhileEnding(message, now);
            return;
        }

        switch (message.Type)
        {
            // These are taken in any form: peers leave the attribute out or get its length wrong.
            case SstpMessageType.CallAbort:
                AnswerAbort(message, now);
                break;

            case SstpMessageType.CallDisconnect:
                AnswerDisconnect(message, now);
                break;

            case SstpMessageType.CallConnectNak:
                PutTrace($"rcvd SSTP CALL_CONNECT_NAK{Describe(StatusInfo.ReadFirst(message))}");
                AbortUnless(TryReceive(message, now), message, now);
                break;

            case var _ when !message.IsWellFormed:
                PutTrace($"rcvd malformed SSTP {SstpNames.Of(message.Type)}");
                AbortMalformed(message, now);
                break;

            case SstpMessageType.EchoRequest when State == SstpCallState.Connected:
                AnswerEcho();
                break;

            case SstpMessageType.EchoResponse when State == SstpCallState.Connected:
                PutTrace("rcvd SSTP ECHO_RESPONSE");
                break;

            default:
                PutTrace($"rcvd SSTP {SstpNames.Of(message.Type)}");
                AbortUnless(TryReceive(message, now), message, now);
                break;
        }
    }

    /// <summary>Takes a message that has a meaning for one role and state only.</summary>
    /// <returns>False when this state does not allow it; nothing has happened then.</returns>
    private protected abstract bool TryReceive(in SstpMessage message, long now);

    private void AnswerEcho()
    {
        if (_outputs.Count >= MaximumWaitingOutputs)
        {
            Counters.EchoRequestsDropped++;
            return;
        }

        PutTrace("rcvd SSTP ECHO_REQUEST");
        PutMessage(SstpMessages.Bare(SstpMessageType.EchoResponse), "ECHO_RESPONSE");
    }

    private protected static string Describe(StatusInfo? status) => status is { } known ? $" status={known}" : "";
}
