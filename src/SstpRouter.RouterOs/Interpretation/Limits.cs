using SstpRouter.RouterOs.Language;

namespace SstpRouter.RouterOs.Interpretation;

/// <summary>How much a script may hold, so that a loop cannot fill the memory of a small board.</summary>
internal static class Limits
{
    /// <summary>The longest text, in characters.</summary>
    public const int MaxTextLength = 4 * 1024 * 1024;

    /// <summary>The most elements of an array.</summary>
    public const int MaxElements = 100_000;

    public static void CheckText(int length)
    {
        if (length > MaxTextLength)
        {
            throw new ScriptError("string is too long");
        }
    }

    public static void CheckElements(int count)
    {
        if (count > MaxElements)
        {
            throw new ScriptError("array has too many elements");
        }
    }
}
