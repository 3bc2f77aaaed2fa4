namespace SstpRouter.Sstp.Calls;

/// <summary>What the check of a crypto binding found. The peer is told the same whichever check failed.</summary>
internal enum SstpBindingVerdict
{
    Valid,
    HashNotOffered,
    WrongNonce,
    WrongCertificate,
    WrongMac,
}
