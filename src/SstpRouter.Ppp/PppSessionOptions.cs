namespace SstpRouter.Ppp;

/// <summary>What one session is to be: its role, its limits and its credentials.</summary>
public sealed record PppSessionOptions
{
    /// <summary>Which end of the link it is.</summary>
    public PppRole Role { get; init; }

    /// <summary>The largest information field that we announce to receive, in bytes: 64 to 4087 inside SSTP.</summary>
    public ushort Mru { get; init; } = 1500;

    /// <summary>The most that we send in one information field, whatever the peer would take, in bytes.</summary>
    public ushort MaximumMtu { get; init; } = 1500;

    /// <summary>
    /// The methods that may be used. A server asks for MS-CHAPv2, MS-CHAPv1, CHAP and PAP in this order; a client
    /// answers a method that is not here with a Nak that names its best one.
    /// </summary>
    public PppAuthenticationMethods Methods { get; init; } = PppAuthenticationMethods.All;

    /// <summary>The client's name, as typed; at most 255 bytes of UTF-8. May hold <c>DOMAIN\user</c>.</summary>
    public string UserName { get; init; } = "";

    /// <summary>The client's password; at most 255 bytes of UTF-8.</summary>
    public string Password { get; init; } = "";

    /// <summary>The name in the server's challenges; may be empty, at most 255 bytes of UTF-8.</summary>
    public string ServerName { get; init; } = "";

    /// <summary>Whether a client asks for DNS and NBNS servers (RFC 1877).</summary>
    public bool RequestDns { get; init; }

    /// <summary>Whether IPV6CP is negotiated; otherwise it is answered with a Protocol-Reject.</summary>
    public bool EnableIpv6 { get; init; } = true;

    /// <summary>Our interface identifier (RFC 5072 4.1), not zero; null for a random one.</summary>
    public ulong? InterfaceIdentifier { get; init; }

    /// <summary>
    /// For how many milliseconds the first Configure-Request waits for a frame of the peer; 0 sends it at once. A
    /// Windows client loses one that follows the Call-Connect-Ack too closely, so an SSTP server waits 500.
    /// </summary>
    public long FirstRequestDelay { get; init; }

    /// <summary>Whether control packets are described in <see cref="PppOutput.Trace"/>.</summary>
    public bool TracePackets { get; init; } = true;
}
