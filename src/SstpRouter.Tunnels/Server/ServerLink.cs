using System.Net;
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

    /// <summary>A call that stands in the way of the same user's new login has this long, in milliseconds, to give a sign of life.</summary>
    private const long ProofLimit = 1_000;

    private readonly SstpListener _listener;
    private readonly CallLog _log;
    private readonly ListenOptions _options;
    private readonly long _seated;
    private readonly string _placeholder;
    private AdmissionDecision.Admitted? _admitted;
    private PppAuthenticationAttempt? _attempt;
    private bool _loginPending = true;
    private bool _connectedReported;
    private bool _terminationLogged;
    private long _answerAt = long.MaxValue;

    public ServerLink(TunnelWorker worker, CallLog log, SstpListener listener, SharedContext context, IPEndPoint peer, int number, long now)
        : base(worker, log)
    {
        _listener = listener;
        _log = log;
        _options = listener.Options;
        Context = context;
        _seated = now;
        _placeholder = $"<sstp-{number}>";
        Call = new ServerCall(this, peer);
    }

    public override string LogName => _admitted is null ? _placeholder : _admitted.Interface.Name;

    public ServerCall Call { get; }

    /// <summary>What its TLS was made from; the crypto binding is over the certificate in it, whatever the listener shows to others by now.</summary>
    public SharedContext Context { get; }

    public void Begin(TcpSocket socket)
    {
        Log.Write(TunnelLogLevel.Info, $"TCP connection established from {Call.Peer.Address}");
        Attach(new SecureTransport(Worker, socket, Context.Context.Accept(Worker.Ciphertext), this));
        long limit = (long)_options.HandshakeDeadline.TotalMilliseconds;
        SetDeadline(_seated + limit, at => Drop(TunnelEnd.TimedOut($"{Call.Peer} did not finish the TLS handshake within {limit / 1000} s"), at));
    }

    public void PostHangUp() =>
        Worker.Post(() => HangUp(PppCloseReason.UserRequest, TunnelEnd.UserRequest, TunnelWorker.Now));

    protected override SstpCall CreateCall()
    {
        var options = new SstpServerOptions
        {
            Certificates = Context.Context.LocalCertificateDer is { } certificate ? [certificate] : [],
            KeepaliveTimeout = (long)(_options.KeepaliveTimeout?.TotalMilliseconds ?? 0),
            Date = () => DateTimeOffset.UtcNow,
        };
        Recording?.Made(options);
        return new SstpServerCall(options, FillForCall);
    }

    protected override PppSessionOptions PppOptions => new()
    {
        Role = PppRole.Server,
        Mru = (ushort)_options.MaximumMru,
        MaximumMtu = (ushort)_options.MaximumMtu,
        Methods = _options.Methods,
        EnableIpv6 = _options.EnableIpv6,
        FirstRequestDelay = FirstRequestDelay,
    };

    protected override string RecordedAs => $"{LogName} from {Call.Peer}";

    protected override void TlsAgreed(long now)
    {
        TlsConnection tls = Transport.Tls;
        Log.Write(TunnelLogLevel.Info, $"{LogName}: waiting for call...");
        Debug($"TLS agreed: {tls.Protocol} {tls.CipherSuite}{(tls.IsAnonymous ? ", anonymous" : "")}{(tls.IsResumed ? ", resumed" : "")}");
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

        _attempt = attempt;
        if (_admitted is null)
        {
            Carry(_listener.Admission.Admit(Call.Peer, attempt), attempt, now);
        }
        else if (_listener.Admission.AdmitAgain(Call.Peer, attempt) is { } proof)
        {
            // The same caller logs in again after a renegotiation of LCP: what it was given stays.
            Grant(_admitted.Grant with { Proof = proof }, now);
        }
        else
        {
            Deny(now);
        }
    }

    private void Carry(AdmissionDecision decision, PppAuthenticationAttempt attempt, long now)
    {
        switch (decision)
        {
            case AdmissionDecision.Contested contested:
                Contest(contested, attempt);
                break;
            case AdmissionDecision.Admitted admitted:
                Call.UserName = attempt.UserName;
                Call.InterfaceName = admitted.Interface.Name;
                Call.AssignedAddress = admitted.Grant.RemoteAddress;
                Limits = admitted.Limits;
                _admitted = admitted;
                Grant(admitted.Grant, now);
                break;
            case AdmissionDecision.Denied denied:
                Log.Write(TunnelLogLevel.Error, $"{LogName}: user {PeerText.Clean(attempt.UserName)} authentication failed");
                Log.Write(TunnelLogLevel.Info, $"{LogName}: {denied.Reason}");
                _answerAt = now + _listener.LoginRefused(Call.Peer.Address, attempt.UserName, now);
                AnswerDenial(now);
                break;
        }
    }

    /// <summary>Asks the calls that stand in the way for a sign of life, each on its own worker, and goes on when all have answered.</summary>
    private void Contest(AdmissionDecision.Contested contested, PppAuthenticationAttempt attempt)
    {
        ServerLink[] rivals = _listener.LinksOf(contested.Interfaces);
        int waiting = rivals.Length + 1;
        Array.ForEach(rivals, rival => rival.PostProveLife(_ => Worker.Post(Answered)));
        Answered();

        void Answered()
        {
            // The caller may have gone meanwhile, or have begun another login: then nothing must be admitted.
            if (--waiting == 0 && !HasEnded && _attempt == attempt)
            {
                long now = TunnelWorker.Now;
                Carry(contested.Decide(), attempt, now);
                Pump(now);
            }
        }
    }

    private void PostProveLife(Action<bool> answered) => Worker.Post(() => ProveLife(ProofLimit, answered, TunnelWorker.Now));

    /// <summary>Tells the caller that he is refused, as soon as it is time.</summary>
    private void AnswerDenial(long now)
    {
        if (now >= _answerAt)
        {
            Deny(now);
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
        _log.LoggedIn();
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
        if (!Call.IsLoggedIn && told.Name != TunnelEnd.UserRequest.Name)
        {
            // RouterOS's lines name no address; whoever watches for strangers finds all of it in this one.
            Log.Write(TunnelLogLevel.Warning, $"{LogName}: {Call.Peer.Address}: {told.Name}: {told.Cause}");
        }
        else if (!string.IsNullOrEmpty(told.Detail))
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
        _log.Ended(end, now);
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
