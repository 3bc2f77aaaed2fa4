using System.Net;
using SstpRouter.Linux;
using SstpRouter.Ppp;
using SstpRouter.Sstp;
using SstpRouter.Tls;
using SstpRouter.Tunnels.Data;
using SstpRouter.Tunnels.Workers;

namespace SstpRouter.Tunnels.Client;

/// <summary>One try of a dialler, and the tunnel that comes of it.</summary>
internal sealed class ClientLink : TunnelLink
{
    /// <summary>A server that many call at once, as after a power cut, lets a caller wait for up to a minute before it begins.</summary>
    private const long HandshakeLimit = 75_000;

    private readonly DialOptions _options;
    private readonly SstpDialler _dialler;
    private readonly IPEndPoint _server;
    private TunnelRoutes? _routes;
    private bool _defaultRouteSet;
    private bool _terminationLogged;

    public ClientLink(TunnelWorker worker, ITunnelLog log, DialOptions options, SstpDialler dialler, IPEndPoint server)
        : base(worker, log)
    {
        _options = options;
        _dialler = dialler;
        _server = server;
        Limits = options.Limits;
    }

    public override string LogName => _options.Interface.Name;

    /// <summary>Our address that the connection comes from.</summary>
    public IPAddress? LocalAddress { get; private set; }

    /// <summary>True while nothing that was sent is acknowledged.</summary>
    public bool IsStalled => !HasEnded && Transport.IsStalled;

    /// <summary>When bytes last came from the server.</summary>
    public long LastReceived => Transport.LastReceived;

    /// <summary>How long the connection may take, in milliseconds, to show that its path is back.</summary>
    public long Moment => Transport.Moment;

    /// <summary>Starts with TLS, on a connection that stands.</summary>
    public void Begin(TcpSocket socket, TlsContext context, long now)
    {
        LocalAddress = new IPAddress(socket.LocalEndPoint.Address.GetAddressBytes()); // without a scope
        SetDeadline(now + HandshakeLimit, at => Drop(TunnelEnd.TimedOut($"{_server} did not finish the TLS handshake within {HandshakeLimit / 1000} s"), at));
        Attach(new SecureTransport(Worker, socket, context.Connect(Worker.Ciphertext, _dialler.Options.Tls.Pin), this));
        Transport.Begin(now);
    }

    /// <summary>Follows a change of the ways to the server.</summary>
    /// <returns>False where the only way leads into the tunnel itself.</returns>
    public bool RenewRoutes() => _routes is null || _routes.Renew();

    public override void StallChanged(long now) => _dialler.StallChanged(this, now);

    protected override SstpCall CreateCall()
    {
        var options = new SstpClientOptions
        {
            Host = _options.Host,
            ServerCertificateDer = Transport.Tls.PeerCertificateDer ?? [],
            KeepaliveTimeout = (long)(_options.KeepaliveTimeout?.TotalMilliseconds ?? 0),
        };
        Recording?.Made(options);
        return new SstpClientCall(options, FillForCall);
    }

    protected override PppSessionOptions PppOptions => new()
    {
        Role = PppRole.Client,
        Mru = (ushort)_options.MaximumMru,
        MaximumMtu = (ushort)_options.MaximumMtu,
        Methods = _options.Methods,
        UserName = _options.User,
        Password = _options.Password,
        EnableIpv6 = _options.EnableIpv6,
    };

    protected override string RecordedAs => $"{PeerText.Clean(LogName)} to {_server}";

    protected override void TlsAgreed(long now)
    {
        ClearDeadline();
        TlsConnection tls = Transport.Tls;
        Debug($"TLS agreed: {tls.Protocol} {tls.CipherSuite}{(tls.IsAnonymous ? ", anonymous" : "")}{(tls.IsResumed ? ", resumed" : "")}");
        _dialler.Publish(_dialler.State with
        {
            Phase = TunnelPhase.Authenticating,
            Encoding = tls.Encoding,
            CipherSuite = $"{tls.Protocol} {tls.CipherSuite}",
            PeerEndPoint = _server,
        });
    }

    protected override void Admit(PppAuthenticationAttempt attempt, long now) => Deny(now);

    protected override void Authenticated(PppAuthentication result, long now)
    {
        Log.Write(TunnelLogLevel.Info, $"{LogName}: authenticated");
        if (result.Method == PppAuthenticationMethods.Pap && !_options.Tls.VerifyServer)
        {
            Log.Write(
                TunnelLogLevel.Warning,
                $"{LogName}: the password went by PAP to a server that was not verified: whoever answers there can read it; "
                + "set verify-server-certificate=yes, or leave pap out of authentication");
        }

        _dialler.Publish(_dialler.State with { Phase = TunnelPhase.Authenticated });
    }

    protected override InterfaceName InterfaceName => _options.Interface;

    protected override void Up(TunnelInterface tunnelInterface, PppIpv4? ipv4, PppIpv6? ipv6, long now)
    {
        if (_options.AddDefaultRoute && ipv4 is not null && !_defaultRouteSet)
        {
            _defaultRouteSet = true;
            TrySetDefaultRoute(tunnelInterface.Device.Index);
        }

        bool first = _dialler.State.Phase != TunnelPhase.Connected;
        _dialler.Publish(_dialler.State with
        {
            Phase = TunnelPhase.Connected,
            LastReason = null,
            LastDetail = null,
            UpSince = _dialler.State.UpSince ?? now,
            Mtu = tunnelInterface.Mtu,
            LocalAddress = ipv4?.LocalAddress,
            RemoteAddress = ipv4?.RemoteAddress,
            LocalIpv6Address = ipv6?.LocalAddress,
            RemoteIpv6Address = ipv6?.RemoteAddress,
            KernelName = tunnelInterface.KernelName,
        });
        if (first)
        {
            _options.Tls.Pin?.Confirm(Transport.Tls.PeerCertificateDer);
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
        Log.Write(TunnelLogLevel.Info, $"{LogName}: terminating...{(end.Text is null ? "" : " - " + end.Text)}");
        if (end.Detail is not null)
        {
            Log.Write(TunnelLogLevel.Info, $"{LogName}: {end.Detail}");
        }

        _dialler.Publish(new TunnelState { Phase = TunnelPhase.Terminating, LastReason = end.Text, LastDetail = end.Detail });
    }

    protected override void Ended(TunnelEnd end, long now)
    {
        // Not before: the good-bye must not go into the tunnel that it ends.
        RemoveRoutes();
        Log.Write(TunnelLogLevel.Info, $"{LogName}: disconnected");
        _dialler.LinkEnded(this, end, now);
    }

    private void TrySetDefaultRoute(int tunnel)
    {
        _routes = new TunnelRoutes(Routes, Worker.All.HostRoutes, _server.Address, tunnel);
        try
        {
            _routes.Set(_options.DefaultRouteDistance);
        }
        catch (LinuxException exception)
        {
            // The tunnel is of use without it, to whatever has a route of its own.
            RemoveRoutes();
            Log.Write(TunnelLogLevel.Error, $"{LogName}: could not add default route: {exception.Message}");
        }
    }

    private void RemoveRoutes()
    {
        _routes?.Remove();
        _routes = null;
    }
}
