using static SstpRouter.Ppp.Negotiation.NegotiationActions;
using static SstpRouter.Ppp.Negotiation.NegotiationEvent;
using static SstpRouter.Ppp.Negotiation.NegotiationState;

namespace SstpRouter.Ppp.Negotiation;

/// <summary>The option negotiation automaton (RFC 1661 4) with its timer and counters, for one protocol.</summary>
internal sealed class OptionNegotiation(ushort protocol, OptionSet options, INegotiationLayer layer)
{
    // RFC 1661 4.6, milliseconds. No shorter for a peer that seems fast: a repeat that finds it in Opened makes it begin anew
    // (RFC 1661 4.1), and TLS loses nothing that a repeat would have to make good.
    internal const long RestartInterval = 3000;
    internal const int MaxConfigure = 10; // RFC 1661 4.6
    internal const int MaxTerminate = 2; // RFC 1661 4.6
    internal const int MaxFailure = 5; // RFC 1661 4.6

    /// <summary>Naks of our request after which a Nak counts as a Reject, so that we stop asking.</summary>
    internal const int MaxNaks = 10;

    /// <summary>Naks and Rejects of our request after which we give up.</summary>
    internal const int MaxRefusals = 30;

    /// <summary>
    /// Options in one request; no honest peer comes near, and a Nak can be longer than what it answers.
    /// </summary>
    internal const int MaxOptions = 64;

    internal const int MaxRenegotiations = 10;
    internal const long RenegotiationWindow = 60_000; // milliseconds

    private int _restartCount;
    private byte _requestIdentifier;
    private byte[] _request = [];
    private bool _requestAnswered = true;
    private byte _terminateIdentifier;
    private byte _peerIdentifier;
    private byte _replyCode;
    private byte[] _reply = [];
    private byte[] _unknown = [];
    private byte _codeRejectIdentifier;
    private int _failuresSent;
    private int _refusals;
    private int _renegotiations;
    private long _renegotiationsSince = long.MinValue;
    private FinishCause _cause = FinishCause.TimedOut;
    private string? _detail;

    internal ushort Protocol => protocol;

    internal NegotiationState State { get; private set; }

    /// <summary>Why there is no agreement, from the moment that it is known; null while there can be one.</summary>
    internal string? Failure => _detail;

    internal bool IsOpened => State == Opened;

    internal bool IsNegotiating => State is ReqSent or AckRcvd or AckSent;

    /// <summary>Whether an Echo-Request is to be answered in this state (RFC 1661 4.1, RXR).</summary>
    internal bool AnswersEcho => NegotiationTable.Find(State, Rxr) is { Actions: Ser };

    /// <summary>When <see cref="Tick"/> has something to do; <see cref="long.MaxValue"/> if nothing runs.</summary>
    internal long NextDeadline { get; private set; } = long.MaxValue;

    internal void Up(long now)
    {
        if (State == Starting)
        {
            options.Renew();
        }

        Happen(NegotiationEvent.Up, now);
    }

    internal void Down(long now) => Happen(NegotiationEvent.Down, now);

    internal void Open(long now)
    {
        if (State == Closed)
        {
            options.Renew();
        }

        Happen(NegotiationEvent.Open, now);
    }

    internal void Close(long now)
    {
        _cause = FinishCause.Terminated;
        Happen(NegotiationEvent.Close, now);
    }

    internal void Tick(long now)
    {
        if (now < NextDeadline)
        {
            return;
        }

        Happen(_restartCount > 0 ? TimeoutPlus : TimeoutMinus, now);
    }

    /// <summary>The peer rejected this protocol as a whole (RFC 1661 5.7).</summary>
    internal void ProtocolRejected(long now)
    {
        _cause = FinishCause.Rejected;
        Happen(RxjMinus, now);
    }

    /// <summary>Codes 1 to 7 and all that are unknown; a protocol with further codes takes those out before.</summary>
    internal void Receive(in ControlPacket packet, long now)
    {
        switch (packet.Code)
        {
            case ControlPacket.ConfReq:
                ReceiveRequest(packet, now);
                break;
            case ControlPacket.ConfAck:
                ReceiveAck(packet, now);
                break;
            case ControlPacket.ConfNak:
            case ControlPacket.ConfRej:
                ReceiveRefusal(packet, now);
                break;
            case ControlPacket.TermReq:
                ReceiveTerminateRequest(packet, now);
                break;
            case ControlPacket.TermAck:
                Happen(Rta, now);
                break;
            case ControlPacket.CodeRej:
                ReceiveCodeReject(packet, now);
                break;
            default:
                _unknown = packet.Whole.ToArray();
                Happen(Ruc, now);
                break;
        }
    }

