using System.Net;
using System.Text;
using SstpRouter.Fuzzing;
using SstpRouter.Ppp.Authentication;
using SstpRouter.Ppp.Link;
using SstpRouter.Ppp.Negotiation;
using SstpRouter.Ppp.Network;
using SstpRouter.Ppp.Session;

namespace SstpRouter.Ppp.Tests;

/// <summary>Each decoder of the room over mutated inputs.</summary>
public sealed class DecoderFuzzTests
{
    private static readonly PppSessionOptions Options = new() { Role = PppRole.Server, UserName = "User", Password = "clientPass" };

    // ConfReq, ConfNak and ConfRej with the identifier of our first request, and the other codes.
    private static readonly byte[][] LcpPackets =
    [
        Bytes("01 00 0015 0104 0FFB 0506 1A2B3C4D 0702 0802 0D03 06"),
        Bytes("01 01 0013 0104 05DC 0305 C22381 0506 11111111"),
        Bytes("01 02 000C 0304 C023 0304 C227"),
        Bytes("01 03 0017 0206 00000000 1104 064E 1202 1307 03 01020304"),
        Bytes("03 01 0009 0305 C22305"), Bytes("03 01 000E 0104 0578 0506 00000001"), Bytes("04 01 000A 0506 11111111"),
        Bytes("05 01 000A 627965 000D0A"), Bytes("06 01 0004"), Bytes("07 01 0008 0E010004"), Bytes("02 01 0004"),
    ];

    private static readonly byte[][] IpcpPackets =
    [
        Bytes("01 00 0022 0306 00000000 8106 00000000 8206 00000000 8306 00000000 8406 00000000"),
        Bytes("01 01 0010 0206 002D0F01 0306 0A000001"), Bytes("01 02 000E 010A 0A000001 0A000002"),
        Bytes("03 01 0016 0306 0A000063 8106 0A000001 8306 0A000001"), Bytes("04 01 0010 8206 00000000 8406 00000000"), Bytes("05 01 0004"),
    ];

    private static readonly byte[][] Ipv6cpPackets =
    [
        Bytes("01 00 000E 010A 0200000000000001"), Bytes("03 01 000E 010A 0200000000000002"), Bytes("04 01 000E 010A 0200000000000003"), Bytes("01 01 0008 0204 004F"),
    ];

    private static readonly byte[][] PapPackets =
    [
        Bytes("01 01 0014 04 55736572 0A 636C69656E7450617373"), Bytes("02 01 000D 08 4C6F67696E206F6B"), Bytes("02 01 0004"), Bytes("03 01 0009 04 6E6F0A21"),
    ];

    private static readonly byte[][] ChapPackets =
    [
        Bytes("01 01 0017 10 5B5D7C7D7B3F2F3E3C2C602132262628 7372"), Bytes("01 01 000F 08 102DB5DF085D3041 7372"),
        Bytes("02 01 0019 10 5D96C9BC8BEC9E7E2EFB139B407D9F76 55736572"),
        Bytes("02 01 003A 31 21402324255E262A28295F2B3A337C7E 0000000000000000 82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF 00 55736572"),
        [.. Bytes("03 01 0038"), .. Encoding.ASCII.GetBytes("S=407A5589115FD0D6209F510FE9C04566932CDA56 M=Welcome")],
        [.. Bytes("04 01 0044"), .. Encoding.ASCII.GetBytes("E=691 R=1 C=00112233445566778899AABBCCDDEEFF V=3 M=wrong password")],
        Bytes("07 02 000A 000000000000"),
    ];

    [Fact]
    public void Frame() => Fuzz.Run("ppp-frame", [Bytes("FF03 C021 01010004"), Bytes("C021 01010004"), Bytes("21 45"), Bytes("FF03 0021 45")], input =>
    {
        if (PppFrame.TryParse(input, out ushort protocol, out int offset))
        {
            Assert.True(offset is >= 1 and <= 4 && offset <= input.Length);
            Span<byte> header = stackalloc byte[PppFrame.HeaderLength];
            PppFrame.WriteHeader(header, protocol);
            Assert.True(PppFrame.TryParse(header, out ushort again, out int end) && again == protocol && end == PppFrame.HeaderLength);
        }
    });

    [Fact]
    public void Packet() => Fuzz.Run("control-packet", LcpPackets, input =>
    {
        if (ControlPacket.TryParse(input, out ControlPacket packet))
        {
            byte[] again = ControlPacket.BuildFrame(PppFrame.Lcp, packet.Code, packet.Identifier, packet.Data);
            Assert.True(again.AsSpan(PppFrame.HeaderLength).SequenceEqual(packet.Whole));
        }
    });

