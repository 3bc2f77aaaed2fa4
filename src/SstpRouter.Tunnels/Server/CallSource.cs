using System.Net;

namespace SstpRouter.Tunnels.Server;

/// <summary>Where calls come from, for counting them.</summary>
internal static class CallSource
{
    /// <summary>What counts as one address: with IPv6 a whole /64, since every subscriber has one to himself. RFC 4291 2.5.4</summary>
    public static IPAddress Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (!address.TryWriteBytes(bytes, out int length) || length < bytes.Length)
        {
            return address;
        }

        bytes[8..].Clear();
        return new IPAddress(bytes);
    }
}
