using System.Net;
using System.Security.Cryptography;
using SstpRouter.Linux;
using SstpRouter.Ppp;
using SstpRouter.Sstp;
using SstpRouter.Tls;
using SstpRouter.Tunnels.Data;
using SstpRouter.Tunnels.Workers;

namespace SstpRouter.Tunnels.Server;

/// <summary>One call to a listener, from the accepted connection to its end.</summary>
internal sealed class ServerLink : TunnelLink
{
    /// <summary>A Windows client loses a ConfReq that comes straight after the CALL_CONNECT_ACK and answers only its repetition, 3 s later.</summary>
    private const long FirstRequestDelay = 500;

    private readonly SstpListener _listener;
    private readonly ListenOptions _options;
    private readonly TlsContext _context;
    private readonly long _seated;
    private readonly string _placeholder;
    private AdmissionDecision.Admitted? _admitted;
    private bool _loginPending = true;
    private bool _connectedReported;
    private bool _terminationLogged;
    private bool _denialLogged;
    private long _answerAt = long.MaxValue;

    public ServerLink(TunnelWorker worker, ITunnelLog log, SstpListener listener, TlsContext context, IPEndPoint peer, int number, long now)
        : base(worker, log)
    {
        _listener = listener;
        _options = listener.Options;
        _context = context;
        _seated = now;
        _placeholder = $"<sstp-{number}>";
        Call = new ServerCall(this, peer);
    }

    public override string LogName => _admitted is null ? _placeholder : _admitted.Interface.Name;

    public ServerCall Call { get; }

    public void Begin(TcpSocket socket)
    {
        Log.Write(TunnelLogLevel.Info, $"TCP connection established from {Call.Peer.Address}");
        Attach(new SecureTransport(Worker, socket, _context.Accept(), this, connecting: false));
        long limit = (long)_options.HandshakeDeadline.TotalMilliseconds;
        SetDeadline(_seated + limit, at => Drop(TunnelEnd.TimedOut($"{Call.Peer} did not finish the TLS handshake within {limit / 1000} s"), at));
    }

    public void PostHangUp() =>
        Worker.Post(() => HangUp(PppCloseReason.UserRequest, TunnelEnd.UserRequest, TunnelWorker.Now));

    protected override SstpCall CreateCall() => new SstpServerCall(
        new SstpServerOptions
        {
            Certificates = _context.LocalCertificateDer is { } certificate ? [certificate] : [],
            KeepaliveTimeout = (long)(_options.KeepaliveTimeout?.TotalMilliseconds ?? 0),
            Date = () => DateTimeOffset.UtcNow,
        },
        RandomNumberGenerator.Fill);

    protected override PppSession CreatePpp() => new(
        new PppSessionOptions
        {
            Role = PppRole.Server,
            Mru = (ushort)_options.MaximumMru,
            MaximumMtu = (ushort)_options.MaximumMtu,
            Methods = _options.Methods,
            EnableIpv6 = _options.EnableIpv6,
            FirstRequestDelay = FirstRequestDelay,
        },
        RandomNumberGenerator.Fill);

    protected override void TlsAgreed(long now)
    {
        TlsConnection tls = Transport.Tls;
        Log.Write(TunnelLogLevel.Info, $"{LogName}: waiting for call...");
        Debug($"TLS agreed: {tls.Protocol} {tls.CipherSuite}{(tls.IsAnonymous ? ", anonymous" : "")}");
        Call.Publish(Call.State with
        {
            Phase = TunnelPhase.Authenticating,
            Encoding = tls.Encoding,
            CipherSuite = $"{tls.Protocol} {tls.CipherSuite}",
            PeerEndPoint = Call.Peer,
        });
        AwaitLogin();
    }

    protected override void Admit(PppAuthenticationAttempt attempt, long now)
    {
        if (_answerAt != long.MaxValue)
        {
            // One guess a call, however often LCP is opened anew.
            AnswerDenial(now);
            return;
        }

        switch (_listener.Admission.Admit(Call.Peer, attempt))
        {
            case AdmissionDecision.Admitted admitted when _admitted is null:
                Call.UserName = attempt.UserName;
                Call.InterfaceName = admitted.Interface.Name;
                Call.AssignedAddress = admitted.Grant.RemoteAddress;
                Limits = admitted.Limits;
                _admitted = admitted;
                Ppp!.Grant(admitted.Grant, now);
                break;
            case AdmissionDecision.Admitted again:
                // The same caller logs in again after a renegotiation of LCP: what it was given stays.
                Ppp!.Grant(_admitted!.Grant with { Proof = again.Grant.Proof }, now);
                break;
            case AdmissionDecision.Denied denied:
                Log.Write(TunnelLogLevel.Error, $"{LogName}: user {LogText.Escape(attempt.UserName)} authentication failed");
                Log.Write(TunnelLogLevel.Info, $"{LogName}: {denied.Reason}");
                _denialLogged = true;
                _answerAt = now + _listener.LoginRefused(Call.Peer.Address, attempt.UserName, now);
                AnswerDenial(now);
                break;
        }
    }

