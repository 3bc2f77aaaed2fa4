using System.Runtime.InteropServices;

namespace SstpRouter.Linux;

/// <summary>What the kernel knows about the way to a connection's other end: TCP_INFO, tcp(7).</summary>
public readonly record struct TcpInfo
{
    // <linux/tcp.h>: struct tcp_info, whose fields never move; tcpi_delivery_rate came with Linux 4.9.
    internal const int Size = 168;

    /// <summary>Segments that were sent and not acknowledged.</summary>
    public int Unacknowledged { get; init; }

    /// <summary>Octets that wait in the socket and were not sent yet.</summary>
    public int Unsent { get; init; }

    /// <summary>How often the oldest segment was sent again without an answer.</summary>
    public int Retransmits { get; init; }

    /// <summary>How often the other end was asked, without an answer, whether it has room again.</summary>
    public int Probes { get; init; }

    /// <summary>Octets that the other end has acknowledged since the connection stands.</summary>
    public long Acknowledged { get; init; }

    /// <summary>How long the kernel waits for an acknowledgement now, back-off included, in milliseconds.</summary>
    public int RetransmissionTimeout { get; init; }

    /// <summary>Milliseconds since data was sent, or sent again.</summary>
    public long SinceSent { get; init; }

    /// <summary>
    /// Milliseconds since an acknowledgement came, be it one of nothing new on data of the other end's own.
    /// </summary>
    public long SinceAcknowledged { get; init; }

    /// <summary>The smoothed time there and back, in milliseconds.</summary>
    public int RoundTrip { get; init; }

    /// <summary>How much the round trips differ from each other, in milliseconds: RFC 6298 2.</summary>
    public int RoundTripVariation { get; init; }

    /// <summary>The most octets of one segment that is sent.</summary>
    public int SegmentLength { get; init; }

    /// <summary>Octets a second that have arrived lately; 0 while it is not known.</summary>
    public long DeliveryRate { get; init; }

    /// <summary>True while the other end owes an acknowledgement, or takes no more.</summary>
    public bool IsOutstanding => Unacknowledged > 0 || Unsent > 0;

    internal static TcpInfo Read(ReadOnlySpan<byte> info) => new()
    {
        Retransmits = info[2],
        Probes = info[3],
        RetransmissionTimeout = Number(info, 8) / 1000,
        SegmentLength = Number(info, 16),
        Unacknowledged = Number(info, 24),
        SinceSent = (uint)Number(info, 44),
        SinceAcknowledged = (uint)Number(info, 56),
        RoundTrip = Number(info, 68) / 1000,
        RoundTripVariation = Number(info, 72) / 1000,
        Acknowledged = MemoryMarshal.Read<long>(info[120..]),
        Unsent = Number(info, 144),
        DeliveryRate = MemoryMarshal.Read<long>(info[160..]),
    };

    private static int Number(ReadOnlySpan<byte> info, int at) => MemoryMarshal.Read<int>(info[at..]);
}