    [Fact]
    public void List_of_options() => Fuzz.Run("configure-options", [.. LcpPackets.Select(p => p[4..])], input =>
    {
        bool isList = ConfigureOption.IsList(input, out int count);
        var writer = new OptionWriter();
        ReadOnlySpan<byte> rest = input;
        while (ConfigureOption.TryTake(ref rest, out ConfigureOption option))
        {
            writer.Add(option.Type, option.Data);
            count--;
        }

        Assert.Equal(0, count);
        Assert.True(writer.Written.SequenceEqual(input.AsSpan(0, input.Length - rest.Length)));
        Assert.Equal(isList, rest.IsEmpty);
    });

    [Theory]
    [InlineData("lcp-server")]
    [InlineData("lcp-client")]
    [InlineData("ipcp-server")]
    [InlineData("ipcp-client")]
    [InlineData("ipv6cp")]
    public void Negotiation(string target) => Fuzz.Run(
        target,
        target[..3] == "lcp" ? LcpPackets : target == "ipv6cp" ? Ipv6cpPackets : IpcpPackets,
        input =>
        {
            var layer = new Layer();
            OptionNegotiation negotiation = Negotiate(target, layer);
            negotiation.Open(0);
            negotiation.Up(0);
            for (int i = 0; i < 3; i++)
            {
                if (ControlPacket.TryParse(input, out ControlPacket packet))
                {
                    negotiation.Receive(packet, i);
                }
            }

            Assert.InRange(layer.Sent, 1, 10);
            Assert.True(negotiation.NextDeadline > 0);
        });

    [Theory]
    [InlineData("pap-server", PppAuthenticationMethods.Pap)]
    [InlineData("chap-md5-server", PppAuthenticationMethods.Chap)]
    [InlineData("mschap1-server", PppAuthenticationMethods.MsChap1)]
    [InlineData("mschap2-server", PppAuthenticationMethods.MsChap2)]
    public void Server(string target, object method) => Fuzz.Run(
        target,
        (PppAuthenticationMethods)method == PppAuthenticationMethods.Pap ? PapPackets : ChapPackets,
        input =>
        {
            var layer = new Layer();
            AuthenticationServer server = (PppAuthenticationMethods)method == PppAuthenticationMethods.Pap
                ? new PapServer(layer)
                : new ChapServer((PppAuthenticationMethods)method, [], 1, Fill, layer);
            server.Start(0);
            Hear(server, input);
            if (server.Pending is { } attempt)
            {
                Assert.InRange(attempt.UserName.Length, 0, input.Length);
                server.Deny(691, null, 0);
            }

            Hear(server, input);
            Assert.InRange(layer.Sent, 0, 4);
        });

    [Theory]
    [InlineData("pap-client", PppAuthenticationMethods.Pap)]
    [InlineData("chap-md5-client", PppAuthenticationMethods.Chap)]
    [InlineData("mschap1-client", PppAuthenticationMethods.MsChap1)]
    [InlineData("mschap2-client", PppAuthenticationMethods.MsChap2)]
    public void Client(string target, object method) => Fuzz.Run(
        target,
        (PppAuthenticationMethods)method == PppAuthenticationMethods.Pap ? PapPackets : ChapPackets,
        input =>
        {
            var layer = new Layer();
            byte[] name = Encoding.UTF8.GetBytes("User");
            IAuthenticator client = (PppAuthenticationMethods)method == PppAuthenticationMethods.Pap
                ? new PapClient(name, name, layer)
                : new ChapClient((PppAuthenticationMethods)method, name, "clientPass", Fill, layer);
            client.Start(0);
            Hear(client, input);

            // Whatever a server says, none that has not seen our response is believed.
            Assert.True(layer.Succeeded == 0 || (PppAuthenticationMethods)method == PppAuthenticationMethods.Pap);
            Hear(client, input);
            Assert.InRange(layer.Sent, 0, 4);
        });

    [Fact]
    public void Failure() => Fuzz.Run("chap-failure", [.. ChapPackets.Select(p => p[4..]), Encoding.ASCII.GetBytes("E=648"), Encoding.ASCII.GetBytes("R=0 E=691 M=")], input =>
    {
        var failure = ChapFailure.Parse(input);
        Assert.InRange(failure.Text.Length, 1, 800);
        Assert.DoesNotContain(failure.Text, char.IsControl);
    });

