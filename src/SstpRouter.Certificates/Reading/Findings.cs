using SstpRouter.Certificates.Keys;

namespace SstpRouter.Certificates.Reading;

/// <summary>What was found in one file so far.</summary>
/// <param name="passphrase">What opens encrypted elements, or null.</param>
internal sealed class Findings(string? passphrase)
{
    private readonly List<(byte[] Der, CertificateDescription Description)> _certificates = [];
    private readonly List<PrivateKey> _keys = [];
    private int _decryptionFailures;
    private int _keysDecrypted;

    /// <summary>True while nothing was found, not even what could not be decrypted.</summary>
    public bool IsEmpty => _certificates.Count == 0 && _keys.Count == 0 && _decryptionFailures == 0;

    /// <summary>Adds a certificate unless the same one is there.</summary>
    /// <exception cref="ImportError">It is damaged.</exception>
    public void AddCertificate(byte[] der)
    {
        var description = CertificateDescription.Of(der);
        if (_certificates.TrueForAll(c => c.Description.Fingerprint != description.Fingerprint))
        {
            _certificates.Add((der, description));
        }
    }

    /// <summary>Adds a key unless the same one is there.</summary>
    public void AddKey(PrivateKey key)
    {
        if (_keys.TrueForAll(k => !k.PublicKey.AsSpan().SequenceEqual(key.PublicKey)))
        {
            _keys.Add(key);
        }
    }

    /// <summary>Opens and adds a key, or counts that it did not open.</summary>
    public void AddEncrypted(Func<byte[], string, byte[]?> open, byte[] encrypted, Func<byte[], PrivateKey> read)
    {
        if (passphrase is not null && open(encrypted, passphrase) is { } key)
        {
            AddKey(read(key));
            _keysDecrypted++;
        }
        else
        {
            _decryptionFailures++;
        }
    }

    /// <summary>Opens a PKCS#12 file and adds what it holds, or counts that it did not open.</summary>
    public void AddPkcs12(byte[] file)
    {
        if (Pkcs12File.Open(file, passphrase) is not var (certificates, keys))
        {
            _decryptionFailures++;
            return;
        }

        foreach (byte[] der in certificates)
        {
            AddCertificate(der);
        }

        keys.ToList().ForEach(AddKey);
        _keysDecrypted += keys.Count;
    }

    /// <summary>Brings keys and certificates together, those of the file first.</summary>
    public ImportResult Match(IEnumerable<StoredCertificate> stored)
    {
        var completed = new List<StoredCertificate>();
        var used = new HashSet<PrivateKey>(ReferenceEqualityComparer.Instance);
        List<StoredCertificate> certificates =
            [.. _certificates.Select(c => new StoredCertificate(c.Der, Take(c.Description.PublicKey)?.Pkcs8))];

        if (used.Count < _keys.Count)
        {
            foreach (StoredCertificate candidate in stored.Where(s => s.PrivateKeyPkcs8 is null))
            {
                if (Take(CertificateDescription.Of(candidate.Der).PublicKey) is { } key)
                {
                    completed.Add(candidate with { PrivateKeyPkcs8 = key.Pkcs8 });
                }
            }
        }

        return new ImportResult
        {
            Certificates = certificates,
            Completed = completed,
            UnmatchedKeys = [.. _keys.Where(k => !used.Contains(k)).Select(k => k.Pkcs8)],
            DecryptionFailures = _decryptionFailures,
            KeysDecrypted = _keysDecrypted,
        };

        // A key may serve several certificates: an old and a renewed one.
        PrivateKey? Take(byte[] publicKey)
        {
            PrivateKey? key = _keys.Find(k => k.PublicKey.AsSpan().SequenceEqual(publicKey));
            if (key is not null)
            {
                used.Add(key);
            }

            return key;
        }
    }
}
