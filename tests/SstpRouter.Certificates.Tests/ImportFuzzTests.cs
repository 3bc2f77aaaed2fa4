using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SstpRouter.Certificates.Keys;
using SstpRouter.Certificates.Reading;
using SstpRouter.Fuzzing;

namespace SstpRouter.Certificates.Tests;

/// <summary>Files that are no certificates, over mutated ones that are.</summary>
public sealed class ImportFuzzTests
{
    private const string Passphrase = "secret";

    // One round: the work of a key derivation is not what is looked for.
    private static readonly PbeParameters Quick = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1);
    private static readonly PbeParameters OldQuick = new(PbeEncryptionAlgorithm.TripleDes3KeyPkcs12, HashAlgorithmName.SHA1, 1);

    private static readonly X509Certificate2 Certificate = TestCertificates.Leaf(
        "CN=hq, O=\u00E4", TestCertificates.Authority("root"), new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true), Names());

    private static readonly ECDsa Key = Certificate.GetECDsaPrivateKey()!;

    private static readonly byte[][] Pems =
    [
        Ascii(Certificate.ExportCertificatePem() + "\n" + Key.ExportPkcs8PrivateKeyPem() + "\n"),
        Ascii(Key.ExportECPrivateKeyPem()),
        Ascii("text\n-----BEGIN RSA PRIVATE KEY-----\r\nProc-Type: 4,ENCRYPTED\r\nDEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF\r\n\r\nAAAAAAAAAAAAAAAAAAAAAA==\r\n-----END RSA PRIVATE KEY-----\r\n"),
        Ascii(Key.ExportEncryptedPkcs8PrivateKeyPem(Passphrase, Quick)),
    ];

    private static readonly byte[][] Ders =
    [
        Certificate.RawData, Key.ExportPkcs8PrivateKey(), Key.ExportECPrivateKey(), Key.ExportEncryptedPkcs8PrivateKey(Passphrase, Quick),
    ];

    [Fact]
    public void Pem() => Fuzz.Run("import-pem", Pems, input => Import(input, null), memory: 512 * 1024);

    [Fact]
    public void Pem_with_a_passphrase() => Fuzz.Run("import-pem-encrypted", [Pems[2]], input => Import(input, Passphrase), memory: 512 * 1024);

    [Fact]
    public void Der() => Fuzz.Run("import-der", Ders, input => Import(input, null), memory: 512 * 1024);

    [Fact]
    public void Kind_of_der() => Fuzz.Run("der-kind", Ders, input =>
    {
        DerElement.KindOf(input);
        DerElement.IsWhole(input);
    });

    [Fact]
    public void Encrypted_key() => Fuzz.Run(
        "pkcs8-encrypted",
        [Key.ExportEncryptedPkcs8PrivateKey(Passphrase, Quick)],
        input =>
        {
            if (Rounds(input) > 1_000)
            {
                return; // allowed, and slow by intent
            }

            try
            {
                EncryptedPkcs8.Open(input, Passphrase);
            }
            catch (CryptographicException)
            {
                // what it is documented to say of a damaged one
            }
        },
        memory: 512 * 1024);

    [Fact]
    public void Pkcs12() => Fuzz.Run("import-pkcs12", [Certificate.ExportPkcs12(Quick, Passphrase), Certificate.ExportPkcs12(OldQuick, Passphrase)], input => Import(input, Passphrase), memory: 1024 * 1024);

    private static void Import(byte[] input, string? passphrase)
    {
        try
        {
            CertificateImport.Read(input, passphrase);
        }
        catch (ImportError error)
        {
            Assert.InRange(error.Message.Length, 5, 2_000);
        }
    }

    private static int Rounds(byte[] der)
    {
        try
        {
            AsnReader scheme = new AsnReader(der, AsnEncodingRules.BER).ReadSequence().ReadSequence();
            scheme.ReadObjectIdentifier();
            AsnReader derivation = scheme.ReadSequence();
            derivation = derivation.PeekTag() == Asn1Tag.Sequence ? derivation.ReadSequence() : derivation;
            if (derivation.PeekTag() == Asn1Tag.ObjectIdentifier)
            {
                derivation.ReadObjectIdentifier();
                derivation = derivation.ReadSequence();
            }

            derivation.ReadOctetString();
            return derivation.TryReadInt32(out int rounds) ? rounds : int.MaxValue;
        }
        catch (AsnContentException)
        {
            return 0;
        }
    }

    private static X509Extension Names()
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("hq.example.com");
        names.AddIpAddress(System.Net.IPAddress.Parse("192.0.2.1"));
        return names.Build();
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
