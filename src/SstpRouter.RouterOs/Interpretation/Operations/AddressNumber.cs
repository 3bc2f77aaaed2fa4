using System.Net;
using System.Net.Sockets;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Interpretation.Operations;

/// <summary>Addresses as numbers, to count and mask with.</summary>
internal static class AddressNumber
{
    public static UInt128 Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int length);
        UInt128 number = 0;
        foreach (byte b in bytes[..length])
        {
            number = (number << 8) | b;
        }

        return number;
    }

    /// <summary>The address of a number in a family; what lies beyond its last address starts again at the first.</summary>
    public static AddressValue ToAddress(UInt128 number, AddressFamily family)
    {
        Span<byte> bytes = stackalloc byte[family == AddressFamily.InterNetwork ? 4 : 16];
        for (int i = bytes.Length - 1; i >= 0; i--)
        {
            bytes[i] = (byte)(number & 0xFF);
            number >>= 8;
        }

        return new AddressValue(new IPAddress(bytes));
    }

    /// <summary>True where an address lies in a prefix.</summary>
    public static bool Contains(PrefixValue prefix, IPAddress address)
    {
        if (prefix.Address.AddressFamily != address.AddressFamily)
        {
            return false;
        }

        int hostBits = (address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128) - prefix.Length;
        return hostBits == 128 || Of(prefix.Address) >> hostBits == Of(address) >> hostBits;
    }
}
