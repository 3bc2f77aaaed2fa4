using System.Text;

namespace SstpRouter.Ppp.Authentication;

/// <summary>
/// A server's proof that it knows the password (<c>S=</c>, RFC 2759 5), made anew from the placeholder's password; a
/// false one stays false.
/// </summary>
internal sealed class MaskedSignature(string userName, string password)
{
    private const int SignatureLength = 42; // RFC 2759 5: "S=" and 40 digits
    private const int Digits = SignatureLength - 2;

    private byte[] _challenge = [];
    private byte[] _right = [];
    private byte[] _masked = [];

    /// <summary>The server has sent a challenge.</summary>
    internal void Challenged(ReadOnlySpan<byte> challenge) => _challenge = challenge.ToArray();

    /// <summary>The client has answered it.</summary>
    internal void Responded(ReadOnlySpan<byte> value)
    {
        if (value.Length != ChapCode.MsResponseLength
            || _challenge.Length != ChapCode.ChallengeLength(PppAuthenticationMethods.MsChap2))
        {
            _right = [];
            return;
        }

        ReadOnlySpan<byte> name = ChapSecret.WithoutDomain(Encoding.UTF8.GetBytes(userName));
        byte[] challengeHash = MsChap.ChallengeHash(ChapSecret.PeerChallenge(value), _challenge, name);
        _right = Signature(password, challengeHash);
        _masked = Signature(PppMask.Password, challengeHash);
    }

    /// <summary>The message of a Success, under the placeholder's signature where it was signed rightly.</summary>
    internal byte[] Success(ReadOnlySpan<byte> message)
    {
        byte[] masked = Blank(message);
        if (_right.Length > 0 && message.StartsWith(_right))
        {
            _masked.CopyTo(masked, 0);
        }

        return masked;
    }

    private static byte[] Signature(string password, byte[] challengeHash)
    {
        byte[] hash = MsChap.NtPasswordHash(password);
        byte[] response = MsChap.ChallengeResponse(challengeHash, hash);
        return Encoding.ASCII.GetBytes(
            MsChap.AuthenticatorResponse(MsChap.HashNtPasswordHash(hash), response, challengeHash));
    }

    // Whatever looks like a signature, wherever it stands.
    private static byte[] Blank(ReadOnlySpan<byte> message)
    {
        byte[] blank = message.ToArray();
        for (int at = message.IndexOf("S="u8); at >= 0;)
        {
            int digits = at + 2;
            blank.AsSpan(digits, Math.Min(Digits, blank.Length - digits)).Fill((byte)'0');
            int next = blank.AsSpan(digits).IndexOf("S="u8);
            at = next < 0 ? -1 : digits + next;
        }

        return blank;
    }
}
