using System.Buffers.Binary;

namespace SstpRouter.Sstp.Wire;

/// <summary>The nine messages as this end sends them: each with the one attribute that every peer can read.</summary>
internal static class SstpMessages
{
    /// <summary>SSTP_ENCAPSULATED_PROTOCOL_PPP, the only value ([MS-SSTP] 2.2.5).</summary>
    public const ushort EncapsulatedProtocolPpp = 1;

    /// <summary>[MS-SSTP] 2.2.9.</summary>
    public static byte[] CallConnectRequest()
    {
        Span<byte> value = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(value, EncapsulatedProtocolPpp);
        return WithOne(SstpMessageType.CallConnectRequest, SstpAttributeId.EncapsulatedProtocolId, value);
    }

    /// <summary>[MS-SSTP] 2.2.10.</summary>
    public static byte[] CallConnectAck(SstpHashes offered, ReadOnlySpan<byte> nonce)
    {
        Span<byte> value = stackalloc byte[CryptoBindingRequest.ValueLength];
        CryptoBindingRequest.Write(value, offered, nonce);
        return WithOne(SstpMessageType.CallConnectAck, SstpAttributeId.CryptoBindingRequest, value);
    }

    /// <summary>[MS-SSTP] 2.2.11, with a compound MAC of zeros.</summary>
    public static byte[] CallConnected(SstpHashes hash, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> certificateHash)
    {
        Span<byte> value = stackalloc byte[CryptoBinding.ValueLength];
        CryptoBinding.Write(value, hash, nonce, certificateHash);
        return WithOne(SstpMessageType.CallConnected, SstpAttributeId.CryptoBinding, value);
    }

    /// <summary>[MS-SSTP] 2.2.13. Status Info may be left out, but there are peers that cannot read an abort without
    /// it.</summary>
    public static byte[] CallAbort(StatusInfo status) => WithStatus(SstpMessageType.CallAbort, status);

    /// <summary>[MS-SSTP] 2.2.14, with Status Info for the same reason.</summary>
    public static byte[] CallDisconnect() =>
        WithStatus(SstpMessageType.CallDisconnect, new StatusInfo(SstpAttributeId.NoError, SstpStatus.NoError));

    /// <summary>[MS-SSTP] 2.2.15.</summary>
    public static byte[] Bare(SstpMessageType type) => new SstpMessageBuilder(type).ToPacket();

    private static byte[] WithStatus(SstpMessageType type, StatusInfo status)
    {
        var message = new SstpMessageBuilder(type);
        status.TryAddTo(message);
        return message.ToPacket();
    }

    private static byte[] WithOne(SstpMessageType type, SstpAttributeId id, ReadOnlySpan<byte> value)
    {
        var message = new SstpMessageBuilder(type);
        message.TryAdd(id, value);
        return message.ToPacket();
    }
}
