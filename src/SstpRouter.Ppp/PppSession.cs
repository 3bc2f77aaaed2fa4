using System.Diagnostics.CodeAnalysis;
using System.Text;
using SstpRouter.Ppp.Authentication;
using SstpRouter.Ppp.Link;
using SstpRouter.Ppp.Negotiation;
using SstpRouter.Ppp.Network;
using SstpRouter.Ppp.Session;

namespace SstpRouter.Ppp;

/// <summary>
/// One PPP link, from the first Configure-Request to the last Terminate-Ack (RFC 1661). It does nothing by itself:
/// time, randomness and frames come in, and <see cref="TryTake"/> says what came of it. Times are milliseconds of any
/// clock that only goes forward. Not for use by two threads at once.
/// </summary>
public sealed class PppSession : ILink, IAuthenticationLayer
{
    /// <summary>How long authentication may take, in milliseconds.</summary>
    internal const long AuthenticationInterval = 30_000;

    /// <summary>Frames of a peer that has not authenticated yet; more than that is an attack.</summary>
    internal const int MaxFramesBeforeAuthentication = 200;

    private readonly PppSessionOptions _options;
    private readonly RandomFill _random;
    private readonly OutputQueue _outputs;
    private readonly LinkControl _link;
    private readonly NetworkPhase _network;
    private IAuthenticator? _authenticator;
    private byte _challengeIdentifier;
    private string? _authenticatedName;
    private PppGrant? _grant;
    private (ushort Protocol, byte[] Information)? _early;
    private long _firstRequestAt = long.MaxValue;
    private long _authenticationEnds = long.MaxValue;
    private int _framesBeforeAuthentication;
    private bool _peerSpokeLcp;
    private PppCloseReason? _reason;
    private string? _detail;

