namespace SstpRouter.RouterOs.Schema;

/// <summary>The words for <see cref="Policies"/>.</summary>
public static class PolicyNames
{
    private static readonly string[] Words =
    [
        "local", "telnet", "ssh", "ftp", "reboot", "read", "write", "policy", "test", "winbox", "password", "web", "sniff", "sensitive",
        "api", "romon", "rest-api",
    ];

    // What older versions had: it grants nothing any more.
    private static readonly string[] Former = ["dude", "tikapp"];

    /// <summary>True for a policy that only older versions had.</summary>
    public static bool IsFormer(string word) => Former.Contains(word);

    /// <summary>All words, in the order in which RouterOS lists them.</summary>
    public static IReadOnlyList<string> All => Words;

    /// <summary>The policy of a word; <see cref="Policies.None"/> for any other.</summary>
    public static Policies Of(string word) => Array.IndexOf(Words, word) is >= 0 and int place ? (Policies)(1 << place) : Policies.None;

    /// <summary>The words of what is granted, in order.</summary>
    public static IEnumerable<string> Of(Policies policies) => Words.Where(w => policies.HasFlag(Of(w)));
}
