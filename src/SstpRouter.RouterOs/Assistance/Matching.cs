namespace SstpRouter.RouterOs.Assistance;

/// <summary>Which names a typed word may stand for.</summary>
internal static class Matching
{
    /// <summary>True where the name starts with the word, or where its letters stand in the name in that order, the first at the start of
    /// the name or of a part of it: <c>mt</c> finds <c>monitor-traffic</c>, <c>x</c> finds <c>export</c>.</summary>
    public static bool Fits(string name, string word) => name.StartsWith(word, StringComparison.Ordinal) || IsSubsequence(name, word);

    /// <summary>The candidates that the word starts; where it starts none, those whose initials it is; where there are none, those that
    /// have its letters in that order.</summary>
    public static List<Candidate> Of(IEnumerable<Candidate> candidates, string word)
    {
        var all = candidates.ToList();
        List<Candidate> found = all.FindAll(c => c.Name.StartsWith(word, StringComparison.Ordinal));
        if (found.Count == 0)
        {
            found = all.FindAll(c => IsInitials(c.Name, word));
        }

        return found.Count == 0 ? all.FindAll(c => IsSubsequence(c.Name, word)) : found;
    }

    /// <summary>What all names start with.</summary>
    public static string CommonStart(IEnumerable<string> names)
    {
        string? common = null;
        foreach (string name in names)
        {
            common = common is null ? name : common[..common.AsSpan().CommonPrefixLength(name)];
        }

        if (common?.Length > 0 && char.IsHighSurrogate(common[^1]))
        {
            common = common[..^1];
        }

        return common ?? "";
    }

    private static bool IsInitials(string name, string word)
    {
        int matched = 0;
        for (int i = 0; i < name.Length && matched < word.Length; i++)
        {
            if ((i == 0 || name[i - 1] == '-') && name[i] == word[matched])
            {
                matched++;
            }
        }

        return matched == word.Length;
    }

    private static bool IsSubsequence(string name, string word)
    {
        int matched = 0;
        foreach (char c in name)
        {
            matched += matched < word.Length && c == word[matched] ? 1 : 0;
        }

        return matched == word.Length;
    }
}
