using SstpRouter.RouterOs.Assistance;

namespace SstpRouter.Console.Editing;

/// <summary>The colours of RouterOS's console, as the eight that every terminal has (ECMA-48 8.3.117).</summary>
internal static class Colour
{
    /// <summary>Ends a colour.</summary>
    public const string Plain = "\e[m";

    /// <summary>An error.</summary>
    public const string Error = "\e[31m";

    /// <summary>Begins the colour of a kind of word; that of <see cref="WordKind.Plain"/> ends any other.</summary>
    public static string Of(WordKind kind) => kind switch
    {
        WordKind.Menu => "\e[36m",
        WordKind.Command => "\e[35m",
        WordKind.Argument => "\e[32m",
        WordKind.Sign or WordKind.Variable => "\e[33m",
        WordKind.Unknown => Error,
        _ => Plain,
    };

    /// <summary>A word in its colour.</summary>
    public static string Paint(string text, WordKind kind) => Of(kind) is var colour && colour == Plain ? text : colour + text + Plain;
}
