namespace SstpRouter.Sstp.Wire;

/// <summary>The status codes ([MS-SSTP] 2.2.8).</summary>
internal enum SstpStatus : uint
{
    NoError = 0,
    DuplicateAttribute = 1,
    UnrecognizedAttribute = 2,
    InvalidAttributeValueLength = 3,
    ValueNotSupported = 4,
    UnacceptedFrameReceived = 5,
    RetryCountExceeded = 6,
    InvalidFrameReceived = 7,
    NegotiationTimeout = 8,
    AttributeNotSupportedInMessage = 9,
    RequiredAttributeMissing = 0xA,
    StatusInfoNotSupportedInMessage = 0xB,
}