    private void ReceiveRequest(in ControlPacket packet, long now)
    {
        _peerIdentifier = packet.Identifier;
        if (State is Closed or Closing or Stopping)
        {
            Happen(RcrPlus, now);
            return;
        }

        if (State is Initial or Starting
            || !ConfigureOption.IsList(packet.Data, out int count) || count > MaxOptions)
        {
            return;
        }

        if (State is Stopped or Opened)
        {
            options.Renew();
        }

        if (!Review(packet.Data))
        {
            return;
        }

        if (options.Impossible is { } cause)
        {
            GiveUp(cause, now);
            return;
        }

        Happen(_replyCode == ControlPacket.ConfAck ? RcrPlus : RcrMinus, now);
    }

    // RFC 1661 5.2 to 5.4: what cannot be negotiated is rejected first; then values are nakked; then all is acknowledged.
    private bool Review(ReadOnlySpan<byte> request)
    {
        var rejects = new OptionWriter();
        var naks = new OptionWriter();
        var nakked = new OptionWriter();
        _reply = [];
        options.BeginReview(request);
        ReadOnlySpan<byte> rest = request;
        while (ConfigureOption.TryTake(ref rest, out ConfigureOption option))
        {
            switch (options.Review(option, naks))
            {
                case OptionVerdict.Nak:
                    nakked.Add(option);
                    break;
                case OptionVerdict.Reject:
                    rejects.Add(option);
                    break;
            }
        }

        // RFC 1661 4.6: after Max-Failure a Nak becomes a Reject, and nothing is asked for any more.
        bool mayNak = _failuresSent < MaxFailure;
        if (!mayNak && rejects.Written.IsEmpty)
        {
            rejects = nakked;
        }

        if (!rejects.Written.IsEmpty)
        {
            SetReply(ControlPacket.ConfRej, rejects.Written);
        }
        else
        {
            options.WriteMissing(naks);
            if (naks.Written.IsEmpty)
            {
                SetReply(ControlPacket.ConfAck, request);
            }
            else if (mayNak)
            {
                SetReply(ControlPacket.ConfNak, naks.Written);
            }
            else
            {
                options.GiveUp("peer leaves out an option that is needed");
            }
        }

        // A reply cannot be cut short and still mean something; a request that long was never ours to answer.
        return ControlPacket.HeaderLength + _reply.Length <= layer.PeerMru;
    }

    private void SetReply(byte code, ReadOnlySpan<byte> list)
    {
        _replyCode = code;
        _reply = list.ToArray();
    }

    private void ReceiveAck(in ControlPacket packet, long now)
    {
        if (State is Closed or Stopped)
        {
            _peerIdentifier = packet.Identifier;
            Happen(Rca, now);
            return;
        }

        if (!IsAnswer(packet) || !packet.Data.SequenceEqual(_request))
        {
            return;
        }

        _requestAnswered = true;
        options.Acknowledged();
        if (options.Impossible is { } cause)
        {
            GiveUp(cause, now);
            return;
        }

        Happen(Rca, now);
    }

    private void ReceiveRefusal(in ControlPacket packet, long now)
    {
        if (State is Closed or Stopped)
        {
            _peerIdentifier = packet.Identifier;
            Happen(Rcn, now);
            return;
        }

        if (!IsAnswer(packet) || !ConfigureOption.IsList(packet.Data, out int count) || count > MaxOptions)
        {
            return;
        }

        _requestAnswered = true;
        _refusals++;
        bool rejected = packet.Code == ControlPacket.ConfRej || _refusals > MaxNaks;
        ReadOnlySpan<byte> rest = packet.Data;
        while (ConfigureOption.TryTake(ref rest, out ConfigureOption option))
        {
            if (rejected)
            {
                options.Rejected(option.Type);
            }
            else
            {
                options.Nakked(option);
            }
        }

        string? cause = options.Impossible ?? (_refusals > MaxRefusals ? "peer refuses every request" : null);
        if (cause is not null)
        {
            GiveUp(cause, now);
            return;
        }

        Happen(Rcn, now);
    }

    // RFC 1661 5.2: an answer to another request than the outstanding one is discarded, and so is a second answer.
    private bool IsAnswer(in ControlPacket packet) =>
        IsNegotiating && !_requestAnswered && packet.Identifier == _requestIdentifier;

    private void ReceiveTerminateRequest(in ControlPacket packet, long now)
    {
        _peerIdentifier = packet.Identifier;
        if (State is Initial or Starting)
        {
            return;
        }

        if (State == Opened)
        {
            _cause = FinishCause.Terminated;
        }

        Happen(Rtr, now);
        layer.TerminateRequested(this, packet.Data, now);
    }

