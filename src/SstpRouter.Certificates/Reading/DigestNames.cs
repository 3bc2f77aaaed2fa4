using System.Security.Cryptography;

namespace SstpRouter.Certificates.Reading;

/// <summary>The digests of signature algorithms (RFC 3279 2.2, RFC 4055 5, RFC 5758 3.2).</summary>
internal static class DigestNames
{
    /// <summary><c>digest-algorithm</c> of a signature's object identifier; empty for one that names none or is not known.</summary>
    public static string Of(string algorithm) => algorithm switch
    {
        "1.2.840.113549.1.1.4" => "md5",
        "1.2.840.113549.1.1.5" or "1.2.840.10045.4.1" or "1.2.840.10040.4.3" => "sha1",
        "1.2.840.113549.1.1.11" or "1.2.840.10045.4.3.2" => "sha256",
        "1.2.840.113549.1.1.12" or "1.2.840.10045.4.3.3" => "sha384",
        "1.2.840.113549.1.1.13" or "1.2.840.10045.4.3.4" => "sha512",
        _ => "",
    };

    /// <summary>The digest of an RSA (PKCS#1) or EC signature that is still trusted; null for any other.</summary>
    public static HashAlgorithmName? HashOf(string algorithm) => Of(algorithm) switch
    {
        "sha1" => HashAlgorithmName.SHA1,
        "sha256" => HashAlgorithmName.SHA256,
        "sha384" => HashAlgorithmName.SHA384,
        "sha512" => HashAlgorithmName.SHA512,
        _ => null,
    };
}
