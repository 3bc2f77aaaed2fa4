using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace SstpRouter.Linux.Netlink;

/// <summary>Reads the values that attributes carry; one of the wrong size reads as nothing.</summary>
internal static class NetlinkValue
{
    public static int Integer(ReadOnlySpan<byte> value) =>
        value.Length >= sizeof(int) ? MemoryMarshal.Read<int>(value) : 0;

    public static string Text(ReadOnlySpan<byte> value)
    {
        int end = value.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? value : value[..end]);
    }

    public static IPAddress? Address(ReadOnlySpan<byte> value) => value.Length is 4 or 16 ? new IPAddress(value) : null;

    /// <summary>A network, with the bits beyond its prefix cleared.</summary>
    public static IPNetwork Network(IPAddress address, int prefixLength)
    {
        Span<byte> octets = stackalloc byte[16];
        _ = address.TryWriteBytes(octets, out int length);
        prefixLength = Math.Min(prefixLength, length * 8);
        for (int i = 0; i < length; i++)
        {
            int kept = Math.Clamp(prefixLength - (i * 8), 0, 8);
            octets[i] &= (byte)(0xFF00 >> kept);
        }

        return new IPNetwork(new IPAddress(octets[..length]), prefixLength);
    }
}
