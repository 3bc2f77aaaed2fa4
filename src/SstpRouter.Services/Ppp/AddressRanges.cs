using System.Buffers.Binary;
using System.Net;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.Services.Ppp;

/// <summary>Counts through IPv4 ranges.</summary>
internal static class AddressRanges
{
    public static long Count(this AddressRange range) => (long)Number(range.Last) - Number(range.First) + 1;

    public static bool Contains(this AddressRange range, IPAddress address) =>
        Number(address) >= Number(range.First) && Number(address) <= Number(range.Last);

    public static IEnumerable<IPAddress> Addresses(this AddressRange range)
    {
        byte[] bytes = new byte[4];
        for (long number = Number(range.First); number <= Number(range.Last); number++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)number);
            yield return new IPAddress(bytes);
        }
    }

    private static uint Number(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[4];
        address.TryWriteBytes(bytes, out _);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }
}
