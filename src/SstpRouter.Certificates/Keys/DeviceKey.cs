using System.Security.Cryptography;
using System.Text;

namespace SstpRouter.Certificates;

/// <summary>Where the key comes from that protects private keys on the disk.</summary>
public interface IDeviceKeySource
{
    /// <summary>What it is called in words for the user.</summary>
    string Name { get; }

    /// <summary>The key's octets, 16 or more, or null where the device has none.</summary>
    /// <exception cref="IOException">It cannot be read, or is not what it should be; the text says which.</exception>
    byte[]? Read();
}

/// <summary>A device key in a file: one that only root reads, or what the kernel shows of a chip's fuses (<c>/sys/bus/nvmem/devices/...</c>).</summary>
/// <param name="path">The file; without it the device has no key.</param>
/// <param name="isRequired">True where the user named it, so that its absence is a mistake.</param>
public sealed class DeviceKeyFile(string path, bool isRequired = false) : IDeviceKeySource
{
    private const int Shortest = 16;
    private const int Longest = 4096;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <inheritdoc/>
    public string Name => path;

    /// <inheritdoc/>
    public byte[]? Read()
    {
        if (!File.Exists(path))
        {
            return isRequired ? throw new IOException($"there is no device key {path}") : null;
        }

        // Modes of sysfs are the kernel's own.
        if (!path.StartsWith("/sys/", StringComparison.Ordinal) && (File.GetUnixFileMode(path) & Others) != 0)
        {
            throw new IOException($"device key {path} can be read by others: chmod 600 {path}");
        }

        byte[] key = new byte[Longest];
        int length;
        try
        {
            using FileStream file = File.OpenRead(path);
            length = file.ReadAtLeast(key, Longest, throwOnEndOfStream: false);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"device key {path} cannot be read: {e.Message}", e);
        }

        // Fuses that were never blown read as one octet over and over: everybody's key.
        if (length < Shortest || key.AsSpan(0, length).IndexOfAnyExcept(key[0]) < 0)
        {
            CryptographicOperations.ZeroMemory(key);
            throw new IOException($"device key {path} holds no key: it needs {Shortest} octets or more that are not all the same");
        }

        byte[] exact = key[..length];
        CryptographicOperations.ZeroMemory(key);
        return exact;
    }
}

/// <summary>Encrypts private keys for the disk with the device's key: AES-256-GCM (SP 800-38D), the certificate as associated data.</summary>
internal sealed class DeviceKey
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int KeySize = 32;
    private static readonly byte[] Purpose = Encoding.ASCII.GetBytes("sstp-router private keys");

    private readonly byte[] _key;

    private DeviceKey(byte[] key) => _key = key;

    /// <summary>The key of a source, or null where it has none.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static DeviceKey? From(IDeviceKeySource? source)
    {
        if (source?.Read() is not { } octets)
        {
            return null;
        }

        // The octets may be of any length and serve others too.
        byte[] key = HKDF.DeriveKey(HashAlgorithmName.SHA256, octets, KeySize, info: Purpose);
        CryptographicOperations.ZeroMemory(octets);
        return new DeviceKey(key);
    }

    /// <summary>Nonce, tag and cipher text of a private key that belongs to a certificate.</summary>
    public byte[] Seal(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> certificate)
    {
        byte[] sealedKey = new byte[NonceSize + TagSize + privateKey.Length];
        Span<byte> nonce = sealedKey.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(nonce, privateKey, sealedKey.AsSpan(NonceSize + TagSize), sealedKey.AsSpan(NonceSize, TagSize), certificate);
        return sealedKey;
    }

    /// <summary>The private key, or null where it was sealed with another device's key, for another certificate, or is damaged.</summary>
    public byte[]? Open(ReadOnlySpan<byte> sealedKey, ReadOnlySpan<byte> certificate)
    {
        if (sealedKey.Length <= NonceSize + TagSize)
        {
            return null;
        }

        byte[] privateKey = new byte[sealedKey.Length - NonceSize - TagSize];
        try
        {
            using var aes = new AesGcm(_key, TagSize);
            aes.Decrypt(sealedKey[..NonceSize], sealedKey[(NonceSize + TagSize)..], sealedKey.Slice(NonceSize, TagSize), privateKey, certificate);
            return privateKey;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
