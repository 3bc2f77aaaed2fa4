namespace SstpRouter.Sstp.Wire;

/// <summary>The attributes ([MS-SSTP] 2.2.4).</summary>
internal enum SstpAttributeId : byte
{
    NoError = 0,
    EncapsulatedProtocolId = 1,
    StatusInfo = 2,
    CryptoBinding = 3,
    CryptoBindingRequest = 4,
}
