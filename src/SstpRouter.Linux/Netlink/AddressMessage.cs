using System.Net;
using System.Runtime.InteropServices;
using SstpRouter.Linux.Interop;

namespace SstpRouter.Linux.Netlink;

/// <summary><c>struct ifaddrmsg</c> and its attributes: rtnetlink(7).</summary>
internal static class AddressMessage
{
    private const int BodySize = 8;

    /// <summary>Begins a request about an address.</summary>
    public static NetlinkRequest Write(
        NetlinkRequest request,
        int interfaceIndex,
        IPAddress local,
        int prefixLength,
        IPAddress? peer,
        AddressFlags flags)
    {
        Span<byte> body = request.Body(BodySize);
        body[0] = (byte)SocketName.Family(local.AddressFamily);
        body[1] = (byte)prefixLength;
        body[2] = (byte)flags;
        MemoryMarshal.Write(body[4..], interfaceIndex);
        return request.Attribute(AddressAttribute.Local, local).Attribute(AddressAttribute.Address, peer ?? local);
    }

    /// <summary>Reads an address; null when the message has none.</summary>
    public static InterfaceAddress? Read(ReadOnlySpan<byte> body)
    {
        if (body.Length < BodySize)
        {
            return null;
        }

        // The body has room for eight of the flags; the attribute, where there is one, has them all.
        AddressFlags flags = (AddressFlags)body[2];
        IPAddress? address = null, local = null;
        NetlinkAttributes attributes = NetlinkAttributes.After(body, BodySize);
        while (attributes.Next(out ushort type, out ReadOnlySpan<byte> value))
        {
            switch (type)
            {
                case AddressAttribute.Address:
                    address = NetlinkValue.Address(value);
                    break;
                case AddressAttribute.Local:
                    local = NetlinkValue.Address(value);
                    break;
                case AddressAttribute.Flags:
                    flags = (AddressFlags)NetlinkValue.Integer(value);
                    break;
            }
        }

        // rtnetlink(7): on a point-to-point link IFA_ADDRESS is the far end; IPv6 without one leaves IFA_LOCAL out.
        if ((local ?? address) is not IPAddress ours)
        {
            return null;
        }

        return new InterfaceAddress
        {
            InterfaceIndex = MemoryMarshal.Read<int>(body[4..]),
            Address = ours,
            PrefixLength = body[1],
            Peer = address is not null && !address.Equals(ours) ? address : null,
            Flags = flags,
            Scope = (RouteScope)body[3],
        };
    }
}