    /// <summary>Makes a session that waits for <see cref="Start"/>.</summary>
    /// <param name="options">What it is to be.</param>
    /// <param name="random">Where its randomness comes from.</param>
    /// <exception cref="ArgumentException">A name or a password is longer than 255 bytes.</exception>
    public PppSession(PppSessionOptions options, RandomFill random)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        ThrowIfTooLong(options.UserName, nameof(options.UserName));
        ThrowIfTooLong(options.Password, nameof(options.Password));
        ThrowIfTooLong(options.ServerName, nameof(options.ServerName));
        _options = options;
        _random = random;
        _outputs = new OutputQueue(options.TracePackets);
        _link = new LinkControl(options, random, this, _outputs);
        _network = new NetworkPhase(options, random, _link, _outputs);
    }

    /// <summary>The phase of the link.</summary>
    public PppPhase Phase { get; private set; }

    /// <summary>Whether IPv4 packets may flow.</summary>
    public bool Ipv4Up => _network.Ipv4Up;

    /// <summary>Whether IPv6 packets may flow.</summary>
    public bool Ipv6Up => _network.Ipv6Up;

    /// <summary>
    /// The largest packet to send, in bytes: what the peer announced to take, but not more than our own ceiling.
    /// </summary>
    public int SendMtu => Math.Min(_link.PeerMru, _options.MaximumMtu);

    /// <summary>When <see cref="Tick"/> is due; <see cref="long.MaxValue"/> if nothing is waited for.</summary>
    public long NextDeadline => _outputs.IsClosed
        ? long.MaxValue
        : Math.Min(
            Math.Min(_firstRequestAt, _authenticationEnds),
            Math.Min(
                Math.Min(_link.NextDeadline, _network.NextDeadline),
                _authenticator?.NextDeadline ?? long.MaxValue));

    /// <summary>The layer below is up. Later calls do nothing.</summary>
    /// <param name="now">The time.</param>
    public void Start(long now)
    {
        if (Phase != PppPhase.Dead || _outputs.IsClosed)
        {
            return;
        }

        if (_options is { Role: PppRole.Server, Methods: PppAuthenticationMethods.None })
        {
            Terminate(PppCloseReason.AuthenticationRefused, "no authentication method is allowed here", now);
            return;
        }

        Phase = PppPhase.Establish;
        _link.Open(now);
        if (_options.FirstRequestDelay > 0)
        {
            _firstRequestAt = now + _options.FirstRequestDelay;
        }
        else
        {
            _link.Up(now);
        }
    }

    /// <summary>The layer below is gone: the session is closed at once.</summary>
    /// <param name="now">The time.</param>
    public void LowerDown(long now)
    {
        if (!_outputs.IsClosed)
        {
            _reason ??= PppCloseReason.LowerLayerDown;
            Finish(now);
        }
    }

    /// <summary>
    /// Takes a frame that is not data of a network protocol; anything may come, and a bad frame is dropped.
    /// </summary>
    /// <param name="frame">The frame, from address and control or from the protocol on.</param>
    /// <param name="now">The time.</param>
    public void Receive(ReadOnlySpan<byte> frame, long now)
    {
        if (Phase == PppPhase.Dead)
        {
            return;
        }

        if (Phase is PppPhase.Establish or PppPhase.Authenticate
            && ++_framesBeforeAuthentication > MaxFramesBeforeAuthentication)
        {
            // Without ceremony: a Terminate-Request would only be one more frame to a flooder.
            _reason ??= PppCloseReason.TooManyFrames;
            Finish(now);
            return;
        }

        if (!PppFrame.TryParse(frame, out ushort protocol, out int offset) || protocol is PppFrame.Ipv4 or PppFrame.Ipv6)
        {
            return;
        }

        ReadOnlySpan<byte> information = frame[offset..];
        _outputs.Trace("rcvd", protocol, information);
        if (protocol == PppFrame.Lcp)
        {
            ReceiveLcp(information, now);
        }
        else if (protocol is PppFrame.Pap or PppFrame.Chap)
        {
            ReceiveAuthentication(protocol, information, now);
        }
        else if (Phase == PppPhase.Network && !_network.Receive(protocol, information, now))
        {
            // Before this phase a Protocol-Reject would make the peer give the protocol up for good (RFC 1661 3.5).
            _link.RejectProtocol(protocol, information, now);
        }
    }

    /// <summary>
    /// Does what is due at this time; to be called at <see cref="NextDeadline"/>, and harmless earlier.
    /// </summary>
    /// <param name="now">The time.</param>
    public void Tick(long now)
    {
        if (Phase == PppPhase.Dead)
        {
            return;
        }

        if (now >= _firstRequestAt)
        {
            BringLinkUp(now);
        }

        if (now >= _authenticationEnds)
        {
            Terminate(PppCloseReason.AuthenticationTimeout, "authentication took too long", now);
        }

        _link.Tick(now);
        _authenticator?.Tick(now);
        if (Phase == PppPhase.Network && !_network.Tick(now))
        {
            Terminate(PppCloseReason.NoNetworkProtocol, _network.Failure, now);
        }
    }

    /// <summary>Ends the session: LCP terminates first, if it got that far. The reason given first stays.</summary>
    /// <param name="reason">What <see cref="PppOutput.Closed"/> will say.</param>
    /// <param name="now">The time.</param>
    public void Close(PppCloseReason reason, long now)
    {
        if (!_outputs.IsClosed)
        {
            Terminate(reason, null, now);
        }
    }

    /// <summary>Sends an LCP Echo-Request, if LCP is open.</summary>
    /// <param name="now">The time.</param>
    public void SendEchoRequest(long now) => _link.SendEchoRequest();

    /// <summary>
    /// Lets a client in. A grant whose proof belongs to another attempt than the one that waits does nothing.
    /// </summary>
    /// <param name="grant">The proof and what the client is given.</param>
    /// <param name="now">The time.</param>
    public void Grant(PppGrant grant, long now)
    {
        ArgumentNullException.ThrowIfNull(grant);
        if (_authenticator is AuthenticationServer { Pending: { } pending } server && grant.Proof.Attempt == pending)
        {
            _grant = grant;
            server.Grant(grant.Proof, now);
        }
    }

    /// <summary>Turns a client away; the session then terminates. Does nothing if no attempt waits.</summary>
    /// <param name="now">The time.</param>
    /// <param name="message">What the client is told; null for a plain refusal.</param>
    /// <param name="code">The error that an MS-CHAP client is told (RFC 2759 6): 646 to 649, 691 or 709.</param>
    public void Deny(long now, string? message = null, int code = ChapFailure.AuthenticationFailure) =>
        (_authenticator as AuthenticationServer)?.Deny(code, message, now);

    /// <summary>Takes the next output; to be called after every other call until it returns false.</summary>
    /// <param name="output">The output.</param>
    /// <returns>False if there is none.</returns>
    public bool TryTake([NotNullWhen(true)] out PppOutput? output) => _outputs.TryTake(out output);

    void ILink.LinkUp(long now)
    {
        Phase = PppPhase.Authenticate;
        PppAuthenticationMethods method = _link.Options.Method;
        if (method == PppAuthenticationMethods.None)
        {
            Succeeded(new PppAuthentication(method, _options.UserName, Hlak.Zero()), now);
            return;
        }

        _authenticationEnds = now + AuthenticationInterval;
        _authenticator = CreateAuthenticator(method);
        _authenticator.Start(now);
        if (_early is { } early)
        {
            _early = null;
            ReceiveAuthentication(early.Protocol, early.Information, now);
        }
    }

    void ILink.LinkDown(long now)
    {
        StopAuthentication();
        _authenticator = null;
        _grant = null;
        _network.Stop(now);
        if (_reason is null)
        {
            Phase = PppPhase.Establish;
        }
    }

    void ILink.LinkFinished(FinishCause cause, string? detail, long now)
    {
        if (_reason is null)
        {
            (_reason, _detail) = cause switch
            {
                FinishCause.NotConverging => (_link.Options.FailureReason, detail),
                FinishCause.Rejected => (PppCloseReason.ProtocolError, "peer rejects LCP"),
                FinishCause.TimedOut when _peerSpokeLcp => (PppCloseReason.NegotiationFailed, "LCP options do not agree"),
                FinishCause.TimedOut => (PppCloseReason.PeerNotResponding, "peer is not responding"),
                _ => (PppCloseReason.PeerTerminated, detail),
            };
        }

        Finish(now);
    }

    void ILink.LinkTerminateRequested(string text, long now)
    {
        if (_reason is null && _link.State != NegotiationState.Closing)
        {
            _reason = _link.Options.Refusal is null
                ? PppCloseReason.PeerTerminated
                : PppCloseReason.AuthenticationRefused;
            _detail = _link.Options.Refusal ?? (text.Length > 0 ? text : null);
        }

        Phase = PppPhase.Terminate;
        if (_link.State is NegotiationState.ReqSent)
        {
            // The automaton would go on asking (RFC 1661 4.1); a tunnel carries one link and is closed with it.
            Finish(now);
        }
    }

    void ILink.LinkLooped(long now) =>
        Terminate(PppCloseReason.LoopbackDetected, _link.Options.Impossible, now);

    void ILink.ProtocolRejected(ushort protocol, long now)
    {
        if (Phase == PppPhase.Network)
        {
            _network.ProtocolRejected(protocol, now);
        }
        else if (Phase == PppPhase.Authenticate && protocol == _authenticator?.Protocol)
        {
            const string Cause = "peer rejects the authentication protocol that it agreed to";
            Terminate(PppCloseReason.AuthenticationRefused, Cause, now);
        }
    }

    void IAuthenticationLayer.Send(ushort protocol, byte code, byte identifier, ReadOnlySpan<byte> data) =>
        _outputs.Send(protocol, code, identifier, data);

    void IAuthenticationLayer.Ask(PppAuthenticationAttempt attempt, long now)
    {
        // The crypto binding holds the key of the first authentication: a link is not handed on to another name.
        if (_authenticatedName is not null && _authenticatedName != attempt.UserName)
        {
            Deny(now);
            return;
        }

        _outputs.Put(new PppOutput.AuthenticationRequested(attempt));
    }

    void IAuthenticationLayer.Succeeded(PppAuthentication result, long now) => Succeeded(result, now);

    void IAuthenticationLayer.Failed(string text, long now)
    {
        _outputs.Put(new PppOutput.AuthenticationFailed(text));

        // RouterOS's words for either side.
        string detail = _options.Role == PppRole.Client
            ? "failed to authenticate ourselves to peer"
            : "failed to authenticate";
        Terminate(PppCloseReason.AuthenticationFailed, detail, now);
    }

    private static void ThrowIfTooLong(string text, string name)
    {
        if (Encoding.UTF8.GetByteCount(text) > LengthPrefixed.MaximumLength)
        {
            throw new ArgumentException($"{name} has more than {LengthPrefixed.MaximumLength} bytes", name);
        }
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private void ReceiveLcp(ReadOnlySpan<byte> information, long now)
    {
        if (!ControlPacket.TryParse(information, out ControlPacket packet))
        {
            return;
        }

        _peerSpokeLcp = true;
        BringLinkUp(now);
        _link.Receive(packet, now);
        if (_link.State == NegotiationState.Closing)
        {
            Phase = PppPhase.Terminate; // it may have given up
        }
    }

    private void BringLinkUp(long now)
    {
        if (_firstRequestAt != long.MaxValue)
        {
            _firstRequestAt = long.MaxValue;
            _link.Up(now);
        }
    }

    private void ReceiveAuthentication(ushort protocol, ReadOnlySpan<byte> information, long now)
    {
        if (Phase == PppPhase.Establish)
        {
            // Our side of LCP may be a frame behind the peer's; its retransmission would cost three seconds.
            _early = (protocol, information.ToArray());
        }
        else if (Phase is PppPhase.Authenticate or PppPhase.Network && protocol == _authenticator?.Protocol)
        {
            if (ControlPacket.TryParse(information, out ControlPacket packet))
            {
                _authenticator.Receive(packet, now);
            }
        }
        else if (Phase == PppPhase.Network)
        {
            _link.RejectProtocol(protocol, information, now);
        }
    }

    private IAuthenticator CreateAuthenticator(PppAuthenticationMethods method)
    {
        if (_options.Role == PppRole.Server)
        {
            return method == PppAuthenticationMethods.Pap
                ? new PapServer(this)
                : new ChapServer(method, Utf8(_options.ServerName), ++_challengeIdentifier, _random, this);
        }

        byte[] name = Utf8(_options.UserName);
        return method == PppAuthenticationMethods.Pap
            ? new PapClient(name, Utf8(_options.Password), this)
            : new ChapClient(method, name, _options.Password, _random, this);
    }

    private void Succeeded(PppAuthentication result, long now)
    {
        StopAuthentication();
        if (Phase != PppPhase.Authenticate)
        {
            return; // a challenge that was repeated during the network phase (RFC 1994 2) changes nothing
        }

        _authenticatedName ??= result.UserName;
        _framesBeforeAuthentication = 0;
        _outputs.Put(new PppOutput.Authenticated(result));
        Phase = PppPhase.Network;
        _network.Start(_grant, now);
    }

    private void StopAuthentication()
    {
        _authenticationEnds = long.MaxValue;
        _early = null;
    }

    private void Terminate(PppCloseReason reason, string? detail, long now)
    {
        if (_reason is null)
        {
            _reason = reason;
            _detail = detail;
        }

        if (_link.State is NegotiationState.Initial or NegotiationState.Starting
            or NegotiationState.Closed or NegotiationState.Stopped)
        {
            Finish(now);
            return;
        }

        Phase = PppPhase.Terminate;
        StopAuthentication();
        _authenticator = null;
        _link.Close(now);
    }

    private void Finish(long now)
    {
        if (_outputs.IsClosed)
        {
            return;
        }

        _network.Stop(now);
        Phase = PppPhase.Dead;
        _firstRequestAt = long.MaxValue;
        StopAuthentication();
        _authenticator = null;
        _outputs.Put(new PppOutput.Closed(_reason ?? PppCloseReason.LowerLayerDown, _detail));
    }
}
