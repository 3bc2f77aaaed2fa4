using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using SstpRouter.Certificates.Files;
using SstpRouter.Certificates.Reading;

namespace SstpRouter.Certificates;

/// <summary>The certificates of a router on disk: one PEM file each, the private key beside its certificate; and revocation lists.</summary>
/// <remarks>One file holds both so that one rename replaces both: after a power cut a key never stands beside another key's certificate. Files are 0600, the
/// directory is 0700. Where the device has a key, private keys are encrypted with it; what was stored before it had one is encrypted at the next start.
/// Calls may come from any thread; two writers of one key are the caller's to order.</remarks>
public sealed class CertificateDirectory
{
    private const string Suffix = ".pem";
    private const string ListSuffix = ".crl";
    private const string KeySuffix = ".key";
    private const string SealedLabel = "SSTP ROUTER SEALED PRIVATE KEY";
    private const int LongestKey = 100;
    private static readonly SearchValues<char> KeyAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly string _directory;
    private readonly DeviceKey? _deviceKey;
    private readonly string? _deviceKeyName;

    /// <summary>Opens the directory, made where it is missing.</summary>
    /// <param name="directory">Its path, <c>STATE/certificates</c>.</param>
    /// <param name="deviceKey">Where the device's key comes from; null: private keys are protected by the files' mode alone.</param>
    /// <exception cref="IOException">It cannot be made, or the device's key cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public CertificateDirectory(string directory, IDeviceKeySource? deviceKey = null)
    {
        _directory = directory;
        _deviceKeyName = deviceKey?.Name;
        _deviceKey = DeviceKey.From(deviceKey);
        PrivateFiles.MakeDirectory(directory);
        if (_deviceKey is not null)
        {
            SealAll();
        }
    }

    /// <summary>True where private keys are encrypted with the device's key.</summary>
    public bool IsSealed => _deviceKey is not null;

    /// <summary>Its path, for what else is kept beside certificates.</summary>
    public string Location => _directory;

    /// <summary>The keys of what is stored, in ordinal order.</summary>
    public IReadOnlyList<string> Keys => KeysOf(Suffix);

