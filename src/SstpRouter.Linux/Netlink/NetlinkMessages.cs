using System.Runtime.InteropServices;

namespace SstpRouter.Linux.Netlink;

/// <summary>Walks the messages of one datagram; stops at the first whose length cannot be right.</summary>
internal ref struct NetlinkMessages(ReadOnlySpan<byte> datagram)
{
    private ReadOnlySpan<byte> _rest = datagram;

    public bool Next(out NetlinkMessage message)
    {
        message = default;
        if (_rest.Length < NetlinkRequest.HeaderSize)
        {
            return false;
        }

        uint length = MemoryMarshal.Read<uint>(_rest);
        if (length < NetlinkRequest.HeaderSize || length > _rest.Length)
        {
            return false;
        }

        message = new NetlinkMessage(_rest[..(int)length]);
        _rest = _rest[Math.Min(NetlinkRequest.Align((int)length), _rest.Length)..];
        return true;
    }
}

/// <summary>One message, header included.</summary>
internal readonly ref struct NetlinkMessage(ReadOnlySpan<byte> octets)
{
    private readonly ReadOnlySpan<byte> _octets = octets;

    public MessageType Type => (MessageType)MemoryMarshal.Read<ushort>(_octets[4..]);

    public MessageFlags Flags => (MessageFlags)MemoryMarshal.Read<ushort>(_octets[6..]);

    public uint Sequence => MemoryMarshal.Read<uint>(_octets[8..]);

    public ReadOnlySpan<byte> Body => _octets[NetlinkRequest.HeaderSize..];
}

/// <summary>Walks attributes; stops at the first whose length cannot be right.</summary>
internal ref struct NetlinkAttributes(ReadOnlySpan<byte> octets)
{
    // NLA_TYPE_MASK: the two upper bits are flags.
    private const ushort TypeMask = 0x3FFF;

    private ReadOnlySpan<byte> _rest = octets;

    /// <summary>The attributes that follow a fixed body, or none when the body is too short.</summary>
    public static NetlinkAttributes After(ReadOnlySpan<byte> body, int size) =>
        new(body.Length >= size ? body[size..] : default);

    public bool Next(out ushort type, out ReadOnlySpan<byte> value)
    {
        type = 0;
        value = default;
        if (_rest.Length < 4)
        {
            return false;
        }

        ushort length = MemoryMarshal.Read<ushort>(_rest);
        if (length < 4 || length > _rest.Length)
        {
            return false;
        }

        type = (ushort)(MemoryMarshal.Read<ushort>(_rest[2..]) & TypeMask);
        value = _rest[4..length];
        _rest = _rest[Math.Min(NetlinkRequest.Align(length), _rest.Length)..];
        return true;
    }
}
