using System.Buffers.Binary;
using System.Net;

namespace SstpRouter.Ppp;

/// <summary>What IPV6CP settled (RFC 5072).</summary>
/// <param name="LocalIdentifier">Our interface identifier.</param>
/// <param name="RemoteIdentifier">The peer's interface identifier.</param>
public sealed record PppIpv6(ulong LocalIdentifier, ulong RemoteIdentifier)
{
    /// <summary>Our link-local address, fe80::/64 and the identifier (RFC 5072 5).</summary>
    public IPAddress LocalAddress => LinkLocal(LocalIdentifier);

    /// <summary>The peer's link-local address.</summary>
    public IPAddress RemoteAddress => LinkLocal(RemoteIdentifier);

    private static IPAddress LinkLocal(ulong identifier)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        bytes[0] = 0xFE;
        bytes[1] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], identifier);
        return new IPAddress(bytes);
    }
}