    [Fact]
    public void Length_prefixed() => Fuzz.Run("length-prefixed", [Bytes("04 55736572 0A 636C69656E7450617373"), Bytes("00"), Bytes("01 61 01")], input =>
    {
        ReadOnlySpan<byte> rest = input;
        if (LengthPrefixed.TryTake(ref rest, out ReadOnlySpan<byte> field))
        {
            Assert.True(LengthPrefixed.Join(field, rest).AsSpan().SequenceEqual(input));
        }
    });

    [Fact]
    public void Authentication_option() => Fuzz.Run("authentication-option", [Bytes("C023"), Bytes("C22305"), Bytes("C22381"), Bytes("C227")], input =>
    {
        PppAuthenticationMethods method = AuthenticationOption.Decode(input);
        Assert.True(method == PppAuthenticationMethods.None || AuthenticationOption.Encode(method).SequenceEqual(input));
        Assert.InRange(AuthenticationOption.Describe(input).Length, 2, 30);
    });

    [Theory]
    [InlineData("trace-of-lcp", PppFrame.Lcp)]
    [InlineData("trace-of-ipcp", PppFrame.Ipcp)]
    [InlineData("trace-of-pap", PppFrame.Pap)]
    [InlineData("trace-of-chap", PppFrame.Chap)]
    public void Trace(string target, ushort protocol) => Fuzz.Run(
        target,
        protocol switch
        {
            PppFrame.Lcp => LcpPackets,
            PppFrame.Ipcp => IpcpPackets,
            PppFrame.Pap => PapPackets,
            _ => ChapPackets,
        },
        input =>
        {
            string text = PacketText.Describe("rcvd", protocol, input);
            Assert.InRange(text.Length, 1, 40 + (4 * input.Length) + (30 * OptionNegotiation.MaxOptions) + (9 * PeerText.MaximumLength));
            Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n');
        },
        memory: 256 * 1024);

    [Fact]
    public void Peer_text() => Fuzz.Run("peer-text", [Encoding.UTF8.GetBytes("Büro\0\u001B[2J\u202E\u2028"), Bytes("FF FE C3 28 F0 9F 98")], input =>
    {
        string text = PeerText.Clean(input);
        Assert.InRange(text.Length, 0, (9 * PeerText.MaximumLength) + 3);
        Assert.DoesNotContain(text, c => char.IsControl(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator);
    });

    private static OptionNegotiation Negotiate(string target, Layer layer)
    {
        var grant = new PppGrant
        {
            Proof = new PppAuthenticationProof(new(PppAuthenticationMethods.Pap, 1, [], [], []), new byte[Hlak.Length], ""),
            DnsServers = [IPAddress.Parse("10.0.0.1")],
        };
        return target switch
        {
            "lcp-server" => new OptionNegotiation(PppFrame.Lcp, new LcpOptions(Options, Fill), layer),
            "lcp-client" => new OptionNegotiation(PppFrame.Lcp, new LcpOptions(Options with { Role = PppRole.Client }, Fill), layer),
            "ipcp-server" => new OptionNegotiation(
                PppFrame.Ipcp, new IpcpServerOptions(IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.99"), grant), layer),
            "ipcp-client" => new OptionNegotiation(PppFrame.Ipcp, new IpcpClientOptions(requestServers: true), layer),
            _ => new OptionNegotiation(PppFrame.Ipv6cp, new Ipv6cpOptions(null, Fill), layer),
        };
    }

    private static void Hear(IAuthenticator authenticator, byte[] input)
    {
        if (ControlPacket.TryParse(input, out ControlPacket packet))
        {
            authenticator.Receive(packet, 0);
        }
    }

    private static void Fill(Span<byte> bytes) => bytes.Fill(0x11);

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private sealed class Layer : INegotiationLayer, IAuthenticationLayer
    {
        public int PeerMru => 1500;

        public int Sent { get; private set; }

        public int Succeeded { get; private set; }

        public void Send(ushort protocol, byte code, byte identifier, ReadOnlySpan<byte> data)
        {
            Sent++;
            Assert.InRange(data.Length, 0, PeerMru);
        }

        public bool MayReject(long now) => true;

        public void Ask(PppAuthenticationAttempt attempt, long now)
        {
        }

        public void LayerUp(OptionNegotiation negotiation, long now)
        {
        }

        public void LayerDown(OptionNegotiation negotiation, long now)
        {
        }

        public void LayerFinished(OptionNegotiation negotiation, FinishCause cause, string? detail, long now)
        {
        }

        public void TerminateRequested(OptionNegotiation negotiation, ReadOnlySpan<byte> data, long now) => PeerText.Clean(data);

        public void Failed(string text, long now) => Assert.DoesNotContain(text, char.IsControl);

        void IAuthenticationLayer.Succeeded(PppAuthentication result, long now) => Succeeded++;
    }
}
