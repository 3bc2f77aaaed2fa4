using SstpRouter.Linux.Segments;

namespace SstpRouter.Linux.Tests.Segments;

/// <summary>What a <see cref="Coalescer"/> gave, in the order of its writes.</summary>
internal sealed class RecordingSink : IPacketSink
{
    /// <summary>A write: how many packets were joined in it, what stood in front, and the octets as the kernel gets them.</summary>
    public sealed record Written(int Count, VirtioNetHeader Header, byte[] Bytes)
    {
        public bool IsJoined => Count > 1;

        /// <summary>The packets that come of it, split by our own means where they were joined.</summary>
        public List<byte[]> Packets => IsJoined ? SuperPacketTests.Split(Header, Bytes, out _) : [Bytes];
    }

    public List<Written> Writes { get; } = [];

    /// <summary>The octets of all packets that came, as the counters would have it.</summary>
    public long Octets { get; private set; }

    public IEnumerable<byte[]> Packets => Writes.SelectMany(w => w.Packets);

    public void Write(ReadOnlySpan<byte> packet)
    {
        Octets += packet.Length;
        Writes.Add(new Written(1, default, packet.ToArray()));
    }

    public void Write(VirtioNetHeader header, ReadOnlySpan<byte> buffer, ReadOnlySpan<BufferSlice> slices, int octets)
    {
        Octets += octets;
        List<byte> bytes = [];
        foreach (BufferSlice slice in slices)
        {
            bytes.AddRange(buffer.Slice(slice.Offset, slice.Length));
        }

        Writes.Add(new Written(slices.Length, header, [.. bytes]));
    }

    /// <summary>Gives packets to a new coalescer, one behind the other in one buffer, and flushes.</summary>
    public static RecordingSink Of(IReadOnlyList<byte[]> packets, TunOffload offload = TunOffload.All, int padding = 0)
    {
        byte[] buffer = new byte[packets.Sum(p => p.Length + 8 + padding)];
        RecordingSink sink = new();
        Coalescer coalescer = new();
        int at = 0;
        foreach (byte[] packet in packets)
        {
            at += 8; // the headers of SSTP and PPP
            packet.CopyTo(buffer, at);
            Assert.True(coalescer.Add(buffer, at, packet.Length + padding, sink, offload));
            at += packet.Length + padding;
        }

        coalescer.Flush(sink);
        return sink;
    }
}
