namespace SstpRouter.Certificates.Reading;

/// <summary>The object identifiers that reading needs, by their own names.</summary>
internal static class Oids
{
    public const string RsaEncryption = "1.2.840.113549.1.1.1";  // RFC 8017 A.1
    public const string RsaPss = "1.2.840.113549.1.1.10";        // RFC 8017 A.2.3
    public const string Dsa = "1.2.840.10040.4.1";               // RFC 3279 2.3.2
    public const string EcPublicKey = "1.2.840.10045.2.1";       // RFC 5480 2.1.1
    public const string Ed25519 = "1.3.101.112";                 // RFC 8410 3
    public const string Ed448 = "1.3.101.113";

    public const string Pbes2 = "1.2.840.113549.1.5.13";         // RFC 8018 A.4
    public const string Pbkdf2 = "1.2.840.113549.1.5.12";        // RFC 8018 A.2
    public const string HmacSha1 = "1.2.840.113549.2.7";         // RFC 8018 B.1
    public const string HmacSha256 = "1.2.840.113549.2.9";
    public const string HmacSha384 = "1.2.840.113549.2.10";
    public const string HmacSha512 = "1.2.840.113549.2.11";
    public const string Aes128Cbc = "2.16.840.1.101.3.4.1.2";    // RFC 3565 4.1
    public const string Aes192Cbc = "2.16.840.1.101.3.4.1.22";
    public const string Aes256Cbc = "2.16.840.1.101.3.4.1.42";
    public const string TripleDesCbc = "1.2.840.113549.3.7";     // RFC 8018 B.2.2

    public const string Data = "1.2.840.113549.1.7.1";           // RFC 5652 4
    public const string EncryptedData = "1.2.840.113549.1.7.6";  // RFC 5652 8
    public const string ShroudedKeyBag = "1.2.840.113549.1.12.10.1.2"; // RFC 7292 4.2.2
    public const string CertificateBag = "1.2.840.113549.1.12.10.1.3"; // RFC 7292 4.2.3
    public const string X509Certificate = "1.2.840.113549.1.9.22.1";
    public const string LocalKeyId = "1.2.840.113549.1.9.21";    // RFC 2985 5.5.2
    public const string Sha256 = "2.16.840.1.101.3.4.2.1";
    public const string ExtensionRequest = "1.2.840.113549.1.9.14"; // RFC 2985 5.4.2
    public const string ChallengePassword = "1.2.840.113549.1.9.7"; // RFC 2985 5.4.1

    public const string SubjectKeyIdentifier = "2.5.29.14";      // RFC 5280 4.2.1
    public const string KeyUsage = "2.5.29.15";
    public const string SubjectAltName = "2.5.29.17";
    public const string BasicConstraints = "2.5.29.19";
    public const string CrlNumber = "2.5.29.20";
    public const string CrlDistributionPoints = "2.5.29.31";
    public const string AuthorityKeyIdentifier = "2.5.29.35";
    public const string ExtendedKeyUsage = "2.5.29.37";
}
