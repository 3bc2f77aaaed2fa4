using System.Diagnostics.CodeAnalysis;
using SstpRouter.Sstp.Calls;
using SstpRouter.Sstp.Http;
using SstpRouter.Sstp.Wire;

namespace SstpRouter.Sstp;

/// <summary>One SSTP call over one TLS connection, without I/O: bytes and the time come in, frames and
/// <see cref="SstpOutput"/> come out.</summary>
/// <remarks>Times are milliseconds of one monotonic clock of any origin. After every method, and after every frame that
/// <see cref="TryRead"/> gives and before that frame is used, take the outputs with <see cref="TryTake"/> and read
/// <see cref="NextDeadline"/>. Nothing that a peer sends makes a method throw. Not safe for use by several threads.
/// </remarks>
public abstract partial class SstpCall
{
    // Traces and echo answers are left out while this many outputs wait, so that a flood cannot grow the process.
    internal const int MaximumWaitingOutputs = 64;

    // Windows drops data frames before Call_Connected without a word; more than a hasty peer sends is an attack.
    internal const int MaximumEarlyFrames = 1_000;

    private readonly Queue<SstpOutput> _outputs = new();
    private Keepalive _keepalive;
    private HttpHeadReader? _head = new();
    private long _deadline = long.MaxValue;
    private int _unread;