    private void ReceiveCodeReject(in ControlPacket packet, long now)
    {
        if (packet.Data.IsEmpty)
        {
            return;
        }

        // RFC 1661 5.6: without its first seven codes there is no protocol left.
        if (packet.Data[0] is >= ControlPacket.ConfReq and <= ControlPacket.CodeRej)
        {
            _cause = FinishCause.Rejected;
            Happen(RxjMinus, now);
        }
        else
        {
            Happen(RxjPlus, now);
        }
    }

    private void GiveUp(string cause, long now)
    {
        _cause = FinishCause.NotConverging;
        _detail = cause;
        Happen(NegotiationEvent.Close, now);
    }

    private void Happen(NegotiationEvent happened, long now)
    {
        if (NegotiationTable.Find(State, happened) is not { } step)
        {
            return;
        }

        // Before the actions, because the layers that they call ask for the state.
        State = step.Next;
        Act(step.Actions, happened, now);
        if (State is < Closing or Opened)
        {
            NextDeadline = long.MaxValue;
        }

        if (IsNegotiating && (step.Actions & Tld) != 0 && RenegotiatesTooOften(now))
        {
            GiveUp("peer renegotiates too often", now);
        }
    }

    // In the order of RFC 1661 4.1: "tld,scr,sca", "irc,scr,scn", "tld,zrc,sta", "sca,tlu".
    private void Act(NegotiationActions actions, NegotiationEvent happened, long now)
    {
        if ((actions & Tld) != 0)
        {
            layer.LayerDown(this, now);
            if (happened is Rta or Rca or Rcn)
            {
                options.Renew();
            }
        }

        if ((actions & Irc) != 0)
        {
            _restartCount = (actions & Str) != 0 ? MaxTerminate : MaxConfigure;
            if ((actions & Scr) != 0 && happened is not Rcn)
            {
                BeginNegotiation();
            }
        }

        if ((actions & Zrc) != 0)
        {
            _restartCount = 0;
            NextDeadline = now + RestartInterval;
        }

        SendRequests(actions, happened, now);
        SendReplies(actions, now);
        if ((actions & Tlf) != 0)
        {
            layer.LayerFinished(this, _cause, _detail, now);
        }

        if ((actions & Tlu) != 0)
        {
            _refusals = 0;
            layer.LayerUp(this, now);
        }
    }

    private void BeginNegotiation()
    {
        _cause = FinishCause.TimedOut;
        _detail = null;
        _failuresSent = 0;
        _refusals = 0;
    }

    private void SendRequests(NegotiationActions actions, NegotiationEvent happened, long now)
    {
        if ((actions & Scr) != 0)
        {
            // RFC 1661 5.1: a retransmission may keep its identifier; a late answer to the first one then still counts.
            if (happened != TimeoutPlus || _requestAnswered)
            {
                var request = new OptionWriter();
                options.WriteRequest(request);
                _request = request.Written.ToArray();
                _requestIdentifier++;
                _requestAnswered = false;
                if ((actions & Tld) != 0)
                {
                    _restartCount = MaxConfigure;
                    BeginNegotiation();
                }
            }

            _restartCount--;
            NextDeadline = now + RestartInterval;
            layer.Send(protocol, ControlPacket.ConfReq, _requestIdentifier, _request);
        }

        if ((actions & Str) != 0)
        {
            _restartCount--;
            NextDeadline = now + RestartInterval;
            layer.Send(protocol, ControlPacket.TermReq, ++_terminateIdentifier, []);
        }
    }

    private void SendReplies(NegotiationActions actions, long now)
    {
        if ((actions & Sca) != 0)
        {
            _failuresSent = 0;
            options.Acknowledge();
            layer.Send(protocol, ControlPacket.ConfAck, _peerIdentifier, _reply);
        }

        if ((actions & Scn) != 0)
        {
            _failuresSent += _replyCode == ControlPacket.ConfNak ? 1 : 0;
            layer.Send(protocol, _replyCode, _peerIdentifier, _reply);
        }

        if ((actions & Sta) != 0)
        {
            layer.Send(protocol, ControlPacket.TermAck, _peerIdentifier, []);
        }

        if ((actions & Scj) != 0 && layer.MayReject(now))
        {
            // RFC 1661 5.6: the rejected packet is truncated to the peer's MRU.
            int length = Math.Min(_unknown.Length, layer.PeerMru - ControlPacket.HeaderLength);
            layer.Send(protocol, ControlPacket.CodeRej, ++_codeRejectIdentifier, _unknown.AsSpan(0, length));
        }
    }

    private bool RenegotiatesTooOften(long now)
    {
        if (_renegotiationsSince == long.MinValue || now - _renegotiationsSince > RenegotiationWindow)
        {
            _renegotiationsSince = now;
            _renegotiations = 0;
        }

        return ++_renegotiations > MaxRenegotiations;
    }
}
