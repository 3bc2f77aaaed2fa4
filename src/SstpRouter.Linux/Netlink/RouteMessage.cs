using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using SstpRouter.Linux.Interop;

namespace SstpRouter.Linux.Netlink;

/// <summary><c>struct rtmsg</c> and its attributes: rtnetlink(7).</summary>
internal static class RouteMessage
{
    /// <summary>RTM_F_CLONED: an entry that the kernel made for one destination.</summary>
    public const uint FlagCloned = 0x200;

    /// <summary>RTM_F_LOOKUP_TABLE: name the table in the answer.</summary>
    public const uint FlagLookupTable = 0x1000;

    private const int BodySize = 12;
    private const int NextHopSize = 8;
    private const uint FlagOnLink = 4; // RTNH_F_ONLINK

    /// <summary>Begins a request for all routes of a family.</summary>
    public static NetlinkRequest WriteDump(NetlinkRequest request, AddressFamily family)
    {
        request.Body(BodySize)[0] = (byte)SocketName.Family(family);
        return request;
    }

    /// <summary>Begins a request for the route that a packet would take.</summary>
    public static NetlinkRequest WriteLookup(NetlinkRequest request, IPAddress destination)
    {
        Span<byte> body = request.Body(BodySize);
        body[0] = (byte)SocketName.Family(destination.AddressFamily);
        body[1] = (byte)(destination.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
        MemoryMarshal.Write(body[8..], FlagLookupTable);
        return request.Attribute(RouteAttribute.Destination, destination);
    }

    /// <summary>Begins a request about one route.</summary>
    /// <param name="request">An empty request.</param>
    /// <param name="route">The route.</param>
    /// <param name="scope">Stands where the route leaves the scope open.</param>
    public static NetlinkRequest Write(NetlinkRequest request, RouteSpec route, RouteScope scope)
    {
        AddressFamily family = route.Destination.BaseAddress.AddressFamily;
        Span<byte> body = request.Body(BodySize);
        body[0] = (byte)SocketName.Family(family);
        body[1] = (byte)route.Destination.PrefixLength;
        body[4] = (byte)(route.Table <= byte.MaxValue ? route.Table : 0); // RT_TABLE_COMPAT needs no exact value
        body[5] = (byte)route.Protocol;
        body[6] = (byte)(route.Scope ?? scope);
        body[7] = (byte)route.Type;
        MemoryMarshal.Write(body[8..], route.OnLink ? FlagOnLink : 0);
        _ = request.Attribute(RouteAttribute.Table, route.Table);
        if (route.Destination.PrefixLength > 0)
        {
            _ = request.Attribute(RouteAttribute.Destination, route.Destination.BaseAddress);
        }

        if (route.Gateway is IPAddress gateway)
        {
            _ = gateway.AddressFamily == family
                ? request.Attribute(RouteAttribute.Gateway, gateway)
                : request.Attribute(RouteAttribute.Via, Via(gateway));
        }

        if (route.OutputInterface is int index)
        {
            _ = request.Attribute(RouteAttribute.OutputInterface, index);
        }

        if (route.PreferredSource is IPAddress source)
        {
            _ = request.Attribute(RouteAttribute.PreferredSource, source);
        }

        return route.Metric != 0 ? request.Attribute(RouteAttribute.Priority, route.Metric) : request;
    }

    /// <summary>Reads a route; null when the message holds none of IPv4 or IPv6.</summary>
    public static Route? Read(ReadOnlySpan<byte> body)
    {
        if (body.Length < BodySize || body[0] is not (Libc.FamilyIPv4 or Libc.FamilyIPv6))
        {
            return null;
        }

        IPAddress destination = body[0] == Libc.FamilyIPv4 ? IPAddress.Any : IPAddress.IPv6Any;
        IPAddress? gateway = null, source = null;
        int? output = null;
        int metric = 0, table = body[4];
        IReadOnlyList<NextHop> hops = [];
        NetlinkAttributes attributes = NetlinkAttributes.After(body, BodySize);
        while (attributes.Next(out ushort type, out ReadOnlySpan<byte> value))
        {
            switch (type)
            {
                case RouteAttribute.Destination:
                    destination = NetlinkValue.Address(value) ?? destination;
                    break;
                case RouteAttribute.OutputInterface:
                    output = NetlinkValue.Integer(value);
                    break;
                case RouteAttribute.Gateway:
                    gateway = NetlinkValue.Address(value);
                    break;
                case RouteAttribute.Via:
                    gateway = ReadVia(value);
                    break;
                case RouteAttribute.Priority:
                    metric = NetlinkValue.Integer(value);
                    break;
                case RouteAttribute.PreferredSource:
                    source = NetlinkValue.Address(value);
                    break;
                case RouteAttribute.Multipath:
                    hops = ReadHops(value);
                    break;
                case RouteAttribute.Table:
                    table = NetlinkValue.Integer(value);
                    break;
            }
        }

        uint flags = MemoryMarshal.Read<uint>(body[8..]);
        return new Route
        {
            Destination = NetlinkValue.Network(destination, body[1]),
            Gateway = gateway,
            OutputInterface = output,
            PreferredSource = source,
            Metric = metric,
            Table = table,
            Protocol = (RouteProtocol)body[5],
            Scope = (RouteScope)body[6],
            Type = (RouteType)body[7],
            OnLink = (flags & FlagOnLink) != 0,
            IsCloned = (flags & FlagCloned) != 0,
            NextHops = hops,
        };
    }

    // struct rtvia: a family and the address
    private static byte[] Via(IPAddress gateway)
    {
        byte[] address = gateway.GetAddressBytes();
        byte[] via = new byte[2 + address.Length];
        MemoryMarshal.Write(via, (ushort)SocketName.Family(gateway.AddressFamily));
        address.CopyTo(via, 2);
        return via;
    }

    private static IPAddress? ReadVia(ReadOnlySpan<byte> value) =>
        value.Length > 2 ? NetlinkValue.Address(value[2..]) : null;

    // struct rtnexthop: length, flags, weight less one, interface, then attributes
    private static List<NextHop> ReadHops(ReadOnlySpan<byte> value)
    {
        List<NextHop> hops = [];
        while (value.Length >= NextHopSize)
        {
            int length = MemoryMarshal.Read<ushort>(value);
            if (length < NextHopSize || length > value.Length)
            {
                break;
            }

            IPAddress? gateway = null;
            NetlinkAttributes attributes = new(value[NextHopSize..length]);
            while (attributes.Next(out ushort type, out ReadOnlySpan<byte> attribute))
            {
                gateway = type switch
                {
                    RouteAttribute.Gateway => NetlinkValue.Address(attribute),
                    RouteAttribute.Via => ReadVia(attribute),
                    _ => gateway,
                };
            }

            hops.Add(new NextHop(gateway, MemoryMarshal.Read<int>(value[4..]), value[3] + 1));
            value = value[Math.Min(NetlinkRequest.Align(length), value.Length)..];
        }

        return hops;
    }
}
