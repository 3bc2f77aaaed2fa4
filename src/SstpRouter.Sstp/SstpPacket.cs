using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using SstpRouter.Sstp.Wire;

namespace SstpRouter.Sstp;

/// <summary>The four-byte header that every SSTP packet begins with ([MS-SSTP] 2.2.1).</summary>
public static class SstpPacket
{
    /// <summary>Bytes before the PPP frame in a data packet ([MS-SSTP] 2.2.3).</summary>
    public const int DataHeaderLength = 4;

    /// <summary>The longest packet, header included: the length has 12 bits ([MS-SSTP] 2.2.1).</summary>
    public const int MaximumLength = 0x0FFF;

    /// <summary>The longest PPP frame that fits in one packet.</summary>
    public const int MaximumFrameLength = MaximumLength - DataHeaderLength;

    // [MS-SSTP] 2.2.2: header, message type and number of attributes.
    internal const int ControlHeaderLength = 8;

    // [MS-SSTP] 2.2.1: major 1, minor 0.
    private const byte Version = 0x10;
    private const byte ControlBit = 0x01;

    /// <summary>Writes the header of a data packet; the PPP frame follows it.</summary>
    /// <param name="destination">At least <see cref="DataHeaderLength"/> bytes.</param>
    /// <param name="pppFrameLength">0 to <see cref="MaximumFrameLength"/> bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The frame does not fit in a packet.</exception>
    public static void WriteDataHeader(Span<byte> destination, int pppFrameLength)
    {
        if ((uint)pppFrameLength > MaximumFrameLength)
        {
            ThrowFrameTooLong(pppFrameLength);
        }

        WriteHeader(destination, control: false, DataHeaderLength + pppFrameLength);
    }

    /// <summary>Reads the packet at the front of a stream of bytes.</summary>
    /// <param name="stream">Bytes of the stream, from the beginning of a packet.</param>
    /// <param name="isControl">Whether it is a control packet.</param>
    /// <param name="packet">The whole packet, header included.</param>
    /// <returns>False when the packet is not complete yet or is no SSTP packet.</returns>
    public static bool TryParse(ReadOnlySpan<byte> stream, out bool isControl, out ReadOnlySpan<byte> packet)
    {
        bool found = Delineate(stream, out isControl, out int length) == SstpDelineation.Packet;
        packet = found ? stream[..length] : default;
        return found;
    }

    /// <summary>Names what a call sends: a control message, or the first line of an HTTP head.</summary>
    /// <param name="sent">The bytes of one <see cref="SstpOutput.Send"/>.</param>
    /// <returns><c>CALL_CONNECT_ACK</c>, <c>HTTP/1.1 200</c>.</returns>
    public static string Describe(ReadOnlySpan<byte> sent)
    {
        if (TryParse(sent, out bool isControl, out ReadOnlySpan<byte> packet))
        {
            return isControl ? SstpNames.Of(SstpMessage.Of(packet).Type) : "data";
        }

        int end = sent.IndexOf((byte)'\r');
        return Encoding.ASCII.GetString(end < 0 ? sent : sent[..end]);
    }

    internal static SstpDelineation Delineate(ReadOnlySpan<byte> stream, out bool isControl, out int length)
    {
        isControl = false;
        length = 0;
        if (stream.Length < DataHeaderLength)
        {
            return SstpDelineation.Incomplete;
        }

        // Reserved bits are ignored on receipt ([MS-SSTP] 2.2.1); clients that set them exist.
        isControl = (stream[1] & ControlBit) != 0;
        length = BinaryPrimitives.ReadUInt16BigEndian(stream[2..]) & MaximumLength;
        if (stream[0] != Version || length < (isControl ? ControlHeaderLength : DataHeaderLength))
        {
            return SstpDelineation.Malformed;
        }

        return stream.Length < length ? SstpDelineation.Incomplete : SstpDelineation.Packet;
    }

    internal static void WriteHeader(Span<byte> destination, bool control, int length)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)length);
        destination[0] = Version;
        destination[1] = control ? ControlBit : (byte)0;
    }

    [DoesNotReturn]
    private static void ThrowFrameTooLong(int pppFrameLength) =>
        throw new ArgumentOutOfRangeException(
            nameof(pppFrameLength),
            pppFrameLength,
            $"an SSTP packet carries a PPP frame of 0 to {MaximumFrameLength} bytes");
}
