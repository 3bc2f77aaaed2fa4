using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SstpRouter.Linux.Tests.Segments;

/// <summary>A TCP or UDP packet in words; <see cref="Make"/> writes it down octet by octet, with checksums in the slowest way there is.</summary>
internal sealed record PacketShape
{
    public const byte Fin = 0x01, Syn = 0x02, Reset = 0x04, Push = 0x08, Ack = 0x10, Urgent = 0x20, EcnEcho = 0x40, WindowReduced = 0x80;

    public int Version { get; init; } = 4;

    public bool IsUdp { get; init; }

    public byte[] Source { get; init; } = [10, 1, 0, 2];

    public byte[] Destination { get; init; } = [10, 2, 0, 2];

    public ushort SourcePort { get; init; } = 40_000;

    public ushort DestinationPort { get; init; } = 7_000;

    /// <summary>Type of service or traffic class.</summary>
    public byte Class { get; init; }

    public byte Lifetime { get; init; } = 64;

    public ushort Id { get; init; }

    /// <summary>Flags and offset of fragments: RFC 791 3.1. "Do not" by default.</summary>
    public ushort Fragment { get; init; } = 0x4000;

    public uint FlowLabel { get; init; }

    /// <summary>Options of IPv4, a multiple of 4 octets.</summary>
    public byte[] Options { get; init; } = [];

    /// <summary>Extension headers of IPv6: the number of each and its octets, the first two of which are made here.</summary>
    public (byte Kind, byte[] Bytes)[] Extensions { get; init; } = [];

    /// <summary>Where a routing header leads to in the end; it stands for the destination in checksums: RFC 8200 8.1.</summary>
    public byte[]? FinalDestination { get; init; }

    public byte Flags { get; init; } = Ack;

    public uint Sequence { get; init; }

    public uint Acknowledgement { get; init; } = 77;

    public ushort Window { get; init; } = 501;

    public ushort UrgentPointer { get; init; }

    /// <summary>Options of TCP, a multiple of 4 octets.</summary>
    public byte[] TcpOptions { get; init; } = [];

    /// <summary>UDP over IPv4 may come without a checksum: RFC 768.</summary>
    public bool HasChecksum { get; init; } = true;

    public int TransportOffset => Version == 4 ? 20 + Options.Length : 40 + Extensions.Sum(e => e.Bytes.Length);

    public int HeadersLength => TransportOffset + (IsUdp ? 8 : 20 + TcpOptions.Length);

    public byte Protocol => (byte)(IsUdp ? 17 : 6);

    /// <summary>The whole packet.</summary>
    public byte[] Make(ReadOnlySpan<byte> payload)
    {
        byte[] packet = Headers(payload);
        if (!IsUdp || HasChecksum)
        {
            ushort sum = Sum([.. PseudoHeader(packet.Length), .. packet.AsSpan(TransportOffset)]);
            ushort field = (ushort)~sum;
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(ChecksumAt), IsUdp && field == 0 ? ushort.MaxValue : field);
        }

