using System.Net;

namespace SstpRouter.Linux;

/// <summary>What became of an echo request: RFC 792, RFC 4443, or the local kernel's refusal to send it.</summary>
public enum PingStatus
{
    /// <summary>The destination answered, or the request was sent.</summary>
    Ok,

    /// <summary>No route leads to the destination.</summary>
    NoRoute,

    /// <summary>A router has no way to the network.</summary>
    NetworkUnreachable,

    /// <summary>A router, or address resolution, has no way to the host.</summary>
    HostUnreachable,

    /// <summary>Other reasons for which a router or the host refuses it.</summary>
    Refused,

    /// <summary>Its TTL or hop limit ran out on the way.</summary>
    TtlExceeded,

    /// <summary>It is longer than a link on the way takes.</summary>
    PacketTooLarge,

    /// <summary>A firewall forbids it.</summary>
    Prohibited,
}

/// <summary>One answer to an echo request.</summary>
/// <param name="Status">The destination's answer, or the error that a router reported.</param>
/// <param name="From">Who answered.</param>
/// <param name="Sequence">The request's number.</param>
/// <param name="Size">Octets of the answer, its IP header included.</param>
/// <param name="Ttl">The TTL or hop limit that the answer had left.</param>
/// <param name="RoundTripMicroseconds">The time since the request was sent, in microseconds.</param>
public readonly record struct PingReply(
    PingStatus Status, IPAddress From, int Sequence, int Size, int Ttl, long RoundTripMicroseconds);
