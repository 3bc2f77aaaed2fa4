using System.Text.Json;
using SstpRouter.Ppp;

namespace SstpRouter.Services.Certificates.Acme;

/// <summary>A problem document (RFC 7807) with the types of RFC 8555 6.7, and what the user can do about each.</summary>
internal sealed record AcmeProblem(string Type, string Detail)
{
    private const string Prefix = "urn:ietf:params:acme:error:";

    /// <summary>Reads one. It never fails: what is no problem document becomes one without type.</summary>
    public static AcmeProblem Of(JsonElement element)
    {
        string type = element.Text("type") ?? "";
        type = type.StartsWith(Prefix, StringComparison.Ordinal) ? type[Prefix.Length..] : type;
        string detail = element.Text("detail") ?? "";
        // An order may be refused for several names: the first says enough to go on.
        if (element.List("subproblems").FirstOrDefault() is { ValueKind: JsonValueKind.Object } first)
        {
            string name = first.Inner("identifier").Text("value") is { } value ? value + ": " : "";
            detail = $"{name}{first.Text("detail") ?? detail}";
        }

        return new AcmeProblem(PeerText.Clean(type), Readable(detail));
    }

    /// <summary>What happened, in the authority's words, its name for it, and what to do.</summary>
    /// <param name="about">The name that could not be proved, or an empty text where it is about something else.</param>
    /// <param name="retryAfter">How long the authority wants to be left alone, or null.</param>
    public AcmeError ToError(string about = "", TimeSpan? retryAfter = null)
    {
        string what = (about.Length > 0 ? about + ": " : "")
            + (Detail.Length > 0 ? Detail.TrimEnd('.') : "the authority refuses it")
            + (Type.Length > 0 ? $" ({Type})" : "");
        string? advice = (about.Length > 0 ? AdviceForProofs : null) ?? Advice;
        return new AcmeError(about + " " + Type, advice is null ? what : $"{what}; {advice}") { RetryAfter = retryAfter };
    }

    private string? Advice => Type switch
    {
        "accountDoesNotExist" or "unauthorized" => "make another account with reset-private-key=yes",
        "badSignatureAlgorithm" => "this authority does not take accounts with ES256 keys, use another one",
        "caa" => "let the CAA record of the name allow this authority",
        "dns" => "give the name an A or AAAA record with the public address of this router",
        "externalAccountRequired" => "give eab-kid and eab-hmac-key as this authority has told you",
        "rateLimited" => "it has been asked too often, wait before the next attempt",
        "rejectedIdentifier" or "unsupportedIdentifier" => "this authority issues no certificate for such a name, use another name or authority",
        "serverInternal" => "the fault is the authority's, try again later",
        "userActionRequired" => "agree to its new terms there, then try again",
        _ => null,
    };

    private string? AdviceForProofs => Type switch
    {
        "connection" => "the name must lead to this router, and port 80 must be open to it from everywhere",
        "incorrectResponse" or "unauthorized" => "somebody else answers there: port 80 of that address must lead to this router",
        "tls" => "the name must lead to this router and to no other web server",
        _ => null,
    };

    // Longer than what peers are usually allowed: the useful part of a detail stands at its end.
    private static string Readable(string detail)
    {
        var parts = new List<string>();
        for (int at = 0; at < detail.Length && parts.Count < 3; at += PeerText.MaximumLength)
        {
            parts.Add(PeerText.Clean(detail.Substring(at, Math.Min(PeerText.MaximumLength, detail.Length - at))));
        }

        return string.Concat(parts);
    }
}
