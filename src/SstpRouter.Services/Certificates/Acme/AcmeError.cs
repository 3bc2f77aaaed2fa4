namespace SstpRouter.Services.Certificates.Acme;

/// <summary>Why no certificate was issued, in words for the user: what happened, and the next step where there is one.</summary>
/// <param name="kind">What sort of cause it is, the same each time that it is met again; the text may hold tokens and times.</param>
/// <param name="message">The words.</param>
internal sealed class AcmeError(string kind, string message) : Exception(message)
{
    /// <summary>What sort of cause it is.</summary>
    public string Kind => kind;

    /// <summary>How long the authority wants to be left alone, where it said so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>An answer that does not say what RFC 8555 has it say.</summary>
    public static AcmeError Unintelligible(string what) => new("protocol", $"the authority's answer is not as it should be: {what}");
}
