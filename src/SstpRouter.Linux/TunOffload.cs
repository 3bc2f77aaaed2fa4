namespace SstpRouter.Linux;

/// <summary>What a TUN device leaves to its reader instead of doing it packet by packet: TUNSETOFFLOAD, &lt;linux/if_tun.h&gt;.</summary>
[Flags]
public enum TunOffload
{
    /// <summary>Nothing: each packet comes alone, whole and with its checksums, and without a header in front.</summary>
    None = 0,

    /// <summary>Checksums of TCP and UDP may be left to the reader.</summary>
    Checksum = 0x01,

    /// <summary>TCP over IPv4 may come in super-packets of up to 64 KB.</summary>
    Tcp4 = 0x02,

    /// <summary>TCP over IPv6 may come in super-packets of up to 64 KB.</summary>
    Tcp6 = 0x04,

    /// <summary>TCP super-packets may carry ECN's CWR, which belongs to their first segment: RFC 3168 6.1.2.</summary>
    TcpEcn = 0x08,

    /// <summary>UDP over IPv4 may come in super-packets; Linux 6.2.</summary>
    Udp4 = 0x20,

    /// <summary>UDP over IPv6 may come in super-packets; Linux 6.2, and only together with <see cref="Udp4"/>.</summary>
    Udp6 = 0x40,

    /// <summary>Checksums and TCP.</summary>
    Tcp = Checksum | Tcp4 | Tcp6 | TcpEcn,

    /// <summary>Checksums, TCP and UDP.</summary>
    All = Tcp | Udp4 | Udp6,
}
