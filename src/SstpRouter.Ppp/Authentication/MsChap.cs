using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;

namespace SstpRouter.Ppp.Authentication;

/// <summary>The computations of MS-CHAP (RFC 2433 appendix A, RFC 2759 8).</summary>
internal static class MsChap
{
    internal const int HashLength = 16;
    internal const int ChallengeLength = 8;
    internal const int ResponseLength = 24;

    private const int DesKeyLength = 7;
    private const int DesBlockLength = 8;

    /// <summary>NtPasswordHash, RFC 2759 8.3.</summary>
    internal static byte[] NtPasswordHash(string password) => Md4(Encoding.Unicode.GetBytes(password));

    /// <summary>HashNtPasswordHash, RFC 2759 8.4.</summary>
    internal static byte[] HashNtPasswordHash(byte[] passwordHash) => Md4(passwordHash);

    /// <summary>ChallengeHash, RFC 2759 8.2; the user name without its domain.</summary>
    internal static byte[] ChallengeHash(
        ReadOnlySpan<byte> peerChallenge,
        ReadOnlySpan<byte> authenticatorChallenge,
        ReadOnlySpan<byte> userName)
    {
        byte[] digest = SHA1.HashData([.. peerChallenge, .. authenticatorChallenge, .. userName]);
        return digest[..ChallengeLength];
    }

    /// <summary>ChallengeResponse, RFC 2759 8.5: one block under three DES keys.</summary>
    internal static byte[] ChallengeResponse(byte[] challenge, ReadOnlySpan<byte> passwordHash)
    {
        // The 16 bytes of the hash, padded with zeros, make three keys of seven.
        Span<byte> keys = stackalloc byte[3 * DesKeyLength];
        keys.Clear();
        passwordHash.CopyTo(keys);
        var response = new byte[ResponseLength];
        for (int i = 0; i < 3; i++)
        {
            DesEncrypt(keys.Slice(i * DesKeyLength, DesKeyLength), challenge, response, i * DesBlockLength);
        }

        return response;
    }

    /// <summary>GenerateAuthenticatorResponse, RFC 2759 8.7: <c>S=</c> and 40 digits.</summary>
    internal static string AuthenticatorResponse(
        ReadOnlySpan<byte> passwordHashHash,
        ReadOnlySpan<byte> ntResponse,
        ReadOnlySpan<byte> challengeHash)
    {
        byte[] digest = SHA1.HashData(
            [.. passwordHashHash, .. ntResponse, .. "Magic server to client signing constant"u8]);
        digest = SHA1.HashData([.. digest, .. challengeHash, .. "Pad to make it do more than one iteration"u8]);
        return "S=" + Convert.ToHexString(digest);
    }

    /// <summary>DesEncrypt, RFC 2759 8.6.</summary>
    internal static void DesEncrypt(ReadOnlySpan<byte> key, byte[] block, byte[] target, int offset)
    {
        // Seven bytes spread over the upper seven bits of eight; DES ignores the lowest bit, the parity.
        var spread = new byte[DesBlockLength];
        for (int i = 0; i < spread.Length; i++)
        {
            int before = i > 0 ? key[i - 1] << (8 - i) : 0;
            int here = i < key.Length ? key[i] >> i : 0;
            spread[i] = (byte)((before | here) & 0xFE);
        }

        var engine = new DesEngine();
        engine.Init(true, new KeyParameter(spread));
        engine.ProcessBlock(block, 0, target, offset);
    }

    private static byte[] Md4(byte[] input)
    {
        var digest = new MD4Digest();
        digest.BlockUpdate(input, 0, input.Length);
        var output = new byte[HashLength];
        digest.DoFinal(output, 0);
        return output;
    }
}
