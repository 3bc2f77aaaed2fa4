using System.Text;

namespace SstpRouter.Ppp.Authentication;

/// <summary>A client's credentials as a server receives them, made anew from the placeholder's password.</summary>
internal sealed class MaskedLogin
{
    private byte _identifier;
    private byte[] _challenge = [];
    private byte[]? _first;
    private byte[] _response = [];

    internal static byte[] Pap(ReadOnlySpan<byte> name, string password) =>
        [.. LengthPrefixed.Join(name, []), .. LengthPrefixed.Join(Encoding.UTF8.GetBytes(password), [])];

    /// <summary>The server has sent a challenge, perhaps again.</summary>
    internal void Challenged(byte identifier, ReadOnlySpan<byte> challenge)
    {
        if (identifier != _identifier || !challenge.SequenceEqual(_challenge))
        {
            _identifier = identifier;
            _challenge = challenge.ToArray();
            _first = null;
        }
    }

    /// <summary>The password behind some credentials: the first ones have the placeholder's, and so has each repetition.</summary>
    internal string PasswordFor(ReadOnlySpan<byte> credentials)
    {
        _first ??= credentials.ToArray();
        return credentials.SequenceEqual(_first) ? PppMask.Password : PppMask.OtherPassword;
    }

    /// <summary>The response to the latest challenge, as long as the original; zeros where it answers another one.</summary>
    internal byte[] Response(byte identifier, ReadOnlySpan<byte> credentials, ReadOnlySpan<byte> value, ReadOnlySpan<byte> name)
    {
        bool plain = value.Length == ChapCode.Md5Length;
        if (identifier != _identifier || _challenge.Length == 0 || !(plain || value.Length == ChapCode.MsResponseLength))
        {
            return new byte[value.Length];
        }

        string password = PasswordFor(credentials);
        byte[] response = plain
            ? ChapSecret.Md5Response(identifier, password, _challenge)
            : MsResponse(MsChap.NtPasswordHash(password), value, name);
        if (password == PppMask.Password)
        {
            _response = response;
        }

        return response;
    }

    /// <summary>The key that follows from the first response to the latest challenge.</summary>
    internal byte[] Hlak(PppAuthenticationMethods method)
    {
        if (_response.Length != ChapCode.MsResponseLength)
        {
            return Authentication.Hlak.Zero();
        }

        byte[] hashHash = MsChap.HashNtPasswordHash(MsChap.NtPasswordHash(PppMask.Password));
        return method switch
        {
            PppAuthenticationMethods.MsChap1 => Authentication.Hlak.FromMsChap1(hashHash, _challenge),
            PppAuthenticationMethods.MsChap2 => Authentication.Hlak.FromMsChap2(hashHash, ChapSecret.NtResponse(_response)),
            _ => Authentication.Hlak.Zero(),
        };
    }

    private byte[] MsResponse(byte[] passwordHash, ReadOnlySpan<byte> value, ReadOnlySpan<byte> name)
    {
        if (_challenge.Length == ChapCode.ChallengeLength(PppAuthenticationMethods.MsChap1))
        {
            return ChapSecret.MsChap1Response(passwordHash, _challenge);
        }

        byte[] peerChallenge = ChapSecret.PeerChallenge(value).ToArray();
        byte[] challengeHash = MsChap.ChallengeHash(peerChallenge, _challenge, ChapSecret.WithoutDomain(name));
        return ChapSecret.MsChap2Response(passwordHash, peerChallenge, challengeHash);
    }
}
