using System.Buffers.Binary;

namespace SstpRouter.Sstp.Wire;

/// <summary>A control message over the bytes of its packet ([MS-SSTP] 2.2.2). Nothing is copied.</summary>
internal readonly ref struct SstpMessage
{
    private SstpMessage(ReadOnlySpan<byte> packet)
    {
        Packet = packet;
        Type = (SstpMessageType)BinaryPrimitives.ReadUInt16BigEndian(packet[4..]);
        AttributeCount = BinaryPrimitives.ReadUInt16BigEndian(packet[6..]);
        IsWellFormed = Type is >= SstpMessageType.CallConnectRequest and <= SstpMessageType.EchoResponse
            && CountMatches(Body, AttributeCount);
    }

    /// <summary>The whole packet, header included.</summary>
    public ReadOnlySpan<byte> Packet { get; }

    public SstpMessageType Type { get; }

    /// <summary>What the message says; it holds when <see cref="IsWellFormed"/>.</summary>
    public int AttributeCount { get; }

    /// <summary>The type is known, and the attributes are whole, as many as announced and fill the packet.</summary>
    public bool IsWellFormed { get; }

    /// <summary>Everything after the control header.</summary>
    public ReadOnlySpan<byte> Body => Packet[SstpPacket.ControlHeaderLength..];

    /// <summary>Views a control packet as <see cref="SstpPacket.Delineate"/> cut it out of the stream.</summary>
    public static SstpMessage Of(ReadOnlySpan<byte> packet) => new(packet);

    public Enumerator GetEnumerator() => new(Body);

    private static bool CountMatches(ReadOnlySpan<byte> body, int announced)
    {
        int count = 0;
        while (SstpAttribute.TryRead(ref body, out _))
        {
            count++;
        }

        return body.IsEmpty && count == announced;
    }

    /// <summary>Walks the attributes up to the end or to the first that is not whole.</summary>
    public ref struct Enumerator(ReadOnlySpan<byte> body)
    {
        private ReadOnlySpan<byte> _rest = body;
        private SstpAttribute _current;

        public readonly SstpAttribute Current => _current;

        public bool MoveNext() => SstpAttribute.TryRead(ref _rest, out _current);
    }
}