    /// <summary>The certificate of that key, or null where there is none.</summary>
    /// <param name="key">1 to 100 letters, digits, <c>-</c> and <c>_</c>.</param>
    /// <exception cref="ImportError">The file is damaged, or encrypted with a device's key that is not here; the text says which.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public StoredCertificate? Load(string key)
    {
        string path = PathOf(key, Suffix);
        if (ReadOrNull(path) is not { } file)
        {
            return null;
        }

        try
        {
            return Read(file);
        }
        catch (ImportError e)
        {
            throw new ImportError($"certificate file {path} is damaged: {e.Message}", e);
        }
        catch (CryptographicException e)
        {
            throw new ImportError($"certificate file {path}: {e.Message}", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(file);
        }
    }

    /// <summary>Stores a certificate, durably and whole: after a power cut either the old or the new one is there.</summary>
    /// <param name="key">1 to 100 letters, digits, <c>-</c> and <c>_</c>.</param>
    /// <param name="certificate">What to store.</param>
    /// <exception cref="IOException">It could not be written; what was there stays.</exception>
    public void Save(string key, StoredCertificate certificate)
    {
        // Characters that can be zeroed; text could not be.
        char[] head = PemEncoding.Write("CERTIFICATE", certificate.Der);
        char[] tail = certificate.PrivateKeyPkcs8 is not { } privateKey ? []
            : _deviceKey is null ? PemEncoding.Write("PRIVATE KEY", privateKey)
            : PemEncoding.Write(SealedLabel, _deviceKey.Seal(privateKey, certificate.Der));
        byte[] file = new byte[head.Length + tail.Length + (tail.Length > 0 ? 2 : 1)];
        Encoding.ASCII.GetBytes(head, file);
        file[head.Length] = (byte)'\n';
        if (tail.Length > 0)
        {
            Encoding.ASCII.GetBytes(tail, file.AsSpan(head.Length + 1));
            file[^1] = (byte)'\n';
        }

        PrivateFiles.Replace(PathOf(key, Suffix), file);
        CryptographicOperations.ZeroMemory(file);
        Array.Clear(tail);
    }

    /// <summary>Removes a certificate and its key; nothing happens where there is none.</summary>
    /// <param name="key">1 to 100 letters, digits, <c>-</c> and <c>_</c>.</param>
    /// <exception cref="IOException">It could not be removed.</exception>
    public void Remove(string key) => PrivateFiles.Remove(PathOf(key, Suffix));

    /// <summary>The private key that is stored by itself under that key, PKCS#8, or null where there is none.</summary>
    /// <param name="key">1 to 100 letters, digits, <c>-</c> and <c>_</c>.</param>
    /// <exception cref="ImportError">The file is damaged, or encrypted with a device's key that is not here; the text says which.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public byte[]? LoadKey(string key)
    {
        string path = PathOf(key, KeySuffix);
        if (ReadOrNull(path) is not { } file)
        {
            return null;
        }

        try
        {
            return PemFile.Read(file) switch
            {
                [{ Label: "PRIVATE KEY" } plain] => plain.Content,
                [{ Label: SealedLabel } sealedKey] => Open(sealedKey.Content, Encoding.ASCII.GetBytes(key)),
                _ => throw new ImportError("it holds something else than one private key"),
            };
        }
        catch (Exception e) when (e is ImportError or CryptographicException)
        {
            throw new ImportError($"key file {path}: {e.Message}", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(file);
        }
    }

    /// <summary>Stores a private key that belongs to no certificate, such as that of an account, durably and whole.</summary>
    /// <param name="key">1 to 100 letters, digits, <c>-</c> and <c>_</c>.</param>
    /// <param name="privateKey">The key, PKCS#8.</param>
    /// <exception cref="IOException">It could not be written; what was there stays.</exception>
    public void SaveKey(string key, ReadOnlySpan<byte> privateKey)
    {
        // Its own name takes the place of a certificate: sealed keys cannot be exchanged for each other.
        char[] pem = _deviceKey is null
            ? PemEncoding.Write("PRIVATE KEY", privateKey)
            : PemEncoding.Write(SealedLabel, _deviceKey.Seal(privateKey, Encoding.ASCII.GetBytes(key)));
        byte[] file = Encoding.ASCII.GetBytes(pem);
        PrivateFiles.Replace(PathOf(key, KeySuffix), file);
        CryptographicOperations.ZeroMemory(file);
        Array.Clear(pem);
    }

    /// <summary>The revocation list of that key, DER as it was stored, or null where there is none.</summary>
    /// <param name="key">1 to 100 letters, digits, <c>-</c> and <c>_</c>.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public byte[]? LoadList(string key) => ReadOrNull(PathOf(key, ListSuffix));

    /// <summary>Stores a revocation list, durably and whole.</summary>
    /// <param name="key">1 to 100 letters, digits, <c>-</c> and <c>_</c>.</param>
    /// <param name="list">The list, DER.</param>
    /// <exception cref="IOException">It could not be written; what was there stays.</exception>
    public void SaveList(string key, ReadOnlySpan<byte> list) => PrivateFiles.Replace(PathOf(key, ListSuffix), list);

    /// <summary>Removes a revocation list; nothing happens where there is none.</summary>
    /// <param name="key">1 to 100 letters, digits, <c>-</c> and <c>_</c>.</param>
    /// <exception cref="IOException">It could not be removed.</exception>
    public void RemoveList(string key) => PrivateFiles.Remove(PathOf(key, ListSuffix));

    private string[] KeysOf(string suffix) =>
    [
        .. Directory.EnumerateFiles(_directory, "*" + suffix)
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(IsKey)
            .Order(StringComparer.Ordinal),
    ];

    private StoredCertificate Read(byte[] file)
    {
        List<PemBlock> blocks = PemFile.Read(file);
        if (blocks is [{ Label: "CERTIFICATE" } certificate, { Label: SealedLabel } sealedKey])
        {
            _ = CertificateDescription.Of(certificate.Content);
            return new StoredCertificate(certificate.Content, Open(sealedKey.Content, certificate.Content));
        }

        return CertificateImport.Read(file, passphrase: null) is { Certificates: [StoredCertificate plain], UnmatchedKeys: [], DecryptionFailures: 0 }
            ? plain
            : throw new ImportError("it holds something else than one certificate and its key");
    }

    private byte[] Open(byte[] sealedKey, byte[] certificate)
    {
        if (_deviceKey is null)
        {
            throw new CryptographicException("its private key is encrypted with the device's key, and "
                + (_deviceKeyName is null ? "there is no device key" : $"there is no device key {_deviceKeyName}"));
        }

        return _deviceKey.Open(sealedKey, certificate)
            ?? throw new CryptographicException($"its private key does not open with device key {_deviceKeyName}: it belongs to another device, or the file is damaged");
    }

    private void SealAll()
    {
        foreach (string key in Keys.Where(k => IsPlain(PathOf(k, Suffix))))
        {
            Seal(() => Save(key, Load(key)!));
        }

        foreach (string key in KeysOf(KeySuffix).Where(k => IsPlain(PathOf(k, KeySuffix))))
        {
            Seal(() => SaveKey(key, LoadKey(key)!));
        }
    }

    private static void Seal(Action storeAgain)
    {
        try
        {
            storeAgain();
        }
        catch (ImportError)
        {
            return; // damaged: who loads it is told, and nothing is lost meanwhile
        }
    }

    private static bool IsPlain(string path)
    {
        byte[] file = ReadOrNull(path) ?? [];
        bool isPlain = file.AsSpan().IndexOf("-----BEGIN PRIVATE KEY-----"u8) >= 0;
        CryptographicOperations.ZeroMemory(file);
        return isPlain;
    }

    private static byte[]? ReadOrNull(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static bool IsKey(string key) =>
        key.Length is > 0 and <= LongestKey && key.AsSpan().IndexOfAnyExcept(KeyAlphabet) < 0;

    private string PathOf(string key, string suffix) => IsKey(key)
        ? Path.Combine(_directory, key + suffix)
        : throw new ArgumentException($"a certificate's key is 1 to {LongestKey} letters, digits, - and _", nameof(key));
}
