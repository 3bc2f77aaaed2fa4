namespace SstpRouter.Control;

/// <summary>The router cannot be reached, or cannot be served, in words for the user: the cause and what to do next.</summary>
public sealed class ControlError : Exception
{
    /// <summary>An error with its cause and the next step.</summary>
    public ControlError(string text)
        : base(text)
    {
    }

    /// <summary>The same with what the system said.</summary>
    public ControlError(string text, Exception cause)
        : base(text, cause)
    {
    }
}
