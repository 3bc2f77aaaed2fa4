using System.Net;
using System.Security.Cryptography;
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
    private const long ConnectLimit = 15_000;
    private const long HandshakeLimit = 20_000;

    private readonly DialOptions _options;
    private readonly SstpDialler _dialler;
    private readonly IPEndPoint _server;
    private RouteSpec? _hostRoute;
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

    /// <summary>Starts with TCP.</summary>
    /// <exception cref="LinuxException">The socket could not be made or there is no route to the server.</exception>
    public void Dial(TlsContext context, long now)
    {
        TcpSocket socket = TcpSocket.Connect(_server);
        Attach(new SecureTransport(Worker, socket, context.Connect(), this, connecting: true));
        SetDeadline(now + ConnectLimit, at => Drop(TunnelEnd.TimedOut($"no TCP connection to {_server} within {ConnectLimit / 1000} s"), at));
    }

    public override void TcpConnected(long now) =>
        SetDeadline(now + HandshakeLimit, at => Drop(TunnelEnd.TimedOut($"{_server} did not finish the TLS handshake within {HandshakeLimit / 1000} s"), at));

    protected override SstpCall CreateCall() => new SstpClientCall(
        new SstpClientOptions
        {
            Host = _options.Host,
            ServerCertificateDer = Transport.Tls.PeerCertificateDer ?? [],
            KeepaliveTimeout = (long)(_options.KeepaliveTimeout?.TotalMilliseconds ?? 0),
        },
        RandomNumberGenerator.Fill);

    protected override PppSession CreatePpp() => new(
        new PppSessionOptions
        {
            Role = PppRole.Client,
            Mru = (ushort)_options.MaximumMru,
            MaximumMtu = (ushort)_options.MaximumMtu,
            Methods = _options.Methods,
            UserName = _options.User,
            Password = _options.Password,
            EnableIpv6 = _options.EnableIpv6,
        },
        RandomNumberGenerator.Fill);

    protected override void TlsAgreed(long now)
    {
        ClearDeadline();
        TlsConnection tls = Transport.Tls;
        Debug($"TLS agreed: {tls.Protocol} {tls.CipherSuite}{(tls.IsAnonymous ? ", anonymous" : "")}");
        _dialler.Publish(_dialler.State with
        {
            Phase = TunnelPhase.Authenticating,
            Encoding = tls.Encoding,
            CipherSuite = $"{tls.Protocol} {tls.CipherSuite}",
            PeerEndPoint = _server,
        });
    }

    protected override void Admit(PppAuthenticationAttempt attempt, long now) => Ppp!.Deny(now);

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
        RemoveHostRoute();
        Log.Write(TunnelLogLevel.Info, $"{LogName}: disconnected");
        _dialler.LinkEnded(this, end, now);
    }

    private void TrySetDefaultRoute(int tunnel)
    {
        try
        {
            SetDefaultRoute(tunnel);
        }
        catch (LinuxException exception)
        {
            // The tunnel is of use without it, to whatever has a route of its own.
            RemoveHostRoute();
            Log.Write(TunnelLogLevel.Error, $"{LogName}: could not add default route: {exception.Message}");
        }
    }

    /// <summary>Sends everything through the tunnel, but not the tunnel's own packets.</summary>
    private void SetDefaultRoute(int tunnel)
    {
        Route? outer = Routes.Lookup(_server.Address);
        if (outer is not null && outer.OutputInterface != tunnel && (outer.Gateway is not null || IsByDefault(outer)))
        {
            int length = _server.Address.GetAddressBytes().Length * 8;
            var hostRoute = new RouteSpec
            {
                Destination = new IPNetwork(_server.Address, length),
                Gateway = outer.Gateway,
                OutputInterface = outer.OutputInterface,
            };
            _hostRoute = Worker.HostRoutes.TryTake(Routes, hostRoute) ? hostRoute : null;
        }

        Routes.AddRoute(new RouteSpec
        {
            Destination = new IPNetwork(IPAddress.Any, 0),
            OutputInterface = tunnel,
            Metric = _options.DefaultRouteDistance,
        });
    }

    /// <summary>True where only a default route leads to the server, as on an uplink without a gateway.</summary>
    private bool IsByDefault(Route outer) => !Routes.Routes(_server.AddressFamily).Any(route =>
        route.OutputInterface == outer.OutputInterface
        && route.Destination.PrefixLength > 0
        && route.Destination.Contains(_server.Address));

    private void RemoveHostRoute()
    {
        if (_hostRoute is not null)
        {
            Worker.HostRoutes.GiveBack(Routes, _hostRoute);
            _hostRoute = null;
        }
    }
}
