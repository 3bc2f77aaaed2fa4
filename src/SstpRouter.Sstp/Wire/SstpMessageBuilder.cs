using System.Buffers.Binary;

namespace SstpRouter.Sstp.Wire;

/// <summary>Builds one control message; reserved fields are zero ([MS-SSTP] 2.2.2).</summary>
internal sealed class SstpMessageBuilder(SstpMessageType type)
{
    private readonly byte[] _buffer = new byte[SstpPacket.MaximumLength];
    private int _length = SstpPacket.ControlHeaderLength;
    private ushort _attributes;

    /// <summary>Appends an attribute.</summary>
    /// <returns>False, and nothing is appended, when the message has no room for it.</returns>
    public bool TryAdd(SstpAttributeId id, ReadOnlySpan<byte> value)
    {
        int length = SstpAttribute.HeaderLength + value.Length;
        if (length > _buffer.Length - _length)
        {
            return false;
        }

        Span<byte> attribute = _buffer.AsSpan(_length, length);
        SstpAttribute.WriteHeader(attribute, id, value.Length);
        value.CopyTo(attribute[SstpAttribute.HeaderLength..]);
        _length += length;
        _attributes++;
        return true;
    }

    public byte[] ToPacket()
    {
        SstpPacket.WriteHeader(_buffer, control: true, _length);
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(4), (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(6), _attributes);
        return _buffer.AsSpan(0, _length).ToArray();
    }
}
