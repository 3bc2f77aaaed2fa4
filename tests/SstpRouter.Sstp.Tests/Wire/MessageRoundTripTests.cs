using FsCheck;
using FsCheck.Fluent;
using SstpRouter.Sstp.Tests.Support;
using SstpRouter.Sstp.Wire;

namespace SstpRouter.Sstp.Tests.Wire;

public class MessageRoundTripTests
{
    private static readonly Gen<(byte Id, byte[] Value)> AnyAttribute =
        from id in Gen.Choose(0, 255)
        from length in Gen.Choose(0, 120)
        from value in Gen.ArrayOf(Gen.Choose(0, 255).Select(part => (byte)part), length)
        select ((byte)id, value);

    private static readonly Gen<(ushort Type, (byte Id, byte[] Value)[] Attributes)> AnyMessage =
        from type in Gen.Choose(1, 9)
        from count in Gen.Choose(0, 12)
        from attributes in Gen.ArrayOf(AnyAttribute, count)
        select ((ushort)type, attributes);

    [Fact]
    public void Every_message_survives_a_round_trip_with_attributes_nobody_knows() =>
        Prop.ForAll(AnyMessage.ToArbitrary(), SurvivesRoundTrip).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_cut_of_a_message_is_malformed_and_reads_no_further_than_its_end() =>
        Prop.ForAll(AnyMessage.ToArbitrary(), CutsAreMalformed).QuickCheckThrowOnFailure();

    [Fact]
    public void The_nine_messages_are_those_of_the_specification()
    {
        Assert.Equal(Packets.Request, SstpMessages.CallConnectRequest());
        Assert.Equal(Packets.Ack(), SstpMessages.CallConnectAck(SstpHashes.Sha1 | SstpHashes.Sha256, Packets.Nonce));
        Assert.Equal(
            Packets.CallConnected[..80],
            SstpMessages.CallConnected(SstpHashes.Sha256, Packets.Nonce, Packets.CallConnected.AsSpan(48, 32))[..80]);
        Assert.Equal(
            Packets.Abort(3, 4),
            SstpMessages.CallAbort(new StatusInfo(SstpAttributeId.CryptoBinding, SstpStatus.ValueNotSupported)));
        Assert.Equal(Packets.Disconnect, SstpMessages.CallDisconnect());
        Assert.Equal(Packets.DisconnectAck, SstpMessages.Bare(SstpMessageType.CallDisconnectAck));
        Assert.Equal(Packets.EchoRequest, SstpMessages.Bare(SstpMessageType.EchoRequest));
        Assert.Equal(Packets.EchoResponse, SstpMessages.Bare(SstpMessageType.EchoResponse));
        var nak = new SstpMessageBuilder(SstpMessageType.CallConnectNak);
        var status = new StatusInfo(SstpAttributeId.EncapsulatedProtocolId, SstpStatus.ValueNotSupported);
        Assert.True(status.TryAddTo(nak, [0, 2]));
        Assert.Equal(Packets.Nak, nak.ToPacket());
    }

    [Fact]
    public void Typed_values_read_back_what_was_written()
    {
        Assert.True(CryptoBinding.TryRead(Packets.CallConnected.AsSpan(12), out CryptoBinding binding));
        Assert.Equal(SstpHashes.Sha256, binding.Hash);
        Assert.Equal(Packets.Nonce, binding.Nonce.ToArray());
        Assert.Equal(Packets.CallConnected[48..80], binding.CertificateHash.ToArray());
        Assert.Equal(Packets.CallConnected[80..], binding.CompoundMac.ToArray());

        Assert.True(CryptoBindingRequest.TryRead(Packets.Ack(0xF3).AsSpan(12), out CryptoBindingRequest request));
        Assert.Equal((SstpHashes)0xF3, request.Hashes);
        Assert.Equal(Packets.Nonce, request.Nonce.ToArray());

        Assert.True(StatusInfo.TryRead(Packets.Abort(3, 4).AsSpan(12), out StatusInfo status));
        Assert.Equal(new StatusInfo(SstpAttributeId.CryptoBinding, SstpStatus.ValueNotSupported), status);
        Assert.False(StatusInfo.TryRead(new byte[7], out _));
    }

    [Fact]
    public void A_message_takes_no_more_than_a_packet_holds()
    {
        var message = new SstpMessageBuilder(SstpMessageType.EchoRequest);

        Assert.True(message.TryAdd(SstpAttributeId.StatusInfo, new byte[4_083]));
        Assert.False(message.TryAdd(SstpAttributeId.StatusInfo, []));
        Assert.Equal(4_095, message.ToPacket().Length);
    }

    private static bool SurvivesRoundTrip((ushort Type, (byte Id, byte[] Value)[] Attributes) given)
    {
        SstpMessage message = SstpMessage.Of(Build(given));
        bool same = message.IsWellFormed
            && (ushort)message.Type == given.Type
            && message.AttributeCount == given.Attributes.Length;
        var rebuilt = new SstpMessageBuilder(message.Type);
        int index = 0;
        foreach (SstpAttribute attribute in message)
        {
            same &= (byte)attribute.Id == given.Attributes[index].Id
                && attribute.Value.SequenceEqual(given.Attributes[index].Value)
                && rebuilt.TryAdd(attribute.Id, attribute.Value);
            index++;
        }

        return same && index == given.Attributes.Length && message.Packet.SequenceEqual(rebuilt.ToPacket());
    }

    private static bool CutsAreMalformed((ushort Type, (byte Id, byte[] Value)[] Attributes) given)
    {
        byte[] packet = Build(given);
        for (int length = SstpPacket.ControlHeaderLength; length < packet.Length; length++)
        {
            SstpMessage cut = SstpMessage.Of(packet.AsSpan(0, length));
            if (cut.IsWellFormed)
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] Build((ushort Type, (byte Id, byte[] Value)[] Attributes) given)
    {
        var builder = new SstpMessageBuilder((SstpMessageType)given.Type);
        foreach ((byte id, byte[] value) in given.Attributes)
        {
            Assert.True(builder.TryAdd((SstpAttributeId)id, value));
        }

        return builder.ToPacket();
    }
}
