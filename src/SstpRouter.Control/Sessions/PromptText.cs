namespace SstpRouter.Control.Sessions;

/// <summary>The prompts, as RouterOS v7 writes them.</summary>
internal static class PromptText
{
    /// <summary><c>[admin@MikroTik] &gt; </c> at the root, <c>[admin@MikroTik] /ip/route&gt; </c> in a menu, <c>[admin@MikroTik] /ip/route&lt;SAFE&gt; </c>
    /// in safe mode.</summary>
    public static string Of(string user, string identity, string menuPath, bool isSafe = false) =>
        $"[{Printable(user)}@{Printable(identity)}] {(menuPath == "/" ? "" : menuPath)}{(isSafe ? "<SAFE>" : ">")} ";

    /// <summary>The prompt while brackets are open: <c>{(\... </c>.</summary>
    public static string Continued(string open) => open + "... ";

    // An identity is free text; a terminal would obey what it finds in it.
    private static string Printable(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '?' : c)) : text;
}
