using System.Buffers.Binary;

namespace SstpRouter.Ppp.Negotiation;

/// <summary>A control packet: code, identifier, length, data (RFC 1661 5).</summary>
internal readonly ref struct ControlPacket
{
    internal const int HeaderLength = 4;

    // RFC 1661 5, RFC 1570 2
    internal const byte ConfReq = 1;
    internal const byte ConfAck = 2;
    internal const byte ConfNak = 3;
    internal const byte ConfRej = 4;
    internal const byte TermReq = 5;
    internal const byte TermAck = 6;
    internal const byte CodeRej = 7;
    internal const byte ProtRej = 8;
    internal const byte EchoReq = 9;
    internal const byte EchoRep = 10;
    internal const byte DiscReq = 11;
    internal const byte Ident = 12;
    internal const byte TimeRem = 13;

    private ControlPacket(ReadOnlySpan<byte> whole) => Whole = whole;

    /// <summary>The packet without padding.</summary>
    internal ReadOnlySpan<byte> Whole { get; }

    internal byte Code => Whole[0];

    internal byte Identifier => Whole[1];

    internal ReadOnlySpan<byte> Data => Whole[HeaderLength..];

    /// <summary>
    /// Takes a packet from an information field; false if its length field is too small or too large.
    /// </summary>
    /// <remarks>Bytes past the length are padding (RFC 1661 5): RouterOS puts text there.</remarks>
    internal static bool TryParse(ReadOnlySpan<byte> information, out ControlPacket packet)
    {
        packet = default;
        if (information.Length < HeaderLength)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(information[2..]);
        if (length < HeaderLength || length > information.Length)
        {
            return false;
        }

        packet = new ControlPacket(information[..length]);
        return true;
    }

    /// <summary>Builds the whole frame that carries a packet.</summary>
    internal static byte[] BuildFrame(ushort protocol, byte code, byte identifier, ReadOnlySpan<byte> data)
    {
        var frame = new byte[PppFrame.HeaderLength + HeaderLength + data.Length];
        PppFrame.WriteHeader(frame, protocol);
        frame[4] = code;
        frame[5] = identifier;
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(6), (ushort)(HeaderLength + data.Length));
        data.CopyTo(frame.AsSpan(8));
        return frame;
    }
}
