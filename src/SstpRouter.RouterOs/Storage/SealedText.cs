namespace SstpRouter.RouterOs.Storage;

/// <summary>A text with a checksum at its end, so that a damaged one is not taken for a whole one.</summary>
internal static class SealedText
{
    private const string Mark = ChangeText.PrivateMark + "end ";

    /// <summary>A text with its seal. It starts with the form of its commands.</summary>
    public static string Of(string text)
    {
        string whole = StateForm.Line + "\n" + text;
        return whole + Mark + Journal.Checksum(whole) + "\n";
    }

    /// <summary>The text without its seal; null where it does not fit.</summary>
    public static string? Open(string file)
    {
        int end = file.LastIndexOf(Mark, StringComparison.Ordinal);
        return end >= 0 && file[(end + Mark.Length)..].TrimEnd('\n') == Journal.Checksum(file[..end]) ? file[..end] : null;
    }
}
