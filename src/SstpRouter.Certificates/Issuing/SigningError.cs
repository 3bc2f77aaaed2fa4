namespace SstpRouter.Certificates;

/// <summary>A certificate, request or revocation list that cannot be made, in words for the user.</summary>
public sealed class SigningError : Exception
{
    /// <summary>An error with its cause and, where there is one, the way out.</summary>
    public SigningError(string text)
        : base(text)
    {
    }

    /// <summary>The same with what the framework said about it.</summary>
    public SigningError(string text, Exception cause)
        : base(text, cause)
    {
    }
}
