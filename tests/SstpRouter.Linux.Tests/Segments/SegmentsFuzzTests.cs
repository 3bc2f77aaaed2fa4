using System.Runtime.InteropServices;
using SstpRouter.Fuzzing;
using SstpRouter.Linux.Segments;

namespace SstpRouter.Linux.Tests.Segments;

/// <summary>Super-packets of a kernel that lies, and packets of a peer that does, over mutated inputs.</summary>
public sealed class SegmentsFuzzTests
{
    private const byte Guard = 0xA5;

    private static readonly PacketShape[] Shapes = [.. Enumerable.Range(0, 24).Select(i => PacketShape.Random(new Random(i), isUdp: i % 3 == 0, version: i % 2 == 0 ? 4 : 6))];
    private static readonly byte[] Room = new byte[ushort.MaxValue + 2];

    [Fact]
    public void Splitting() => Fuzz.Run(
        "super-packet",
        [.. Shapes.SelectMany(s => (byte[][])[Read(s.Header(500), s.MakeSuper(new byte[1_700])), Read(s.Header(1), s.MakeSuper(new byte[40])), Read(default, s.Make(new byte[99]))])],
        input =>
        {
            if (input.Length < VirtioNetHeader.Length)
            {
                return;
            }

            ReadOnlySpan<byte> bytes = input.AsSpan(VirtioNetHeader.Length);
            if (!SuperPacket.TryParse(VirtioNetHeader.Read(input), bytes, out SuperPacket packet))
            {
                return;
            }

            Check(packet.SegmentCount >= 1 && packet.SegmentCount <= bytes.Length, "no more packets than octets");
            Check(packet.LargestSegment <= bytes.Length && packet.Version is 4 or 6, "no packet larger than all");
            _ = packet.FlowHash(bytes);
            int total = 0;
            for (int i = 0; i < packet.SegmentCount; i++)
            {
                Room[0] = Room[packet.LargestSegment + 1] = Guard;
                int count = packet.WriteSegment(bytes, i, Room.AsSpan(1, packet.LargestSegment), congestion: i == 0 && packet.IsEcnCapable(bytes));
                total += count;
                Check(count > 0 && count <= packet.LargestSegment && Room[0] == Guard && Room[packet.LargestSegment + 1] == Guard, "within its room");
                Check(IpPacket.TryParse(Room.AsSpan(1, count), out IpPacket one) && one.Length == count, "a whole packet");
            }

            Check(total == packet.TotalLength, "all of it");
        });

    /// <summary>Each input is a train of packets, two octets of length in front of each.</summary>
    [Fact]
    public void Joining() => Fuzz.Run(
        "coalescer",
        [.. Shapes.Select(s => Train(s.Split(new byte[2_000], 300))), Train([.. Shapes.Take(6).SelectMany(s => s.Split(new byte[600], 200))])],
        input =>
        {
            CountingSink sink = new();
            Coalescer coalescer = new();
            int packets = 0, octets = 0;
            for (int at = 0; at + 2 < input.Length;)
            {
                int length = Math.Min((input[at] << 8) | input[at + 1], input.Length - at - 2);
                if (length > 0 && coalescer.Add(input, at + 2, length, sink, TunOffload.All))
                {
                    packets++;
                    Check(IpPacket.TryParse(input.AsSpan(at + 2, length), out IpPacket ip), "nothing but packets");
                    octets += ip.Length;
                }

                at += 2 + length;
            }

            coalescer.Flush(sink);
            Check(sink.Packets == packets && sink.Octets == octets, "each packet once");
        });

    private static byte[] Read(VirtioNetHeader header, byte[] bytes) => [.. MemoryMarshal.AsBytes(new ReadOnlySpan<VirtioNetHeader>(in header)), .. bytes];

    private static byte[] Train(List<byte[]> packets) => [.. packets.SelectMany(p => (byte[])[(byte)(p.Length >> 8), (byte)p.Length, .. p])];

    private static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"does not hold: {what}");
        }
    }

    private sealed class CountingSink : IPacketSink
    {
        private static readonly byte[] Super = new byte[ushort.MaxValue];
        private static readonly byte[] One = new byte[ushort.MaxValue];

        public int Packets { get; private set; }

        public int Octets { get; private set; }

        public void Write(ReadOnlySpan<byte> packet)
        {
            Packets++;
            Octets += packet.Length;
        }

        public void Write(VirtioNetHeader header, ReadOnlySpan<byte> buffer, ReadOnlySpan<BufferSlice> slices, int octets)
        {
            int length = 0;
            foreach (BufferSlice slice in slices)
            {
                buffer.Slice(slice.Offset, slice.Length).CopyTo(Super.AsSpan(length));
                length += slice.Length;
            }

            ReadOnlySpan<byte> bytes = Super.AsSpan(0, length);
            Check(SuperPacket.TryParse(header, bytes, out SuperPacket packet), "what is joined can be split");
            Check(packet.SegmentCount == slices.Length && packet.TotalLength == octets, "into what came");
            for (int i = 0; i < packet.SegmentCount; i++)
            {
                int count = packet.WriteSegment(bytes, i, One);
                Check(IpPacket.TryParse(One.AsSpan(0, count), out IpPacket ip) && ip.Length == count, "of whole packets");
            }

            Packets += slices.Length;
            Octets += octets;
        }
    }
}
