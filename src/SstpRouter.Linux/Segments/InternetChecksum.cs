using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SstpRouter.Linux.Segments;

/// <summary>
/// The checksum of IP, TCP, UDP and ICMP: RFC 1071. All sums here are of words in the machine's own byte order, which
/// the one's complement allows (RFC 1071 2 B): a folded sum is stored as it is.
/// </summary>
public static class InternetChecksum
{
    /// <summary>Adds the 16-bit words of some octets; an odd one at the end counts as if a zero followed.</summary>
    /// <param name="data">At most 2^31 octets.</param>
    /// <param name="sum">What was added before, of an even number of octets; less than 2^62.</param>
    /// <returns>A sum for <see cref="Fold"/>, or to go on with.</returns>
    public static ulong Add(ReadOnlySpan<byte> data, ulong sum = 0)
    {
        ref byte at = ref MemoryMarshal.GetReference(data);
        nint left = data.Length;
        if (Avx2.IsSupported && left >= 64)
        {
            sum += AddWide(ref at, left & ~63);
            at = ref Unsafe.Add(ref at, left & ~63);
            left &= 63;
        }
        else if (left >= 32)
        {
            sum += AddNarrow(ref at, left & ~31);
            at = ref Unsafe.Add(ref at, left & ~31);
            left &= 31;
        }

        for (; left >= sizeof(uint); left -= sizeof(uint))
        {
            sum += Unsafe.ReadUnaligned<uint>(ref at);
            at = ref Unsafe.Add(ref at, sizeof(uint));
        }

        if (left >= sizeof(ushort))
        {
            sum += Unsafe.ReadUnaligned<ushort>(ref at);
            at = ref Unsafe.Add(ref at, sizeof(ushort));
            left -= sizeof(ushort);
        }

        return left == 0 ? sum : sum + (BitConverter.IsLittleEndian ? at : (uint)at << 8);
    }

    /// <summary>Brings a sum down to 16 bits, carries included.</summary>
    public static ushort Fold(ulong sum)
    {
        sum = (sum & 0xFFFF_FFFF) + (sum >> 32);
        sum = (sum & 0xFFFF_FFFF) + (sum >> 32);
        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)((sum & 0xFFFF) + (sum >> 16));
    }

    /// <summary>A number as a word of a sum, and the other way round.</summary>
    public static ushort Word(ushort number) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(number) : number;

    /// <summary>Makes the checksum of an IPv4 header anew: RFC 791 3.1.</summary>
    /// <param name="header">All of the header, options included, and nothing else.</param>
    public static void FinishIpv4(Span<byte> header)
    {
        MemoryMarshal.Write(header[10..], (ushort)0);
        MemoryMarshal.Write(header[10..], ToField(Add(header)));
    }

    /// <summary>The word to store for a sum over everything else.</summary>
    /// <param name="sum">The sum, with zero in the place of the checksum.</param>
    /// <param name="isUdp">UDP writes all ones for zero, which means that there is none: RFC 768.</param>
    internal static ushort ToField(ulong sum, bool isUdp = false)
    {
        ushort field = (ushort)~Fold(sum);
        return field == 0 && isUdp ? (ushort)0xFFFF : field;
    }

    // 32-bit words add up to the same: 2^16 is 1 modulo 2^16 - 1. Four lanes of 64 bits take all their carries.
    private static ulong AddWide(ref byte start, nint length)
    {
        var low = Vector256.Create((ulong)uint.MaxValue);
        Vector256<ulong> first = Vector256<ulong>.Zero, second = first, third = first, fourth = first;
        for (nint i = 0; i < length; i += 64)
        {
            Vector256<ulong> a = Unsafe.ReadUnaligned<Vector256<ulong>>(ref Unsafe.Add(ref start, i));
            Vector256<ulong> b = Unsafe.ReadUnaligned<Vector256<ulong>>(ref Unsafe.Add(ref start, i + 32));
            first = Avx2.Add(first, Avx2.And(a, low));
            second = Avx2.Add(second, Avx2.ShiftRightLogical(a, 32));
            third = Avx2.Add(third, Avx2.And(b, low));
            fourth = Avx2.Add(fourth, Avx2.ShiftRightLogical(b, 32));
        }

        Vector256<ulong> all = Avx2.Add(Avx2.Add(first, second), Avx2.Add(third, fourth));
        return all.GetElement(0) + all.GetElement(1) + all.GetElement(2) + all.GetElement(3);
    }

    private static ulong AddNarrow(ref byte start, nint length)
    {
        var low = Vector128.Create((ulong)uint.MaxValue);
        Vector128<ulong> first = Vector128<ulong>.Zero, second = first;
        for (nint i = 0; i < length; i += 32)
        {
            Vector128<ulong> a = Vector128.LoadUnsafe(ref start, (nuint)i).AsUInt64();
            Vector128<ulong> b = Vector128.LoadUnsafe(ref start, (nuint)(i + 16)).AsUInt64();
            first += (a & low) + Vector128.ShiftRightLogical(a, 32);
            second += (b & low) + Vector128.ShiftRightLogical(b, 32);
        }

        first += second;
        return first.GetElement(0) + first.GetElement(1);
    }
}
