using System.Buffers.Binary;

namespace SstpRouter.Sstp.Wire;

/// <summary>One attribute, known or not, over the bytes of its message ([MS-SSTP] 2.2.4).</summary>
internal readonly ref struct SstpAttribute(SstpAttributeId id, ReadOnlySpan<byte> value)
{
    public const int HeaderLength = 4;

    private const int LengthMask = 0x0FFF;

    public SstpAttributeId Id { get; } = id;

    public ReadOnlySpan<byte> Value { get; } = value;

    /// <summary>Takes the attribute at the front of <paramref name="bytes"/>, if it is whole, and moves past
    /// it.</summary>
    public static bool TryRead(scoped ref ReadOnlySpan<byte> bytes, out SstpAttribute attribute)
    {
        attribute = default;
        if (bytes.Length < HeaderLength)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) & LengthMask;
        if (length < HeaderLength || length > bytes.Length)
        {
            return false;
        }

        attribute = new SstpAttribute((SstpAttributeId)bytes[1], bytes[HeaderLength..length]);
        bytes = bytes[length..];
        return true;
    }

    public static void WriteHeader(Span<byte> destination, SstpAttributeId id, int valueLength)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)(HeaderLength + valueLength));
        destination[0] = 0;
        destination[1] = (byte)id;
    }
}
