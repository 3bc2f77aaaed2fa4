using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using SstpRouter.Certificates.Files;

namespace SstpRouter.Certificates;

/// <summary>The certificates of a router on disk: one PEM file each, the private key beside its certificate.</summary>
/// <remarks>One file holds both so that one rename replaces both: after a power cut a key never stands beside another key's certificate. Files are 0600, the
/// directory is 0700. Calls may come from any thread; two writers of one key are the caller's to order.</remarks>
public sealed class CertificateDirectory
{
    private const string Suffix = ".pem";
    private const int LongestKey = 100;
    private static readonly SearchValues<char> KeyAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly string _directory;

    /// <summary>Opens the directory, made where it is missing.</summary>
    /// <param name="directory">Its path, <c>STATE/certificates</c>.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public CertificateDirectory(string directory)
    {
        _directory = directory;
        PrivateFiles.MakeDirectory(directory);
    }

    /// <summary>The keys of what is stored, in ordinal order.</summary>
    public IReadOnlyList<string> Keys =>
    [
        .. Directory.EnumerateFiles(_directory, "*" + Suffix)
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(IsKey)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The certificate of that key, or null where there is none.</summary>
    /// <param name="key">1 to 100 letters, digits, <c>-</c> and <c>_</c>.</param>
    /// <exception cref="ImportError">The file is damaged; the text names it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public StoredCertificate? Load(string key)
    {
        string path = PathOf(key);
        byte[] file;
        try
        {
            file = File.ReadAllBytes(path);
        }
        catch (FileNotFoundException)
        {
            return null;
        }

        try
        {
            return CertificateImport.Read(file, passphrase: null) is { Certificates: [StoredCertificate certificate], UnmatchedKeys: [], DecryptionFailures: 0 }
                ? certificate
                : throw new ImportError("it holds something else than one certificate and its key");
        }
        catch (ImportError e)
        {
            throw new ImportError($"certificate file {path} is damaged: {e.Message}", e);
        }
    }

    /// <summary>Stores a certificate, durably and whole: after a power cut either the old or the new one is there.</summary>
    /// <param name="key">1 to 100 letters, digits, <c>-</c> and <c>_</c>.</param>
    /// <param name="certificate">What to store.</param>
    /// <exception cref="IOException">It could not be written; what was there stays.</exception>
    public void Save(string key, StoredCertificate certificate)
    {
        var text = new StringBuilder(PemEncoding.WriteString("CERTIFICATE", certificate.Der)).Append('\n');
        if (certificate.PrivateKeyPkcs8 is { } privateKey)
        {
            text.Append(PemEncoding.Write("PRIVATE KEY", privateKey)).Append('\n');
        }

        PrivateFiles.Replace(PathOf(key), Encoding.ASCII.GetBytes(text.ToString()));
    }

    /// <summary>Removes a certificate and its key; nothing happens where there is none.</summary>
    /// <param name="key">1 to 100 letters, digits, <c>-</c> and <c>_</c>.</param>
    /// <exception cref="IOException">It could not be removed.</exception>
    public void Remove(string key) => PrivateFiles.Remove(PathOf(key));

    private static bool IsKey(string key) =>
        key.Length is > 0 and <= LongestKey && key.AsSpan().IndexOfAnyExcept(KeyAlphabet) < 0;

    private string PathOf(string key) => IsKey(key)
        ? Path.Combine(_directory, key + Suffix)
        : throw new ArgumentException($"a certificate's key is 1 to {LongestKey} letters, digits, - and _", nameof(key));
}
