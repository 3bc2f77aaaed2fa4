using System.Security.Cryptography;
using SstpRouter.Sstp.Calls;
using SstpRouter.Sstp.Wire;

namespace SstpRouter.Sstp;

/// <summary>The crypto binding: proof that the ends of TLS are the ends of PPP's authentication ([MS-SSTP] 3.2.5.2).
/// </summary>
public static class SstpCryptoBinding
{
    /// <summary>Bytes of the higher-layer authentication key (HLAK).</summary>
    public const int HlakLength = 32;

    /// <summary>Bytes of the nonce.</summary>
    public const int NonceLength = 32;

    /// <summary>Bytes of the certificate hash and compound MAC fields, whatever the hash ([MS-SSTP] 2.2.7).</summary>
    public const int HashFieldLength = 32;

    /// <summary>Bytes of a CALL_CONNECTED message ([MS-SSTP] 2.2.11).</summary>
    public const int CallConnectedLength = SstpPacket.ControlHeaderLength + SstpAttribute.HeaderLength
        + CryptoBinding.ValueLength;

    private const int HashOffset = SstpPacket.ControlHeaderLength + SstpAttribute.HeaderLength + 3; // [MS-SSTP] 2.2.7

    private const int MacOffset = SstpPacket.ControlHeaderLength + SstpAttribute.HeaderLength + CryptoBinding.MacOffset;

    // [MS-SSTP] 3.2.5.2.2, 3.2.5.2.4: no terminating zero.
    private static ReadOnlySpan<byte> Seed => "SSTP inner method derived CMK"u8;

    /// <summary>The bytes that a hash gives.</summary>
    /// <param name="hash">Exactly one hash.</param>
    /// <returns>20 or 32.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="hash"/> is not exactly one hash.</exception>
    public static int HashLength(SstpHashes hash) => hash switch
    {
        SstpHashes.Sha1 => SHA1.HashSizeInBytes,
        SstpHashes.Sha256 => SHA256.HashSizeInBytes,
        _ => throw new ArgumentOutOfRangeException(nameof(hash), hash, "exactly one hash is needed"),
    };

    /// <summary>Writes the certificate hash field: the hash of the certificate, padded with zeros. Without a
    /// certificate (anonymous TLS) all of it is zero.</summary>
    /// <param name="hash">Exactly one hash.</param>
    /// <param name="certificateDer">The leaf certificate, or nothing.</param>
    /// <param name="destination">At least <see cref="HashFieldLength"/> bytes.</param>
    public static void WriteCertificateHash(
        SstpHashes hash, ReadOnlySpan<byte> certificateDer, Span<byte> destination)
    {
        int length = HashLength(hash);
        destination[..HashFieldLength].Clear();
        if (certificateDer.IsEmpty)
        {
            return;
        }

        if (hash == SstpHashes.Sha1)
        {
            SHA1.HashData(certificateDer, destination[..length]);
        }
        else
        {
            SHA256.HashData(certificateDer, destination[..length]);
        }
    }

    /// <summary>Computes the compound MAC key (CMK).</summary>
    /// <param name="hash">Exactly one hash.</param>
    /// <param name="hlak">The key from PPP; a shorter one is padded with zeros, of a longer one the first 32 bytes
    /// count.</param>
    /// <param name="destination">At least <see cref="HashLength"/> bytes.</param>
    /// <returns>The bytes written.</returns>
    public static int ComputeMacKey(SstpHashes hash, ReadOnlySpan<byte> hlak, Span<byte> destination)
    {
        int length = HashLength(hash);
        Span<byte> key = stackalloc byte[HlakLength];
        WriteHlak(hlak, key);

        // [MS-SSTP] 3.2.5.2.2: one block of PRF+, over SEED | LEN (little endian) | 0x01.
        Span<byte> input = stackalloc byte[Seed.Length + 3];
        Seed.CopyTo(input);
        input[^3] = (byte)length;
        input[^2] = 0;
        input[^1] = 1;
        ComputeHmac(hash, key, input, destination[..length]);
        CryptographicOperations.ZeroMemory(key);
        return length;
    }

    /// <summary>Computes the compound MAC of a CALL_CONNECTED message, its own field taken as zero.</summary>
    /// <param name="hash">Exactly one hash.</param>
    /// <param name="macKey">The CMK.</param>
    /// <param name="callConnected">The message, <see cref="CallConnectedLength"/> bytes.</param>
    /// <param name="destination">At least <see cref="HashLength"/> bytes.</param>
    /// <returns>The bytes written.</returns>
    public static int ComputeMac(
        SstpHashes hash, ReadOnlySpan<byte> macKey, ReadOnlySpan<byte> callConnected, Span<byte> destination)
    {
        int length = HashLength(hash);
        Span<byte> message = stackalloc byte[CallConnectedLength];
        callConnected[..CallConnectedLength].CopyTo(message);
        message[MacOffset..].Clear();
        ComputeHmac(hash, macKey, message, destination[..length]);
        return length;
    }