    /// <summary>Tells the caller that he is refused, as soon as it is time.</summary>
    private void AnswerDenial(long now)
    {
        if (now >= _answerAt)
        {
            Ppp!.Deny(now);
            return;
        }

        SetDeadline(_answerAt, at =>
        {
            AnswerDenial(at);
            if (_loginPending)
            {
                AwaitLogin();
            }
        });
    }

    private void AwaitLogin()
    {
        long limit = (long)_options.LoginDeadline.TotalMilliseconds;
        SetDeadline(_seated + limit, at => Drop(TunnelEnd.TimedOut($"{Call.Peer} did not log in within {limit / 1000} s"), at));
    }

    protected override void Authenticated(PppAuthentication result, long now)
    {
        if (result.Method == PppAuthenticationMethods.Pap && Transport.Tls.IsAnonymous)
        {
            Log.Write(
                TunnelLogLevel.Warning,
                $"{LogName}: the password came by PAP over anonymous TLS: whoever sat in between could read it; "
                + "set a certificate here and verify-server-certificate=yes there, or leave pap out of authentication");
        }

        Call.Publish(Call.State with { Phase = TunnelPhase.Authenticated });
    }

    protected override void CallConnected(long now)
    {
        ClearDeadline();
        LoginOver();
        Call.IsLoggedIn = true;
        _listener.Admission.LoggedIn(Call);
        Log.Write(TunnelLogLevel.Info, $"{LogName}: authenticated");
    }

    protected override InterfaceName InterfaceName => _admitted!.Interface;

    protected override void Up(TunnelInterface tunnelInterface, PppIpv4? ipv4, PppIpv6? ipv6, long now)
    {
        Call.Publish(Call.State with
        {
            Phase = TunnelPhase.Connected,
            UpSince = Call.State.UpSince ?? now,
            Mtu = tunnelInterface.Mtu,
            LocalAddress = ipv4?.LocalAddress,
            RemoteAddress = ipv4?.RemoteAddress,
            LocalIpv6Address = ipv6?.LocalAddress,
            RemoteIpv6Address = ipv6?.RemoteAddress,
            KernelName = tunnelInterface.KernelName,
        });
        if (!_connectedReported)
        {
            _connectedReported = true;
            _listener.Admission.Connected(Call);
            Log.Write(TunnelLogLevel.Info, $"{LogName}: connected");
        }
    }

    protected override void Terminating(TunnelEnd end)
    {
        if (_terminationLogged)
        {
            return;
        }

        _terminationLogged = true;
        TunnelEnd told = end.IsRefusedLogin ? TunnelEnd.CallerRefused(end.Detail ?? "") : end;
        Call.Publish(new TunnelState { Phase = TunnelPhase.Terminating, LastReason = told.Text, LastDetail = told.Detail });
        Log.Write(TunnelLogLevel.Info, $"{LogName}: terminating...{(told.Text is null ? "" : " - " + told.Text)}");
        if (!string.IsNullOrEmpty(told.Detail) && !_denialLogged)
        {
            Log.Write(TunnelLogLevel.Info, $"{LogName}: {told.Detail}");
        }
    }

    protected override void Disconnected(TunnelEnd end)
    {
        LoginOver();
        Call.End = end;
    }

    protected override void Ended(TunnelEnd end, long now)
    {
        if (_admitted is not null)
        {
            _listener.Admission.Ended(Call);
        }

        Log.Write(TunnelLogLevel.Info, $"{LogName}: disconnected");
        _listener.LinkEnded(this);
    }

    private void LoginOver()
    {
        if (_loginPending)
        {
            _loginPending = false;
            _listener.LoginOver(Call.Peer.Address, heldUntil: _answerAt == long.MaxValue ? 0 : _answerAt);
        }
    }
}
