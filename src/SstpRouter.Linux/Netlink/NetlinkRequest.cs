using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace SstpRouter.Linux.Netlink;

/// <summary>Builds one message: netlink(7), <c>nlmsghdr</c>, a fixed body, then attributes aligned to four octets.</summary>
internal sealed class NetlinkRequest
{
    /// <summary>Octets of <c>struct nlmsghdr</c>.</summary>
    public const int HeaderSize = 16;

    /// <summary>NLA_F_NESTED: <c>linux/netlink.h</c>.</summary>
    public const ushort NestedFlag = 0x8000;

    private byte[] _buffer = new byte[256];
    private int _length = HeaderSize;

    public NetlinkRequest(MessageType type, MessageFlags flags)
    {
        MemoryMarshal.Write(_buffer.AsSpan(4), (ushort)type);
        MemoryMarshal.Write(_buffer.AsSpan(6), (ushort)(flags | MessageFlags.Request));
    }

    /// <summary>Octets up to the next multiple of four: NLMSG_ALIGN, NLA_ALIGN.</summary>
    public static int Align(int length) => (length + 3) & ~3;

    /// <summary>Adds zeroed octets, the fixed body of a message, to be filled in before anything else is added.</summary>
    public Span<byte> Body(int size)
    {
        int aligned = Align(size);
        if (_buffer.Length < _length + aligned)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + aligned));
        }

        Span<byte> body = _buffer.AsSpan(_length, size);
        _length += aligned;
        return body;
    }

    public NetlinkRequest Attribute(ushort type, ReadOnlySpan<byte> value)
    {
        Span<byte> attribute = Body(4 + value.Length);
        MemoryMarshal.Write(attribute, (ushort)attribute.Length);
        MemoryMarshal.Write(attribute[2..], type);
        value.CopyTo(attribute[4..]);
        return this;
    }

    public NetlinkRequest Attribute(ushort type, int value) =>
        Attribute(type, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in value)));

    public NetlinkRequest Attribute(ushort type, IPAddress value)
    {
        Span<byte> octets = stackalloc byte[16];
        _ = value.TryWriteBytes(octets, out int length);
        return Attribute(type, octets[..length]);
    }

    /// <summary>Adds a text, with the final zero that the kernel wants.</summary>
    public NetlinkRequest Attribute(ushort type, string value) => Attribute(type, Encoding.UTF8.GetBytes(value + '\0'));

    /// <summary>Opens an attribute that holds attributes.</summary>
    /// <returns>What <see cref="EndNested"/> wants.</returns>
    public int BeginNested(ushort type)
    {
        int start = _length;
        MemoryMarshal.Write(Body(4)[2..], type);
        return start;
    }

    public void EndNested(int start) => MemoryMarshal.Write(_buffer.AsSpan(start), (ushort)(_length - start));

    /// <summary>Numbers the message and gives its octets.</summary>
    public ReadOnlySpan<byte> Finish(uint sequence)
    {
        MemoryMarshal.Write(_buffer, (uint)_length);
        MemoryMarshal.Write(_buffer.AsSpan(8), sequence);
        return _buffer.AsSpan(0, _length);
    }
}
