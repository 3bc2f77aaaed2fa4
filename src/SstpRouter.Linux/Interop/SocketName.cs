using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SstpRouter.Linux.Interop;

/// <summary>Writes and reads <c>sockaddr_in</c> and <c>sockaddr_in6</c>: ip(7), ipv6(7).</summary>
internal static class SocketName
{
    /// <summary>Octets of a buffer that holds either form.</summary>
    public const int Size = 28;

    private const int IPv4Size = 16;

    /// <summary>Linux's number of an address family; the framework numbers IPv6 otherwise.</summary>
    public static int Family(AddressFamily family) => family switch
    {
        AddressFamily.InterNetwork => Libc.FamilyIPv4,
        AddressFamily.InterNetworkV6 => Libc.FamilyIPv6,
        _ => throw new ArgumentException($"address family {family} is neither IPv4 nor IPv6", nameof(family)),
    };

    /// <summary>Writes an end point.</summary>
    /// <param name="name">At least <see cref="Size"/> octets.</param>
    /// <param name="endPoint">An IPv4 or IPv6 end point; the scope of a link-local address is kept.</param>
    /// <returns>The octets used.</returns>
    public static uint Write(Span<byte> name, IPEndPoint endPoint)
    {
        name[..Size].Clear();
        MemoryMarshal.Write(name, (ushort)Family(endPoint.AddressFamily));
        BinaryPrimitives.WriteUInt16BigEndian(name[2..], (ushort)endPoint.Port);
        if (endPoint.AddressFamily == AddressFamily.InterNetwork)
        {
            _ = endPoint.Address.TryWriteBytes(name[4..], out _);
            return IPv4Size;
        }

        _ = endPoint.Address.TryWriteBytes(name[8..], out _);
        MemoryMarshal.Write(name[24..], (uint)endPoint.Address.ScopeId);
        return Size;
    }

    /// <summary>Reads an end point; an IPv4 address mapped into IPv6 comes back as IPv4.</summary>
    /// <param name="name">What the kernel wrote.</param>
    public static IPEndPoint Read(ReadOnlySpan<byte> name)
    {
        int port = BinaryPrimitives.ReadUInt16BigEndian(name[2..]);
        if (MemoryMarshal.Read<ushort>(name) == Libc.FamilyIPv4)
        {
            return new IPEndPoint(new IPAddress(name.Slice(4, 4)), port);
        }

        IPAddress address = new(name.Slice(8, 16), MemoryMarshal.Read<uint>(name[24..]));
        return new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, port);
    }
}
