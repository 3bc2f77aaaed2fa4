using System.Security.Cryptography;
using System.Text;

namespace SstpRouter.Ppp.Authentication;

/// <summary>What a right response to a challenge is, for each CHAP method.</summary>
internal static class ChapSecret
{
    private const int ReservedLength = 8; // RFC 2759 4
    private const byte UseNtResponse = 1; // RFC 2433 5

    /// <summary>RFC 1994 4.1.</summary>
    internal static byte[] Md5Response(byte identifier, string password, ReadOnlySpan<byte> challenge) =>
        MD5.HashData([identifier, .. Encoding.UTF8.GetBytes(password), .. challenge]);

    /// <summary>A client's response, RFC 2433 5: no LM response, and the flag that says so.</summary>
    internal static byte[] MsChap1Response(byte[] passwordHash, byte[] challenge) =>
        [.. new byte[MsChap.ResponseLength], .. MsChap.ChallengeResponse(challenge, passwordHash), UseNtResponse];

    /// <summary>A client's response, RFC 2759 4.</summary>
    internal static byte[] MsChap2Response(byte[] passwordHash, byte[] peerChallenge, byte[] challengeHash) =>
        [.. peerChallenge, .. new byte[ReservedLength], .. MsChap.ChallengeResponse(challengeHash, passwordHash), 0];

    /// <summary>The NT response inside a response of MS-CHAP, either version.</summary>
    internal static ReadOnlySpan<byte> NtResponse(ReadOnlySpan<byte> response) =>
        response.Slice(MsChap.ResponseLength, MsChap.ResponseLength);

    /// <summary>The peer's challenge inside a response of MS-CHAPv2.</summary>
    internal static ReadOnlySpan<byte> PeerChallenge(ReadOnlySpan<byte> response) => response[..16];

    /// <summary>Whether a response of MS-CHAPv1 has an NT response at all.</summary>
    internal static bool UsesNtResponse(ReadOnlySpan<byte> response) => response[^1] == UseNtResponse;

    /// <summary>The name without <c>DOMAIN\</c>: only that part is hashed (RFC 2759 4).</summary>
    internal static ReadOnlySpan<byte> WithoutDomain(ReadOnlySpan<byte> name) =>
        name[(name.LastIndexOf((byte)'\\') + 1)..];
}
