using SstpRouter.Ppp.Negotiation;

namespace SstpRouter.Ppp.Authentication;

/// <summary>
/// What PAP's and CHAP's servers share: one attempt, one judgement, and the same answer to each repetition.
/// </summary>
internal abstract class AuthenticationServer(IAuthenticationLayer layer) : IAuthenticator
{
    private byte[]? _asked;
    private byte _askedIdentifier;
    private byte _answerCode;
    private byte[]? _answer;

    public abstract ushort Protocol { get; }

    public long NextDeadline { get; private protected set; } = long.MaxValue;

    /// <summary>The attempt that waits for a judgement.</summary>
    internal PppAuthenticationAttempt? Pending { get; private set; }

    private protected IAuthenticationLayer Layer => layer;

    public abstract void Start(long now);

    public abstract void Receive(in ControlPacket packet, long now);

    public abstract void Tick(long now);

    internal void Grant(PppAuthenticationProof proof, long now)
    {
        PppAuthenticationAttempt attempt = proof.Attempt;
        Pending = null;
        Answer(SuccessCode, WriteSuccess(proof.SuccessMessage));
        layer.Succeeded(new PppAuthentication(attempt.Method, attempt.UserName, proof.Hlak), now);
    }

    internal void Deny(int code, string? message, long now)
    {
        if (Pending is not { } attempt)
        {
            return;
        }

        Pending = null;
        Answer(FailureCode, WriteFailure(code, message ?? "authentication failed"));

        // RouterOS's words.
        layer.Failed($"user {PeerText.Clean(attempt.UserName)} authentication failed", now);
    }

    private protected abstract byte SuccessCode { get; }

    private protected abstract byte FailureCode { get; }

    private protected abstract byte[] WriteSuccess(string message);

    private protected abstract byte[] WriteFailure(int code, string message);

    /// <summary>Whether this packet is not the first; then all that is due to it has been done.</summary>
    private protected bool IsRepetition(in ControlPacket packet)
    {
        if (_asked is null)
        {
            return false;
        }

        // RFC 1994 4.2, RFC 1334 2.2: a lost answer must be had again, but never another one.
        if (_answer is not null && packet.Data.SequenceEqual(_asked))
        {
            layer.Send(Protocol, _answerCode, packet.Identifier, _answer);
        }

        return true;
    }

    private protected void Ask(in ControlPacket packet, PppAuthenticationAttempt attempt, long now)
    {
        _asked = packet.Data.ToArray();
        _askedIdentifier = packet.Identifier;
        Pending = attempt;
        NextDeadline = long.MaxValue;
        layer.Ask(attempt, now);
    }

    private void Answer(byte code, byte[] data)
    {
        _answerCode = code;
        _answer = data;
        layer.Send(Protocol, code, _askedIdentifier, data);
    }
}
