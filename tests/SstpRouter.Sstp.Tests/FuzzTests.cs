using System.Text;
using SstpRouter.Fuzzing;
using SstpRouter.Sstp.Http;
using SstpRouter.Sstp.Tests.Support;
using SstpRouter.Sstp.Wire;

namespace SstpRouter.Sstp.Tests;

/// <summary>Each decoder of the room over mutated inputs.</summary>
public sealed class FuzzTests
{
    private static readonly byte[][] Heads =
    [
        Packets.HttpRequest, Packets.HttpOk,
        Encoding.ASCII.GetBytes("\r\nGET http://a/sra_%7BBA195980-CD49-458b-9E23-C84EE0ADCD75%7D/?tenantid=x HTTP/1.0\r\nHost: a\r\n folded: b\r\n\r\n"),
        Encoding.ASCII.GetBytes("HTTP/1.1 404 Not Found\nServer: x\n\n"),
    ];

    private static readonly byte[][] Messages =
    [
        Packets.Request, Packets.Ack(), Packets.Nak, Packets.CallConnected, Packets.CallConnectedSha1, Packets.Abort(3, 4), Packets.Disconnect,
        Packets.DisconnectAck, Packets.EchoRequest, Packets.EchoResponse,
        Packets.Hex("1001001C 0003 0002 0002000C 000001 01 00000004 00010008 00020003"),
    ];

    [Fact]
    public void Http_head() => Fuzz.Run("http-head", Heads, input =>
    {
        var head = new HttpHeadReader();
        ReadOnlySpan<byte> rest = input;
        HttpHeadProgress progress = head.Read(ref rest);
        Assert.True(progress != HttpHeadProgress.Incomplete || rest.IsEmpty);
        Assert.InRange(head.LineCount, 0, HttpHeadReader.MaximumLines);
        if (progress == HttpHeadProgress.Complete)
        {
            Assert.InRange((int)HttpRequest.Judge(head), 200, 505);
            Assert.True(!HttpReply.TryReadStatus(head, out int status) || status is >= 100 and <= 999);
            Assert.DoesNotContain(PeerText.Quote(head.Line(0)) + PeerText.Quote(head.Header("Host")), char.IsControl);
        }
    });

    [Fact]
    public void Packet() => Fuzz.Run("sstp-packet", [.. Messages, Packets.Data(Packets.LcpFrame), Packets.Data([])], input =>
    {
        ReadOnlySpan<byte> stream = input;
        while (SstpPacket.TryParse(stream, out _, out ReadOnlySpan<byte> packet))
        {
            Assert.InRange(packet.Length, SstpPacket.DataHeaderLength, SstpPacket.MaximumLength);
            stream = stream[packet.Length..];
        }
    });

    [Fact]
    public void Message() => Fuzz.Run("sstp-message", Messages, input =>
    {
        if (!SstpPacket.TryParse(input, out bool isControl, out ReadOnlySpan<byte> packet) || !isControl)
        {
            return;
        }

        var message = SstpMessage.Of(packet);
        StatusInfo.ReadFirst(message)?.ToString();
        ConnectRequestCheck.Refuse(message);
        if (message.IsWellFormed)
        {
            var builder = new SstpMessageBuilder(message.Type);
            foreach (SstpAttribute attribute in message)
            {
                Assert.True(builder.TryAdd(attribute.Id, attribute.Value));
            }

            // The same but for reserved bits, which are not kept.
            var again = SstpMessage.Of(builder.ToPacket());
            Assert.True(again.IsWellFormed);
            Assert.Equal(message.AttributeCount, again.AttributeCount);
            Assert.Equal(packet.Length, again.Packet.Length);
        }
    });

    [Fact]
    public void Binding() => Fuzz.Run(
        "crypto-binding",
        [Packets.CallConnected[12..], Packets.CallConnectedSha1[12..], Packets.Ack()[12..], Packets.Abort(3, 4)[12..]],
        input =>
        {
            if (CryptoBinding.TryRead(input, out CryptoBinding binding))
            {
                Assert.Equal(SstpCryptoBinding.NonceLength, binding.Nonce.Length);
                Span<byte> again = stackalloc byte[CryptoBinding.ValueLength];
                CryptoBinding.Write(again, binding.Hash, binding.Nonce, binding.CertificateHash);
                binding.CompoundMac.CopyTo(again[CryptoBinding.MacOffset..]);
                Assert.True(again[3..].SequenceEqual(input.AsSpan(3)));
                SstpCryptoBinding.Verify(Packets.CallConnected, binding, SstpHashes.Sha1 | SstpHashes.Sha256, Packets.Nonce, [Packets.Certificate], Packets.Hlak);
            }

            if (CryptoBindingRequest.TryRead(input, out CryptoBindingRequest request))
            {
                Span<byte> again = stackalloc byte[CryptoBindingRequest.ValueLength];
                CryptoBindingRequest.Write(again, request.Hashes, request.Nonce);
                Assert.True(again[3..].SequenceEqual(input.AsSpan(3)));
            }

            if (StatusInfo.TryRead(input, out StatusInfo info))
            {
                Assert.InRange(info.ToString().Length, 1, 100);
            }
        });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Call(bool server) => Fuzz.Run(
        server ? "sstp-server-call" : "sstp-client-call",
        server
            ?
            [
                Packets.Concat(Packets.HttpRequest, Packets.Request, Packets.Data(Packets.LcpFrame), Packets.CallConnected, Packets.Data(Packets.Ipv4Frame), Packets.EchoRequest, Packets.Disconnect),
                Packets.Concat(Packets.HttpRequest, Packets.Request, Packets.CallConnectedSha1, Packets.Data(Packets.LcpFrame), Packets.Abort(2, 7)),
                Packets.Concat(Packets.HttpRequest, Packets.Request, Packets.Nak, Packets.Abort(2, 7)),
            ]
            :
            [
                Packets.Concat(Packets.HttpOk, Packets.Ack(), Packets.Data(Packets.LcpFrame), Packets.Data(Packets.Ipv4Frame), Packets.EchoRequest, Packets.Disconnect),
                Packets.Concat(Packets.HttpOk, Packets.Nak, Packets.Nak, Packets.Ack(1), Packets.Abort(2, 7)),
            ],
        input =>
        {
            Conversation call = server ? Conversation.Server() : Conversation.Client();
            call.AuthenticatesByFrame = true;
            call.Start();
            Assert.InRange(call.Receive(input).Length, 0, 2 * SstpCall.MaximumWaitingOutputs);
            if (call.Deadline is { } deadline)
            {
                call.At(deadline);
            }
        },
        memory: 1024 * 1024);
}
