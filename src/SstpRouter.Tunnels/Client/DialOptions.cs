using SstpRouter.Ppp;
using SstpRouter.Tls;

namespace SstpRouter.Tunnels.Client;

/// <summary>Everything a dialler needs to know; what an <c>/interface sstp-client</c> item and its profile say, worked out.</summary>
public sealed record DialOptions
{
    /// <summary>The names of the interface.</summary>
    public required InterfaceName Interface { get; init; }

    /// <summary>The server: a DNS name or an IPv4 or IPv6 address.</summary>
    public required string Host { get; init; }

    /// <summary>The server's TCP port, 1..65535.</summary>
    public required int Port { get; init; }

    /// <summary>What TLS may and must do.</summary>
    public required TlsClientPolicy Tls { get; init; }

    /// <summary>The user name as the server knows it.</summary>
    public required string User { get; init; }

    /// <summary>The password.</summary>
    public required string Password { get; init; }

    /// <summary>The authentication methods that we agree to.</summary>
    public PppAuthenticationMethods Methods { get; init; } = PppAuthenticationMethods.All;

    /// <summary>The largest packet that we receive, in bytes.</summary>
    public int MaximumMru { get; init; } = 1500;

    /// <summary>The largest packet that we send, in bytes; the peer may ask for less.</summary>
    public int MaximumMtu { get; init; } = 1500;

    /// <summary>How long nothing may be received before the peer is asked whether it is there; null: never asked.</summary>
    public TimeSpan? KeepaliveTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>True where all traffic without a better route goes through the tunnel while it is up.</summary>
    public bool AddDefaultRoute { get; init; }

    /// <summary>The distance of that route, 0..255; smaller wins.</summary>
    public int DefaultRouteDistance { get; init; } = 1;

    /// <summary>True where IPv6 is agreed as well.</summary>
    public bool EnableIpv6 { get; init; } = true;

    /// <summary>What the profile limits.</summary>
    public TunnelLimits Limits { get; init; } = new();

    /// <summary>The waits between tries.</summary>
    public BackOff BackOff { get; init; } = new();
}