        return packet;
    }

    /// <summary>The same as a super-packet, whose checksum is left to be made.</summary>
    public byte[] MakeSuper(ReadOnlySpan<byte> payload)
    {
        byte[] packet = Headers(payload);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(ChecksumAt), Sum(PseudoHeader(packet.Length)));
        return packet;
    }

    /// <summary>What stands in front of it.</summary>
    public VirtioNetHeader Header(int segment) => new()
    {
        NeedsChecksum = true,
        Kind = IsUdp ? VirtioNetKind.Udp : Version == 4 ? VirtioNetKind.Tcp4 : VirtioNetKind.Tcp6,
        HeadersLength = (ushort)HeadersLength,
        SegmentLength = (ushort)segment,
        ChecksumStart = (ushort)TransportOffset,
        ChecksumOffset = (ushort)(IsUdp ? 6 : 16),
        IsWindowReduced = !IsUdp && (Flags & WindowReduced) != 0,
    };

    /// <summary>The packets that it is made of, as the sender would have sent them one by one.</summary>
    public List<byte[]> Split(ReadOnlySpan<byte> payload, int segment)
    {
        List<byte[]> packets = [];
        for (int at = 0; at < payload.Length; at += segment)
        {
            int length = Math.Min(segment, payload.Length - at);
            byte flags = Flags;
            flags &= at > 0 ? unchecked((byte)~WindowReduced) : byte.MaxValue;
            flags &= at + length < payload.Length ? unchecked((byte)~(Fin | Push)) : byte.MaxValue;
            PacketShape one = this with { Sequence = unchecked(Sequence + (uint)at), Id = (ushort)(Id + packets.Count), Flags = flags };
            packets.Add(one.Make(payload.Slice(at, length)));
        }

        return packets;
    }

    /// <summary>RFC 1071, a word after the other.</summary>
    public static ushort Sum(ReadOnlySpan<byte> bytes)
    {
        int sum = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            sum += (i % 2) == 0 ? bytes[i] << 8 : bytes[i];
            sum = sum > ushort.MaxValue ? sum - ushort.MaxValue : sum;
        }

        return (ushort)sum;
    }

    private int ChecksumAt => TransportOffset + (IsUdp ? 6 : 16);

    private byte[] PseudoHeader(int packetLength)
    {
        int length = packetLength - TransportOffset;
        return [.. Source, .. FinalDestination ?? Destination, 0, Protocol, (byte)(length >> 8), (byte)length];
    }

    private byte[] Headers(ReadOnlySpan<byte> payload)
    {
        int length = HeadersLength + payload.Length;
        int transportLength = length - TransportOffset;
        byte[] transport = IsUdp
            ? [.. Word(SourcePort), .. Word(DestinationPort), .. Word((ushort)transportLength), 0, 0]
            : [.. Word(SourcePort), .. Word(DestinationPort), .. Long(Sequence), .. Long(Acknowledgement), (byte)((20 + TcpOptions.Length) / 4 << 4), Flags,
                .. Word(Window), 0, 0, .. Word(UrgentPointer), .. TcpOptions];
        return [.. Version == 4 ? Ipv4(length) : Ipv6(length), .. transport, .. payload];
    }

    private byte[] Ipv4(int length)
    {
        byte[] header =
        [
            (byte)(0x40 | ((20 + Options.Length) / 4)), Class, .. Word((ushort)length), .. Word(Id), .. Word(Fragment), Lifetime, Protocol, 0, 0, .. Source,
            .. Destination, .. Options,
        ];
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(10), (ushort)~Sum(header));
        return header;
    }

    private byte[] Ipv6(int length)
    {
        byte first = Extensions.Length > 0 ? Extensions[0].Kind : Protocol;
        byte[] header = [.. Long((6u << 28) | ((uint)Class << 20) | FlowLabel), .. Word((ushort)(length - 40)), first, Lifetime, .. Source, .. Destination];
        for (int i = 0; i < Extensions.Length; i++)
        {
            byte next = i + 1 < Extensions.Length ? Extensions[i + 1].Kind : Protocol;
            header = [.. header, next, (byte)((Extensions[i].Bytes.Length / 8) - 1), .. Extensions[i].Bytes.AsSpan(2)];
        }

        return header;
    }

    private static byte[] Word(ushort value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Long(uint value) => [.. Word((ushort)(value >> 16)), .. Word((ushort)value)];

    /// <summary>A shape at random; what the kernel would not forward is left out where asked.</summary>
    public static PacketShape Random(Random dice, bool isUdp, int version, bool forwardable = false)
    {
        byte[] Address() => version == 4 ? [10, (byte)dice.Next(1, 3), 0, 2] : [0xfd, (byte)dice.Next(1, 3), .. new byte[13], 2];
        byte[] destination = version == 4 ? [10, 2, 0, 2] : [0xfd, 2, .. new byte[13], 2];
        var shape = new PacketShape
        {
            Version = version,
            IsUdp = isUdp,
            Source = version == 4 ? [10, 1, 0, 2] : [0xfd, 1, .. new byte[13], 2],
            Destination = forwardable ? destination : Address(),
            SourcePort = (ushort)dice.Next(1, 65_536),
            DestinationPort = (ushort)dice.Next(1, 65_536),
            Class = (byte)(dice.Next(64) << 2 | dice.Next(4)),
            Id = (ushort)(dice.Next(4) == 0 ? 65_530 : dice.Next(65_536)),
            Fragment = (ushort)(dice.Next(4) == 0 ? 0 : 0x4000),
            FlowLabel = version == 6 ? (uint)dice.Next(1 << 20) : 0,
            Sequence = dice.Next(3) == 0 ? uint.MaxValue - (uint)dice.Next(3_000) : (uint)dice.NextInt64(uint.MaxValue),
            Acknowledgement = (uint)dice.NextInt64(uint.MaxValue),
            Window = (ushort)dice.Next(65_536),
            TcpOptions = dice.Next(3) switch
            {
                0 => [],
                1 => [1, 1, 8, 10, .. RandomNumberGenerator.GetBytes(8)],
                _ => [1, 1, 8, 10, .. RandomNumberGenerator.GetBytes(8), 1, 1, 5, 10, .. RandomNumberGenerator.GetBytes(8)],
            },
        };
        if (version == 4 && dice.Next(4) == 0)
        {
            shape = shape with { Options = [1, 1, 1, 0] };
        }

        return version == 6 && dice.Next(3) == 0 ? shape with { Extensions = SomeExtensions(dice) } : shape;
    }

    // Options that are to be skipped by who does not know them: RFC 8200 4.2.
    private static (byte Kind, byte[] Bytes)[] SomeExtensions(Random dice) => dice.Next(3) switch
    {
        0 => [(60, [0, 0, 1, 4, 0, 0, 0, 0])],
        1 => [(60, [0, 0, 1, 12, .. new byte[12]])],
        _ => [(0, [0, 0, 1, 4, 0, 0, 0, 0]), (60, [0, 0, 1, 4, 0, 0, 0, 0])],
    };
}