    /// <summary>Builds the CALL_CONNECTED message that a client sends after authentication.</summary>
    /// <param name="hash">Exactly one hash.</param>
    /// <param name="nonce">The server's nonce, <see cref="NonceLength"/> bytes.</param>
    /// <param name="certificateDer">The leaf certificate that the server showed; nothing when TLS was
    /// anonymous.</param>
    /// <param name="hlak">The key from PPP, as for <see cref="ComputeMacKey"/>.</param>
    /// <returns>The message, <see cref="CallConnectedLength"/> bytes.</returns>
    public static byte[] CreateCallConnected(
        SstpHashes hash, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> certificateDer, ReadOnlySpan<byte> hlak)
    {
        Span<byte> certificateHash = stackalloc byte[HashFieldLength];
        WriteCertificateHash(hash, certificateDer, certificateHash);
        byte[] message = SstpMessages.CallConnected(hash, nonce, certificateHash);
        ComputeCompoundMac(hash, hlak, message, message.AsSpan(MacOffset));
        return message;
    }

    /// <summary>Checks a binding against everything the server knows ([MS-SSTP] 3.3.5.2.3). Once the
    /// hash is one we offered, every check runs, in constant time, whatever the others found.</summary>
    internal static SstpBindingVerdict Verify(
        ReadOnlySpan<byte> callConnected,
        in CryptoBinding binding,
        SstpHashes offered,
        ReadOnlySpan<byte> nonce,
        IReadOnlyList<byte[]> certificates,
        ReadOnlySpan<byte> hlak)
    {
        if (binding.Hash is not (SstpHashes.Sha1 or SstpHashes.Sha256) || !offered.HasFlag(binding.Hash))
        {
            return SstpBindingVerdict.HashNotOffered;
        }

        int length = HashLength(binding.Hash);
        Span<byte> mac = stackalloc byte[HashFieldLength];
        ComputeCompoundMac(binding.Hash, hlak, callConnected, mac);
        bool nonceMatches = CryptographicOperations.FixedTimeEquals(nonce, binding.Nonce);
        bool certificateMatches = MatchesAny(binding.Hash, certificates, binding.CertificateHash[..length]);
        bool macMatches = CryptographicOperations.FixedTimeEquals(mac[..length], binding.CompoundMac[..length]);
        return !nonceMatches ? SstpBindingVerdict.WrongNonce
            : !certificateMatches ? SstpBindingVerdict.WrongCertificate
            : !macMatches ? SstpBindingVerdict.WrongMac
            : SstpBindingVerdict.Valid;
    }

    /// <summary>Whether a packet is a message of exactly one attribute, a crypto binding of the right length: the only
    /// form in which a compound MAC can be right, since the MAC is over all of it.</summary>
    internal static bool IsCallConnected(ReadOnlySpan<byte> packet)
    {
        var message = SstpMessage.Of(packet);
        return message is { Type: SstpMessageType.CallConnected, AttributeCount: 1, IsWellFormed: true }
            && packet.Length == CallConnectedLength
            && message.Body[1] == (byte)SstpAttributeId.CryptoBinding;
    }

    /// <summary>Puts the compound MAC of another key into a CALL_CONNECTED message whose MAC is right for the first
    /// key, and zeros into any other one.</summary>
    internal static void ChangeKey(Span<byte> callConnected, byte[]? hlak, ReadOnlySpan<byte> otherHlak)
    {
        Span<byte> field = callConnected.Slice(MacOffset, HashFieldLength);
        Span<byte> received = stackalloc byte[HashFieldLength];
        field.CopyTo(received);
        field.Clear();
        var hash = (SstpHashes)callConnected[HashOffset];
        if (hlak is null || hash is not (SstpHashes.Sha1 or SstpHashes.Sha256))
        {
            return;
        }

        int length = HashLength(hash);
        Span<byte> mac = stackalloc byte[HashFieldLength];
        ComputeCompoundMac(hash, hlak, callConnected, mac);
        if (CryptographicOperations.FixedTimeEquals(mac[..length], received[..length]))
        {
            ComputeCompoundMac(hash, otherHlak, callConnected, field);
        }
    }

    /// <summary>Brings a key to 32 bytes: zeros at the end of a shorter one, the first 32 bytes of a longer
    /// one.</summary>
    internal static void WriteHlak(ReadOnlySpan<byte> hlak, Span<byte> destination)
    {
        destination[..HlakLength].Clear();
        hlak[..Math.Min(hlak.Length, HlakLength)].CopyTo(destination);
    }

    private static bool MatchesAny(
        SstpHashes hash, IReadOnlyList<byte[]> certificates, ReadOnlySpan<byte> received)
    {
        Span<byte> expected = stackalloc byte[HashFieldLength];
        bool matches = false;
        for (int i = 0; i < Math.Max(certificates.Count, 1); i++)
        {
            WriteCertificateHash(hash, certificates.Count == 0 ? [] : certificates[i], expected);
            matches |= CryptographicOperations.FixedTimeEquals(expected[..received.Length], received);
        }

        return matches;
    }

    private static void ComputeCompoundMac(
        SstpHashes hash, ReadOnlySpan<byte> hlak, ReadOnlySpan<byte> callConnected, Span<byte> destination)
    {
        Span<byte> macKey = stackalloc byte[HashFieldLength];
        int length = ComputeMacKey(hash, hlak, macKey);
        ComputeMac(hash, macKey[..length], callConnected, destination);
        CryptographicOperations.ZeroMemory(macKey);
    }

    private static void ComputeHmac(
        SstpHashes hash, ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, Span<byte> destination)
    {
        if (hash == SstpHashes.Sha1)
        {
            HMACSHA1.HashData(key, message, destination);
        }
        else
        {
            HMACSHA256.HashData(key, message, destination);
        }
    }
}
