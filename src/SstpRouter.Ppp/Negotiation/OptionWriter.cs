using System.Buffers;
using System.Buffers.Binary;

namespace SstpRouter.Ppp.Negotiation;

/// <summary>Collects options for a Configure packet.</summary>
internal sealed class OptionWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    internal ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    internal void Add(byte type, ReadOnlySpan<byte> data)
    {
        Span<byte> option = _bytes.GetSpan(2 + data.Length);
        option[0] = type;
        option[1] = (byte)(2 + data.Length);
        data.CopyTo(option[2..]);
        _bytes.Advance(2 + data.Length);
    }

    internal void Add(in ConfigureOption option) => _bytes.Write(option.Whole);

    internal void AddUInt16(byte type, ushort value)
    {
        Span<byte> data = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(data, value);
        Add(type, data);
    }

    internal void AddUInt32(byte type, uint value)
    {
        Span<byte> data = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(data, value);
        Add(type, data);
    }

    internal void AddUInt64(byte type, ulong value)
    {
        Span<byte> data = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(data, value);
        Add(type, data);
    }
}
