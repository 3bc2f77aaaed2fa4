using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using SstpRouter.Ppp.Authentication;
using SstpRouter.Ppp.Link;
using SstpRouter.Ppp.Negotiation;
using SstpRouter.Ppp.Network;

namespace SstpRouter.Ppp.Session;

/// <summary>
/// Control packets as RouterOS's debug log shows them: <c>sent LCP ConfReq id=0x1</c> and indented options.
/// </summary>
internal static class PacketText
{
    private static readonly string[] Codes =
    [
        "?", "ConfReq", "ConfAck", "ConfNak", "ConfRej", "TermReq", "TermAck", "CodeRej", "ProtRej", "EchoReq", "EchoRep",
        "DiscReq", "Ident", "TimeRem",
    ];

    private static readonly string[] PapCodes = ["?", "AuthReq", "AuthAck", "AuthNak"];

    private static readonly string[] ChapCodes = ["?", "Challenge", "Response", "Success", "Failure"];

    internal static string Describe(string direction, ushort protocol, ReadOnlySpan<byte> information)
    {
        string? name = ProtocolName(protocol);
        if (name is null)
        {
            string number = protocol.ToString("x4", CultureInfo.InvariantCulture);
            return $"{direction} protocol 0x{number}, {information.Length} bytes";
        }

        if (!ControlPacket.TryParse(information, out ControlPacket packet))
        {
            return $"{direction} {name} malformed, {information.Length} bytes";
        }

        string[] codes = protocol switch
        {
            PppFrame.Pap => PapCodes,
            PppFrame.Chap => ChapCodes,
            _ => Codes,
        };
        var text = new StringBuilder();
        text.Append(direction).Append(' ').Append(name).Append(' ');
        if (packet.Code > 0 && packet.Code < codes.Length)
        {
            text.Append(codes[packet.Code]);
        }
        else
        {
            text.Append("code=0x").Append(packet.Code.ToString("x", CultureInfo.InvariantCulture));
        }

        text.Append(" id=0x").Append(packet.Identifier.ToString("x", CultureInfo.InvariantCulture));
        switch (protocol)
        {
            case PppFrame.Pap:
                AppendPap(text, packet);
                break;
            case PppFrame.Chap:
                AppendChap(text, packet);
                break;
            default:
                AppendControl(text, protocol, packet);
                break;
        }

        return text.ToString();
    }

    internal static string DescribeOnOneLine(ushort protocol, ReadOnlySpan<byte> information)
    {
        string[] lines = Describe("", protocol, information).Split('\n', StringSplitOptions.TrimEntries);
        return protocol is PppFrame.Pap or PppFrame.Chap ? lines[0] : string.Join(' ', lines);
    }

    private static string? ProtocolName(ushort protocol) => protocol switch
    {
        PppFrame.Lcp => "LCP",
        PppFrame.Pap => "PAP",
        PppFrame.Chap => "CHAP",
        PppFrame.Ipcp => "IPCP",
        PppFrame.Ipv6cp => "IPV6CP",
        _ => null,
    };

    private static void AppendPap(StringBuilder text, in ControlPacket packet)
    {
        ReadOnlySpan<byte> rest = packet.Data;
        bool whole = LengthPrefixed.TryTake(ref rest, out ReadOnlySpan<byte> first);
        if (packet.Code == PapClient.Request)
        {
            // Only the name: what follows is the password.
            Append(text, "user", whole ? PeerText.Clean(first) : "?");
        }
        else if (whole && !first.IsEmpty)
        {
            Append(text, "message", PeerText.Clean(first));
        }
    }

    private static void AppendChap(StringBuilder text, in ControlPacket packet)
    {
        if (packet.Code is not (ChapCode.Challenge or ChapCode.Response))
        {
            Append(text, "message", PeerText.Clean(packet.Data));
            return;
        }

        ReadOnlySpan<byte> rest = packet.Data;
        if (LengthPrefixed.TryTake(ref rest, out ReadOnlySpan<byte> value))
        {
            string what = packet.Code == ChapCode.Challenge ? "challenge" : "response";
            Append(text, what, $"len={value.Length}");
            Append(text, "name", PeerText.Clean(rest));
        }
    }

