namespace SstpRouter.Certificates;

/// <summary>A file that holds no usable certificate or key, in words for the user: what was found and where.</summary>
public sealed class ImportError : Exception
{
    /// <summary>An error with what was found and where (<c>line 12: ...</c> of a PEM file, or the element of a DER file).</summary>
    public ImportError(string text)
        : base(text)
    {
    }

    /// <summary>The same with what the framework said about it.</summary>
    public ImportError(string text, Exception cause)
        : base(text, cause)
    {
    }
}
