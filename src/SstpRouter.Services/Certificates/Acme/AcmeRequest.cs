using System.Net;

namespace SstpRouter.Services.Certificates.Acme;

/// <summary>What certificate is wanted of whom.</summary>
/// <param name="Directory">The authority's directory.</param>
/// <param name="Names">The names that it shall be good for; the first one is its common name.</param>
internal sealed record AcmeRequest(Uri Directory, IReadOnlyList<string> Names)
{
    /// <summary>Where RouterOS asks when nothing is said.</summary>
    public const string UsualDirectory = "https://acme-v02.api.letsencrypt.org/directory";

    private const int LongestName = 253; // RFC 1035 2.3.4
    private const int MostNames = 100;

    /// <summary>The account that somebody has with the authority already, or null.</summary>
    public ExternalAccount? External { get; init; }

    /// <summary>True where the account's key shall be another one.</summary>
    public bool ResetsKey { get; init; }

    /// <summary>The names as an item keeps them.</summary>
    public string NamesText => string.Join(',', Names);

    /// <summary>Reads names, one or several with commas between them.</summary>
    /// <exception cref="FormatException">One is none that an authority could reach over HTTP; the text says which and why.</exception>
    public static IReadOnlyList<string> ReadNames(string text)
    {
        string[] names = [.. text.ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(n => n.TrimEnd('.')).Distinct(StringComparer.Ordinal)];
        return names.Length is 0 or > MostNames
            ? throw new FormatException($"1 to {MostNames} names are needed")
            : names.Select(Fault).FirstOrDefault(f => f is not null) is { } fault
                ? throw new FormatException(fault)
                : names;
    }

    private static string? Fault(string name) =>
        name.StartsWith("*.", StringComparison.Ordinal) ? $"{name}: names with a wildcard need a challenge over DNS, which is not supported"
        : IPAddress.TryParse(name, out _) ? $"{name}: a name is needed, not an address"
        : name.Length > LongestName || !name.Contains('.', StringComparison.Ordinal) || name.Split('.').Any(l => !IsLabel(l))
            ? $"{name}: not the whole name of a host; names in other scripts are written in their ASCII form, xn--..."
        : null;

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && label[0] != '-' && label[^1] != '-';
}
