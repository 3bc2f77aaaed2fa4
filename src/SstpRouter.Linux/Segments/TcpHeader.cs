namespace SstpRouter.Linux.Segments;

/// <summary>What stands where in the header of TCP: RFC 9293 3.1.</summary>
internal static class TcpHeader
{
    public const int MinimumLength = 20;
    public const int SequenceOffset = 4;
    public const int FlagsOffset = 13;
    public const int ChecksumOffset = 16;

    public const byte Fin = 0x01;
    public const byte Syn = 0x02;
    public const byte Reset = 0x04;
    public const byte Push = 0x08;
    public const byte Urgent = 0x20;
    public const byte CongestionWindowReduced = 0x80; // RFC 3168 6.1

    /// <summary>The length that the header tells, in octets; less than <see cref="MinimumLength"/> in one that is none.</summary>
    /// <param name="transport">From the header on, at least <see cref="MinimumLength"/> octets.</param>
    public static int LengthOf(ReadOnlySpan<byte> transport) => (transport[12] >> 4) * 4;
}
