namespace SstpRouter.Ppp.Negotiation;

/// <summary>What becomes of one option of the peer.</summary>
internal enum OptionVerdict
{
    Accept,
    Nak,
    Reject,
}

/// <summary>The options of one protocol: what we ask for, and what we think of what the peer asks for.</summary>
internal abstract class OptionSet
{
    /// <summary>Why the protocol cannot come to an agreement any more; null while it can.</summary>
    internal string? Impossible { get; private set; }

    /// <summary>Forgets everything: a negotiation begins.</summary>
    internal void Renew()
    {
        Impossible = null;
        Forget();
    }

    /// <summary>Ends the hope of an agreement; the first cause stays.</summary>
    internal void GiveUp(string cause) => Impossible ??= cause;

    /// <summary>Writes our request.</summary>
    internal abstract void WriteRequest(OptionWriter request);

    /// <summary>
    /// A request of the peer is about to be reviewed: what was seen in the one before counts no more.
    /// </summary>
    internal abstract void BeginReview(ReadOnlySpan<byte> options);

    /// <summary>
    /// Judges one option; with <see cref="OptionVerdict.Nak"/> the value we want instead is in <paramref name="nak"/>.
    /// </summary>
    internal abstract OptionVerdict Review(in ConfigureOption option, OptionWriter nak);

    /// <summary>Writes the options that the peer left out and that we cannot do without.</summary>
    internal virtual void WriteMissing(OptionWriter nak)
    {
    }

    /// <summary>We acknowledge the request under review: its values are in force.</summary>
    internal virtual void Acknowledge()
    {
    }

    /// <summary>The peer acknowledges our request.</summary>
    internal virtual void Acknowledged()
    {
    }

    /// <summary>The peer wants another value in our request. Options that we did not ask for come here too.</summary>
    internal abstract void Nakked(in ConfigureOption option);

    /// <summary>The peer wants none of this option.</summary>
    internal abstract void Rejected(byte type);

    /// <summary>Forgets what the peer asked for and refused.</summary>
    private protected abstract void Forget();
}