    private static void AppendControl(StringBuilder text, ushort protocol, in ControlPacket packet)
    {
        if (packet.Code is >= ControlPacket.ConfReq and <= ControlPacket.ConfRej)
        {
            ReadOnlySpan<byte> rest = packet.Data;
            for (int left = OptionNegotiation.MaxOptions; left > 0; left--)
            {
                if (!ConfigureOption.TryTake(ref rest, out ConfigureOption option))
                {
                    break;
                }

                AppendOption(text, protocol, option);
            }
        }
        else if (packet.Code == ControlPacket.TermReq && !packet.Data.IsEmpty)
        {
            Append(text, "message", PeerText.Clean(packet.Data));
        }
        else if (packet.Code == ControlPacket.ProtRej && packet.Data.Length >= 2)
        {
            Append(text, "protocol", "0x" + Convert.ToHexStringLower(packet.Data[..2]));
        }
        else if (packet.Code is >= ControlPacket.EchoReq and <= ControlPacket.TimeRem && packet.Data.Length >= 4)
        {
            Append(text, "magic", "0x" + Convert.ToHexStringLower(packet.Data[..4]));
        }
    }

    private static void AppendOption(StringBuilder text, ushort protocol, in ConfigureOption option)
    {
        ReadOnlySpan<byte> data = option.Data;
        switch (protocol, option.Type, data.Length)
        {
            case (PppFrame.Lcp, LcpOptionType.Mru, 2):
                Append(text, "mru", Number(data));
                break;
            case (PppFrame.Lcp, LcpOptionType.Mrru, 2):
                Append(text, "mrru", Number(data));
                break;
            case (PppFrame.Lcp, LcpOptionType.Accm, 4):
                Append(text, "asyncmap", "0x" + Convert.ToHexStringLower(data));
                break;
            case (PppFrame.Lcp, LcpOptionType.Magic, 4):
                Append(text, "magic", "0x" + Convert.ToHexStringLower(data));
                break;
            case (PppFrame.Lcp, LcpOptionType.Authentication, >= 2):
                Append(text, "auth", AuthenticationOption.Describe(data));
                break;
            case (PppFrame.Lcp, LcpOptionType.Pfc, 0):
                Append(text, "pcomp", "");
                break;
            case (PppFrame.Lcp, LcpOptionType.Acfc, 0):
                Append(text, "accomp", "");
                break;
            case (PppFrame.Lcp, LcpOptionType.Ssnhf, 0):
                Append(text, "ssnhf", "");
                break;
            case (PppFrame.Lcp, LcpOptionType.Callback, _):
                Append(text, "callback", "0x" + Convert.ToHexStringLower(data));
                break;
            case (PppFrame.Lcp, LcpOptionType.EndpointDiscriminator, _):
                Append(text, "endpoint", "0x" + Convert.ToHexStringLower(data));
                break;
            case (PppFrame.Ipcp, IpcpOptionType.Compression, 4) when data is [0x00, 0x2D, _, _]:
                Append(text, "compress", "VJ");
                break;
            case (PppFrame.Ipcp, IpcpOptionType.Address, 4):
                Append(text, "addr", new IPAddress(data).ToString());
                break;
            case (PppFrame.Ipcp, IpcpOptionType.PrimaryDns or IpcpOptionType.SecondaryDns, 4):
                Append(text, "ms-dns", new IPAddress(data).ToString());
                break;
            case (PppFrame.Ipcp, IpcpOptionType.PrimaryNbns or IpcpOptionType.SecondaryNbns, 4):
                Append(text, "ms-wins", new IPAddress(data).ToString());
                break;
            case (PppFrame.Ipv6cp, Ipv6cpOptions.InterfaceIdentifier, 8):
                Append(text, "interface-identifier", Convert.ToHexStringLower(data));
                break;
            default:
                Append(text, $"option {option.Type}", Convert.ToHexStringLower(data));
                break;
        }
    }

    private static string Number(ReadOnlySpan<byte> data) =>
        BinaryPrimitives.ReadUInt16BigEndian(data).ToString(CultureInfo.InvariantCulture);

    private static void Append(StringBuilder text, string name, string value)
    {
        text.Append("\n    <").Append(name);
        if (value.Length > 0)
        {
            text.Append(' ').Append(value);
        }

        text.Append('>');
    }
}
