namespace SstpRouter.Ppp;

/// <summary>That one attempt was right: what the answer to it says, and the key that came of it.</summary>
public sealed class PppAuthenticationProof
{
    internal PppAuthenticationProof(PppAuthenticationAttempt attempt, byte[] hlak, string successMessage)
    {
        Attempt = attempt;
        Hlak = hlak;
        SuccessMessage = successMessage;
    }

    /// <summary>The higher-layer authentication key, 32 bytes ([MS-SSTP] 3.2.5.2).</summary>
    public byte[] Hlak { get; }

    /// <summary>
    /// The text of the Success packet or of PAP's Ack; with MS-CHAPv2 it starts with <c>S=</c> (RFC 2759 5).
    /// </summary>
    public string SuccessMessage { get; }

    /// <summary>The attempt that was proved: a proof is good for no other.</summary>
    internal PppAuthenticationAttempt Attempt { get; }
}
