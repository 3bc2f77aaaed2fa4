using System.Globalization;
using System.Security.Cryptography;
using SstpRouter.Certificates.Keys;
using SstpRouter.Certificates.Reading;

namespace SstpRouter.Certificates;

/// <summary>Reads certificate and key files: what <c>/certificate import</c> does.</summary>
/// <remarks>A file is taken whole or not at all. It may be PEM with any number of certificates and keys (PKCS#8, encrypted or not, PKCS#1, SEC 1), one
/// of those as DER, or PKCS#12.</remarks>
public static class CertificateImport
{
    /// <summary>The largest file that is read, in bytes: room for some thousand certificates.</summary>
    public const int LargestFile = 4 * 1024 * 1024;

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its content.</param>
    /// <param name="passphrase">What opens its encrypted elements, or null; a wrong one is counted, not thrown.</param>
    /// <param name="stored">The certificates that are stored already: a key may come after its certificate.</param>
    /// <exception cref="ImportError">The file is damaged or holds nothing that can be imported; the text says what was found and where.</exception>
    public static ImportResult Read(ReadOnlySpan<byte> file, string? passphrase, IEnumerable<StoredCertificate>? stored = null)
    {
        if (file.Length > LargestFile)
        {
            throw new ImportError(string.Create(CultureInfo.InvariantCulture, $"the file is larger than {LargestFile} bytes"));
        }

        var findings = new Findings(passphrase);
        if (PemFile.IsPem(file))
        {
            foreach (PemBlock block in PemFile.Read(file))
            {
                Locate($"line {block.Line}: {block.Label}", () => TakePem(block, findings));
            }
        }
        else
        {
            byte[] der = file.ToArray();
            DerKind kind = DerElement.KindOf(der);
            Locate(NameOf(kind), () => TakeDer(kind, der, findings));
        }

        return findings.IsEmpty
            ? throw new ImportError("the file holds no certificate and no private key")
            : findings.Match(stored ?? []);
    }

    private static void TakePem(PemBlock block, Findings findings)
    {
        switch (block.Label)
        {
            case "CERTIFICATE" or "X509 CERTIFICATE":
                findings.AddCertificate(block.Content);
                break;
            case "TRUSTED CERTIFICATE":
                throw new CryptographicException("OpenSSL's own form; convert it with: openssl x509 -in FILE -out FILE.crt");
            case "PRIVATE KEY":
                findings.AddKey(PrivateKey.FromPkcs8(block.Content));
                break;
            case "ENCRYPTED PRIVATE KEY":
                findings.AddEncrypted(EncryptedPkcs8.Open, block.Content, PrivateKey.FromPkcs8);
                break;
            case "RSA PRIVATE KEY" or "EC PRIVATE KEY":
                Func<byte[], PrivateKey> read = block.Label[0] == 'R' ? PrivateKey.FromRsa : PrivateKey.FromEc;
                if (EncryptedPem.IsEncrypted(block))
                {
                    findings.AddEncrypted((_, passphrase) => EncryptedPem.Open(block, passphrase), block.Content, read);
                }
                else
                {
                    findings.AddKey(read(block.Content));
                }

                break;
            case "EC PARAMETERS" or "DH PARAMETERS" or "PUBLIC KEY":
                break; // OpenSSL puts them beside a key; the key says the same.
            default:
                throw new CryptographicException("cannot be imported; certificates and private keys can");
        }
    }

    private static void TakeDer(DerKind kind, byte[] der, Findings findings)
    {
        if (kind != DerKind.Unknown && !DerElement.IsWhole(der))
        {
            throw new CryptographicException("it is cut short, or something follows it");
        }

        switch (kind)
        {
            case DerKind.Certificate:
                findings.AddCertificate(der);
                break;
            case DerKind.Pkcs8:
                findings.AddKey(PrivateKey.FromPkcs8(der));
                break;
            case DerKind.EncryptedPkcs8:
                findings.AddEncrypted(EncryptedPkcs8.Open, der, PrivateKey.FromPkcs8);
                break;
            case DerKind.RsaKey:
                findings.AddKey(PrivateKey.FromRsa(der));
                break;
            case DerKind.EcKey:
                findings.AddKey(PrivateKey.FromEc(der));
                break;
            case DerKind.Pkcs12:
                findings.AddPkcs12(der);
                break;
            default:
                throw new CryptographicException("neither PEM, DER nor PKCS#12");
        }
    }

    private static void Locate(string place, Action take)
    {
        try
        {
            take();
        }
        catch (Exception e) when (e is CryptographicException or ImportError or NotSupportedException or ArgumentException)
        {
            // The framework refuses a curve or a cipher that the system's OpenSSL lacks as not supported.
            throw new ImportError(place + ": " + e.Message, e);
        }
    }

    private static string NameOf(DerKind kind) => kind switch
    {
        DerKind.Certificate => "DER certificate",
        DerKind.Pkcs8 or DerKind.EncryptedPkcs8 => "DER private key (PKCS#8)",
        DerKind.RsaKey => "DER private key (PKCS#1)",
        DerKind.EcKey => "DER private key (SEC 1)",
        DerKind.Pkcs12 => "PKCS#12",
        _ => "unknown file",
    };
}
