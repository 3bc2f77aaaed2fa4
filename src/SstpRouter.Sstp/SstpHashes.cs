namespace SstpRouter.Sstp;

/// <summary>The hash protocols of the crypto binding, as the bitmask of [MS-SSTP] 2.2.6 carries them.</summary>
[Flags]
public enum SstpHashes : byte
{
    /// <summary>No hash.</summary>
    None = 0,

    /// <summary>SHA-1 (CERT_HASH_PROTOCOL_SHA1).</summary>
    Sha1 = 1,

    /// <summary>SHA-256 (CERT_HASH_PROTOCOL_SHA256).</summary>
    Sha256 = 2,
}
