using System.Runtime.InteropServices;

namespace SstpRouter.Linux.Netlink;

/// <summary><c>struct ifinfomsg</c> and its attributes: rtnetlink(7).</summary>
internal static class LinkMessage
{
    private const int BodySize = 16;

    /// <summary>Begins a request about a link.</summary>
    /// <param name="request">An empty request.</param>
    /// <param name="index">The link's index, or 0 when a name attribute follows.</param>
    /// <param name="flags">The interface flags wanted.</param>
    /// <param name="changed">Which of the flags the request is about.</param>
    public static NetlinkRequest Write(NetlinkRequest request, int index, LinkFlags flags = 0, LinkFlags changed = 0)
    {
        Span<byte> body = request.Body(BodySize);
        MemoryMarshal.Write(body[4..], index);
        MemoryMarshal.Write(body[8..], (uint)flags);
        MemoryMarshal.Write(body[12..], (uint)changed);
        return request;
    }

    /// <summary>Reads a link; null when the message is too short for one.</summary>
    public static Link? Read(ReadOnlySpan<byte> body)
    {
        if (body.Length < BodySize)
        {
            return null;
        }

        string name = string.Empty, kind = string.Empty;
        int mtu = 0;
        int? peer = null, master = null;
        byte[] hardware = [];
        LinkStatistics statistics = default;
        List<string>? others = null;
        NetlinkAttributes attributes = NetlinkAttributes.After(body, BodySize);
        while (attributes.Next(out ushort type, out ReadOnlySpan<byte> value))
        {
            switch (type)
            {
                case LinkAttribute.Name:
                    name = NetlinkValue.Text(value);
                    break;
                case LinkAttribute.HardwareAddress:
                    hardware = value.ToArray();
                    break;
                case LinkAttribute.Mtu:
                    mtu = NetlinkValue.Integer(value);
                    break;
                case LinkAttribute.Link:
                    peer = NetlinkValue.Integer(value);
                    break;
                case LinkAttribute.Master:
                    master = NetlinkValue.Integer(value);
                    break;
                case LinkAttribute.LinkInfo:
                    kind = ReadKind(value);
                    break;
                case LinkAttribute.Statistics64:
                    statistics = ReadStatistics(value);
                    break;
                case LinkAttribute.PropertyList:
                    others = ReadNames(value);
                    break;
            }
        }

        return new Link
        {
            Index = MemoryMarshal.Read<int>(body[4..]),
            Flags = (LinkFlags)MemoryMarshal.Read<uint>(body[8..]),
            Name = name,
            Kind = kind,
            Mtu = mtu,
            PeerIndex = peer,
            MasterIndex = master,
            HardwareAddress = hardware,
            AlternativeNames = others ?? [],
            Statistics = statistics,
        };
    }

    private static string ReadKind(ReadOnlySpan<byte> information)
    {
        NetlinkAttributes attributes = new(information);
        while (attributes.Next(out ushort type, out ReadOnlySpan<byte> value))
        {
            if (type == LinkAttribute.InfoKind)
            {
                return NetlinkValue.Text(value);
            }
        }

        return string.Empty;
    }

    private static List<string> ReadNames(ReadOnlySpan<byte> properties)
    {
        List<string> names = [];
        NetlinkAttributes attributes = new(properties);
        while (attributes.Next(out ushort type, out ReadOnlySpan<byte> value))
        {
            if (type == LinkAttribute.AlternativeName)
            {
                names.Add(NetlinkValue.Text(value));
            }
        }

        return names;
    }

    // struct rtnl_link_stats64: received and sent packets, octets, errors, drops, in that order
    private static LinkStatistics ReadStatistics(ReadOnlySpan<byte> value)
    {
        if (value.Length < 8 * sizeof(ulong))
        {
            return default;
        }

        ReadOnlySpan<ulong> counters = MemoryMarshal.Cast<byte, ulong>(value.ToArray());
        return new LinkStatistics(
            counters[0], counters[1], counters[2], counters[3], counters[4], counters[5], counters[6], counters[7]);
    }
}
