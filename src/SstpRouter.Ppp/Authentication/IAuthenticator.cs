using SstpRouter.Ppp.Negotiation;

namespace SstpRouter.Ppp.Authentication;

/// <summary>One side of one authentication protocol.</summary>
internal interface IAuthenticator
{
    /// <summary>The protocol number that it speaks.</summary>
    ushort Protocol { get; }

    /// <summary>When <see cref="Tick"/> has something to do; <see cref="long.MaxValue"/> if nothing runs.</summary>
    long NextDeadline { get; }

    /// <summary>LCP is open.</summary>
    void Start(long now);

    void Receive(in ControlPacket packet, long now);

    void Tick(long now);
}

/// <summary>What an authenticator stands in.</summary>
internal interface IAuthenticationLayer
{
    void Send(ushort protocol, byte code, byte identifier, ReadOnlySpan<byte> data);

    /// <summary>A server wants a judgement.</summary>
    void Ask(PppAuthenticationAttempt attempt, long now);

    /// <summary>The name is proved, and all that had to be said is sent.</summary>
    void Succeeded(PppAuthentication result, long now);

    /// <summary>It will not come to anything.</summary>
    void Failed(string text, long now);
}
