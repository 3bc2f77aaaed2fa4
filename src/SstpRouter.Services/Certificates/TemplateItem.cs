using SstpRouter.Certificates;
using SstpRouter.RouterOs.Storage;

namespace SstpRouter.Services.Certificates;

/// <summary>Reads a template of <c>/certificate</c>.</summary>
internal static class TemplateItem
{
    /// <summary>The properties of a certificate that are its template's: they cannot be changed once it is signed.</summary>
    public static readonly string[] Properties =
    [
        "digest-algorithm", "country", "state", "locality", "organization", "unit", "common-name", "key-size", "subject-alt-name", "days-valid",
        "key-usage",
    ];

    /// <summary>What the certificate shall say. Without any part of a subject the item's name is its common name, or nothing could tell it apart.</summary>
    public static CertificateTemplate Read(Item item)
    {
        bool isNameless = item["subject-alt-name"] is null
            && new[] { "country", "state", "locality", "organization", "unit", "common-name" }.All(p => item.Text(p).Length == 0);
        return new CertificateTemplate
        {
            CommonName = isNameless ? item.Text("name") : item.Text("common-name"),
            Country = item.Text("country"),
            State = item.Text("state"),
            Locality = item.Text("locality"),
            Organization = item.Text("organization"),
            Unit = item.Text("unit"),
            SubjectAltNames = [.. item.Words("subject-alt-name")],
            KeyUsage = item.IsSet("key-usage") ? [.. item.Words("key-usage")] : null,
            Digest = item.Text("digest-algorithm"),
            DaysValid = item.Number("days-valid"),
        };
    }
}
