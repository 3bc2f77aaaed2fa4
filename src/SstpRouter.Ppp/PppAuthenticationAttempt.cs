using System.Security.Cryptography;
using System.Text;
using SstpRouter.Ppp.Authentication;

namespace SstpRouter.Ppp;

/// <summary>The credentials that a client showed to a server, not yet judged.</summary>
public sealed class PppAuthenticationAttempt
{
    private const string Welcome = "Welcome";

    private readonly byte[] _name;

    internal PppAuthenticationAttempt(
        PppAuthenticationMethods method,
        byte identifier,
        ReadOnlySpan<byte> name,
        byte[] challenge,
        byte[] response)
    {
        Method = method;
        Identifier = identifier;
        _name = name.ToArray();
        UserName = Encoding.UTF8.GetString(name);
        Challenge = challenge;
        Response = response;
    }

    /// <summary>The name as the client sent it, at most 4083 bytes of any kind: not fit for a log as it is.</summary>
    public string UserName { get; }

    /// <summary>The one method that was used.</summary>
    public PppAuthenticationMethods Method { get; }

    /// <summary>The identifier of the packet, for a RADIUS server.</summary>
    public byte Identifier { get; }

    /// <summary>Our challenge: 16 bytes, with MS-CHAPv1 8 bytes, with PAP none.</summary>
    public byte[] Challenge { get; }

    /// <summary>The response: 16 bytes with CHAP, 49 with MS-CHAP; with PAP the password itself.</summary>
    public byte[] Response { get; }

    /// <summary>Judges the attempt by a password that is known here, and compares in constant time.</summary>
    /// <param name="password">The right password.</param>
    /// <returns>The proof, or null if the client does not know that password.</returns>
    public PppAuthenticationProof? Verify(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        return Method switch
        {
            PppAuthenticationMethods.Pap => VerifyPlain(Encoding.UTF8.GetBytes(password), ""),
            PppAuthenticationMethods.Chap => VerifyPlain(ChapSecret.Md5Response(Identifier, password, Challenge), Welcome),
            PppAuthenticationMethods.MsChap1 => VerifyMsChap1(password),
            _ => VerifyMsChap2(password),
        };
    }

    /// <summary>Takes the word of another judge, such as a RADIUS server.</summary>
    /// <param name="hlak">The key that came with it, 32 bytes; zeros if there is none.</param>
    /// <param name="successMessage">The text of the Success packet; MS-CHAPv2 needs the <c>S=</c> string.</param>
    /// <returns>The proof.</returns>
    /// <exception cref="ArgumentException">The key is not 32 bytes long.</exception>
    public PppAuthenticationProof Accept(byte[] hlak, string successMessage)
    {
        ArgumentNullException.ThrowIfNull(hlak);
        ArgumentNullException.ThrowIfNull(successMessage);
        if (hlak.Length != Hlak.Length)
        {
            throw new ArgumentException($"the key must have {Hlak.Length} bytes", nameof(hlak));
        }

        return new PppAuthenticationProof(this, hlak, successMessage);
    }

    private PppAuthenticationProof? VerifyPlain(ReadOnlySpan<byte> expected, string message) =>
        CryptographicOperations.FixedTimeEquals(Response, expected)
            ? new PppAuthenticationProof(this, Hlak.Zero(), message)
            : null;

    private PppAuthenticationProof? VerifyMsChap1(string password)
    {
        byte[] hash = MsChap.NtPasswordHash(password);
        byte[] expected = MsChap.ChallengeResponse(Challenge, hash);
        return ChapSecret.UsesNtResponse(Response)
            && CryptographicOperations.FixedTimeEquals(ChapSecret.NtResponse(Response), expected)
            ? new PppAuthenticationProof(this, Hlak.FromMsChap1(MsChap.HashNtPasswordHash(hash), Challenge), Welcome)
            : null;
    }

    private PppAuthenticationProof? VerifyMsChap2(string password)
    {
        byte[] hash = MsChap.NtPasswordHash(password);

        // RFC 2759 4 hashes the name without its domain; some clients hash all of it.
        return VerifyMsChap2(hash, ChapSecret.WithoutDomain(_name)) ?? VerifyMsChap2(hash, _name);
    }

    private PppAuthenticationProof? VerifyMsChap2(byte[] hash, ReadOnlySpan<byte> name)
    {
        byte[] challenge = MsChap.ChallengeHash(ChapSecret.PeerChallenge(Response), Challenge, name);
        ReadOnlySpan<byte> ntResponse = ChapSecret.NtResponse(Response);
        if (!CryptographicOperations.FixedTimeEquals(ntResponse, MsChap.ChallengeResponse(challenge, hash)))
        {
            return null;
        }

        byte[] hashHash = MsChap.HashNtPasswordHash(hash);
        string message = MsChap.AuthenticatorResponse(hashHash, ntResponse, challenge) + " M=" + Welcome;
        return new PppAuthenticationProof(this, Hlak.FromMsChap2(hashHash, ntResponse), message);
    }
}
