using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;

namespace SstpRouter.Lab.Tests.Scripted;

/// <summary>What a peer computes of a login and of the crypto binding. Written for the scripts, so that a mistake of the router's own
/// computation is not made twice; <see cref="PeerCryptoTests"/> holds it against the published vectors.</summary>
internal static class PeerCrypto
{
    public const byte Sha1Binding = 1; // [MS-SSTP] 2.2.7
    public const byte Sha256Binding = 2;

    private const int PaddedLength = 32; // [MS-SSTP] 2.2.7: a shorter hash is followed by zeros

    /// <summary>RFC 2759 8.1.</summary>
    public static byte[] NtResponse(byte[] challenge, byte[] peerChallenge, string user, string password)
    {
        byte[] eight = ChallengeHash(challenge, peerChallenge, user);
        byte[] key = [.. Md4(Encoding.Unicode.GetBytes(password)), 0, 0, 0, 0, 0];
        return [.. Des(key[..7], eight), .. Des(key[7..14], eight), .. Des(key[14..], eight)];
    }

    /// <summary>RFC 2759 8.7.</summary>
    public static byte[] Signature(byte[] challenge, byte[] peerChallenge, string user, string password)
    {
        byte[] inner = SHA1.HashData(
        [
            .. HashHash(password),
            .. NtResponse(challenge, peerChallenge, user, password),
            .. "Magic server to client signing constant"u8,
        ]);
        byte[] outer = SHA1.HashData(
            [.. inner, .. ChallengeHash(challenge, peerChallenge, user), .. "Pad to make it do more than one iteration"u8]);
        return Encoding.ASCII.GetBytes("S=" + Convert.ToHexString(outer));
    }

    /// <summary>The client's send and receive keys, RFC 3079 3.4: HLAK of MS-CHAPv2, [MS-SSTP] 3.2.5.2.</summary>
    public static byte[] Hlak(byte[] ntResponse, string password)
    {
        byte[] master = SHA1.HashData([.. HashHash(password), .. ntResponse, .. "This is the MPPE Master Key"u8])[..16];
        return
        [
            .. Key(master, "On the client side, this is the send key; on the server side, it is the receive key."),
            .. Key(master, "On the client side, this is the receive key; on the server side, it is the send key."),
        ];
    }

    /// <summary>The hash of a certificate as it stands in CALL_CONNECTED; without a certificate it is zero.</summary>
    public static byte[] CertificateHash(byte protocol, byte[]? certificate) => certificate is null
        ? new byte[PaddedLength]
        : Pad(protocol == Sha1Binding ? SHA1.HashData(certificate) : SHA256.HashData(certificate));

    /// <summary>The compound MAC as it stands in CALL_CONNECTED, [MS-SSTP] 3.2.5.2.2.</summary>
    public static byte[] Mac(byte protocol, byte[] hlak, byte[] nonce, byte[] certificateHash)
    {
        byte[] length = [(byte)(protocol == Sha1Binding ? 20 : 32), 0];
        byte[] key = Hmac(protocol, hlak, [.. "SSTP inner method derived CMK"u8, .. length, 1]);
        byte[] message =
        [
            0x10, 0x01, 0x00, 0x70, 0x00, 0x04, 0x00, 0x01, 0x00, 0x03, 0x00, 0x68, 0x00, 0x00, 0x00, protocol,
            .. nonce, .. certificateHash, .. new byte[PaddedLength],
        ];
        return Pad(Hmac(protocol, key, message));
    }

    private static byte[] Hmac(byte protocol, byte[] key, byte[] data) =>
        protocol == Sha1Binding ? HMACSHA1.HashData(key, data) : HMACSHA256.HashData(key, data);

    private static byte[] Pad(byte[] hash) => [.. hash, .. new byte[PaddedLength - hash.Length]];

    private static byte[] ChallengeHash(byte[] challenge, byte[] peerChallenge, string user) =>
        SHA1.HashData([.. peerChallenge, .. challenge, .. Encoding.ASCII.GetBytes(user)])[..8];

    private static byte[] HashHash(string password) => Md4(Md4(Encoding.Unicode.GetBytes(password)));

    private static byte[] Key(byte[] master, string magic) => SHA1.HashData(
        [.. master, .. new byte[40], .. Encoding.ASCII.GetBytes(magic), .. Enumerable.Repeat((byte)0xF2, 40)])[..16];

    private static byte[] Md4(byte[] input)
    {
        var digest = new MD4Digest();
        digest.BlockUpdate(input, 0, input.Length);
        byte[] output = new byte[digest.GetDigestSize()];
        digest.DoFinal(output, 0);
        return output;
    }

    private static byte[] Des(byte[] key, byte[] block)
    {
        // 56 bits in groups of seven; the eighth of each byte is the parity, which nobody looks at.
        ulong bits = key.Aggregate(0UL, (all, next) => (all << 8) | next);
        byte[] spread = [.. Enumerable.Range(0, 8).Select(i => (byte)((bits >> (49 - (7 * i))) << 1))];
        var engine = new DesEngine();
        engine.Init(true, new KeyParameter(spread));
        byte[] output = new byte[8];
        engine.ProcessBlock(block, 0, output, 0);
        return output;
    }
}
