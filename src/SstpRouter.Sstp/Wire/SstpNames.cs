namespace SstpRouter.Sstp.Wire;

/// <summary>The specification's names for numbers, and the number itself where it has none.</summary>
internal static class SstpNames
{
    public static string Of(SstpMessageType type) => type switch
    {
        SstpMessageType.CallConnectRequest => "CALL_CONNECT_REQUEST",
        SstpMessageType.CallConnectAck => "CALL_CONNECT_ACK",
        SstpMessageType.CallConnectNak => "CALL_CONNECT_NAK",
        SstpMessageType.CallConnected => "CALL_CONNECTED",
        SstpMessageType.CallAbort => "CALL_ABORT",
        SstpMessageType.CallDisconnect => "CALL_DISCONNECT",
        SstpMessageType.CallDisconnectAck => "CALL_DISCONNECT_ACK",
        SstpMessageType.EchoRequest => "ECHO_REQUEST",
        SstpMessageType.EchoResponse => "ECHO_RESPONSE",
        _ => $"message 0x{(ushort)type:x4}",
    };

    public static string Of(SstpAttributeId id) => id switch
    {
        SstpAttributeId.NoError => "NO_ERROR",
        SstpAttributeId.EncapsulatedProtocolId => "ENCAPSULATED_PROTOCOL_ID",
        SstpAttributeId.StatusInfo => "STATUS_INFO",
        SstpAttributeId.CryptoBinding => "CRYPTO_BINDING",
        SstpAttributeId.CryptoBindingRequest => "CRYPTO_BINDING_REQ",
        _ => $"attribute {(byte)id}",
    };

    public static string Of(SstpStatus status) => status switch
    {
        SstpStatus.NoError => "0 NO_ERROR",
        SstpStatus.DuplicateAttribute => "1 DUPLICATE_ATTRIBUTE",
        SstpStatus.UnrecognizedAttribute => "2 UNRECOGNIZED_ATTRIBUTE",
        SstpStatus.InvalidAttributeValueLength => "3 INVALID_ATTRIB_VALUE_LENGTH",
        SstpStatus.ValueNotSupported => "4 VALUE_NOT_SUPPORTED",
        SstpStatus.UnacceptedFrameReceived => "5 UNACCEPTED_FRAME_RECEIVED",
        SstpStatus.RetryCountExceeded => "6 RETRY_COUNT_EXCEEDED",
        SstpStatus.InvalidFrameReceived => "7 INVALID_FRAME_RECEIVED",
        SstpStatus.NegotiationTimeout => "8 NEGOTIATION_TIMEOUT",
        SstpStatus.AttributeNotSupportedInMessage => "9 ATTRIB_NOT_SUPPORTED_IN_MSG",
        SstpStatus.RequiredAttributeMissing => "10 REQUIRED_ATTRIBUTE_MISSING",
        SstpStatus.StatusInfoNotSupportedInMessage => "11 STATUS_INFO_NOT_SUPPORTED_IN_MSG",
        _ => $"{(uint)status}",
    };

    public static string Of(SstpHashes hashes) => hashes switch
    {
        SstpHashes.None => "none",
        SstpHashes.Sha1 => "sha1",
        SstpHashes.Sha256 => "sha256",
        SstpHashes.Sha1 | SstpHashes.Sha256 => "sha1,sha256",
        _ => $"0x{(byte)hashes:x2}",
    };
}
