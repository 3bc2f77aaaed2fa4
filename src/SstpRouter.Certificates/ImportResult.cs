namespace SstpRouter.Certificates;

/// <summary>What a file held, and the numbers that <c>/certificate import</c> prints.</summary>
public sealed class ImportResult
{
    /// <summary>The certificates of the file in its order, each once, with the private keys that belong to them.</summary>
    public required IReadOnlyList<StoredCertificate> Certificates { get; init; }

    /// <summary>Certificates that were stored before and whose private key came with this file; each carries it now.</summary>
    public required IReadOnlyList<StoredCertificate> Completed { get; init; }

    /// <summary>The private keys of the file that belong to no certificate, PKCS#8; they are not kept.</summary>
    public required IReadOnlyList<byte[]> UnmatchedKeys { get; init; }

    /// <summary><c>decryption-failures</c>: encrypted elements that the passphrase does not open.</summary>
    public required int DecryptionFailures { get; init; }

    /// <summary><c>keys-decrypted</c>: encrypted keys that the passphrase opened.</summary>
    public required int KeysDecrypted { get; init; }

    /// <summary><c>certificates-imported</c>.</summary>
    public int CertificatesImported => Certificates.Count;

    /// <summary><c>private-keys-imported</c>: keys that found their certificate, in the file or stored.</summary>
    public int PrivateKeysImported => Completed.Count + Certificates.Count(c => c.PrivateKeyPkcs8 is not null);

    /// <summary><c>files-imported</c>: 1 if anything was taken from the file, else 0.</summary>
    public int FilesImported => CertificatesImported + PrivateKeysImported > 0 ? 1 : 0;

    /// <summary><c>keys-with-no-certificate</c>.</summary>
    public int KeysWithNoCertificate => UnmatchedKeys.Count;
}