    private protected SstpCall(long keepaliveTimeout, long httpTimeout, long negotiationTimeout)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(keepaliveTimeout);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(httpTimeout);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(negotiationTimeout);
        _keepalive = new Keepalive(keepaliveTimeout);
        HttpTimeout = httpTimeout;
        NegotiationTimeout = negotiationTimeout;
    }

    /// <summary>Where the call stands.</summary>
    public SstpCallState State { get; private set; }

    /// <summary>Whether PPP control frames may be sent ([MS-SSTP] 3.2.7.1, 3.3.7.1).</summary>
    public bool MaySendControl =>
        State is SstpCallState.Connected or SstpCallState.ConnectAckReceived or SstpCallState.CallConnectedPending;

    /// <summary>Whether PPP data frames may be sent, and are received.</summary>
    public bool MaySendData => State == SstpCallState.Connected;

    /// <summary>Whether an abort or a disconnect is under way or over: the call carries nothing any more.</summary>
    public bool IsEnding => State >= SstpCallState.AbortPending;

    /// <summary>When <see cref="Tick"/> is due; <see cref="long.MaxValue"/> is never.</summary>
    public long NextDeadline => State == SstpCallState.Connected ? _keepalive.Due : _deadline;

    /// <summary>What was counted so far.</summary>
    public SstpCounters Counters { get; } = new();

    private protected long NegotiationTimeout { get; }

    private long HttpTimeout { get; }


    /// <summary>TLS is up: a client puts out its HTTP request, a server awaits one.</summary>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidOperationException">The call was started before.</exception>
    public void Start(long now)
    {
        if (State == SstpCallState.Closed)
        {
            return;
        }

        if (State != SstpCallState.Disconnected)
        {
            throw new InvalidOperationException("a call starts once");
        }

        Enter(SstpCallState.HttpExchange, now, HttpTimeout);
        OnStart();
    }

    /// <summary>Reads the stream up to the next PPP frame. Does not allocate for data packets.</summary>
    /// <param name="input">What was received and not consumed yet; moved past what is consumed now.</param>
    /// <param name="now">The time.</param>
    /// <param name="frame">A PPP frame that may be passed to PPP now. It lies in <paramref name="input"/>'s
    /// memory.</param>
    /// <returns>True with a frame: call again with the rest. False when the rest is no complete packet: keep it, and
    /// call again when bytes were appended.</returns>
    public bool TryRead(ref ReadOnlySpan<byte> input, long now, out ReadOnlySpan<byte> frame)
    {
        if (input.Length > _unread)
        {
            _keepalive.Alive(now);
        }

        bool found = ReadFrame(ref input, now, out frame);
        _unread = input.Length;
        return found;
    }

    /// <summary>Does what is due at this time; does nothing before <see cref="NextDeadline"/>.</summary>
    /// <param name="now">The time.</param>
    public void Tick(long now)
    {
        if (NextDeadline == long.MaxValue || now < NextDeadline)
        {
            return;
        }

        switch (State)
        {
            case SstpCallState.Connected:
                ProbePeer(now);
                break;

            case SstpCallState.HttpExchange:
                Finish(SstpCloseReason.HttpTimeout, HttpTimeoutDetail, graceful: false);
                break;

            case >= SstpCallState.AbortPending:
                FinishEnding(graceful: true);
                break;

            default:
                AbortNegotiation(now);
                break;
        }
    }

    /// <summary>The owner wants a sign of life now, whatever the keepalive knows: echoes go out, of which any peer answers one.
    /// Before the call is connected there is only PPP's.</summary>
    public void Probe()
    {
        if (State == SstpCallState.Connected)
        {
            PutProbe();
        }
        else if (MaySendControl)
        {
            Put(new SstpOutput.KeepaliveProbe());
        }
    }

    /// <summary>The owner wants the call to end ([MS-SSTP] 3.2.4.2). Does nothing when it is ending already.</summary>
    /// <param name="now">The time.</param>
    public void Disconnect(long now) => BeginDisconnect(now);

    /// <summary>The TLS connection is gone; <see cref="SstpOutput.Closed"/> follows at once.</summary>
    /// <param name="now">The time.</param>
    public void TransportClosed(long now)
    {
        if (IsEnding)
        {
            FinishEnding(graceful: false);
        }
        else
        {
            Finish(SstpCloseReason.TransportClosed, "the connection was lost", graceful: false);
        }
    }

    /// <summary>PPP's authentication succeeded: a client sends CALL_CONNECTED, a server validates the one it has or
    /// gets ([MS-SSTP] 3.2.7.1, 3.3.7.1). Only the first call counts.</summary>
    /// <param name="hlak">The higher-layer authentication key: 32 bytes; a shorter one is padded with zeros, of a
    /// longer one the first 32 bytes count.</param>
    /// <param name="now">The time.</param>
    public void Authenticated(ReadOnlySpan<byte> hlak, long now) => OnAuthenticated(hlak, now);

    /// <summary>Takes the next output.</summary>
    /// <param name="output">The output.</param>
    /// <returns>False when there is none.</returns>
    public bool TryTake([NotNullWhen(true)] out SstpOutput? output) => _outputs.TryDequeue(out output);

    private protected abstract void OnStart();

    private protected abstract void OnAuthenticated(ReadOnlySpan<byte> hlak, long now);

    private protected void Put(SstpOutput output) => _outputs.Enqueue(output);

    private protected void PutTrace(string text)
    {
        if (_outputs.Count < MaximumWaitingOutputs)
        {
            Put(new SstpOutput.Trace(text));
        }
    }

    private protected void PutMessage(byte[] packet, string trace)
    {
        Put(new SstpOutput.Send(packet));
        PutTrace($"sent SSTP {trace}");
    }

    private protected void Enter(SstpCallState state, long now, long timeout)
    {
        State = state;
        _deadline = SstpTiming.After(now, timeout);
    }

    private protected void EnterConnected(long now)
    {
        State = SstpCallState.Connected;
        _deadline = long.MaxValue;
        _keepalive.Alive(now);
        Put(new SstpOutput.Connected());
    }

    private void ProbePeer(long now)
    {
        if (_keepalive.Unanswered > 0)
        {
            PutTrace($"keepalive probe {_keepalive.Unanswered} was not answered");
        }

        if (!_keepalive.Step(now))
        {
            // [MS-SSTP] 3.1.2.3: without an abort, since nobody is there to read it.
            Finish(
                SstpCloseReason.PeerNotResponding,
                $"the peer is not responding: {Keepalive.MaximumProbes} keepalive probes and not one byte back",
                graceful: false);
            return;
        }

        Counters.KeepaliveProbes++;
        PutProbe();
    }

    private void PutProbe()
    {
        PutMessage(SstpMessages.Bare(SstpMessageType.EchoRequest), "ECHO_REQUEST");
        Put(new SstpOutput.KeepaliveProbe());
    }
}
