using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Menus.Device;

/// <summary><c>/certificate/crl</c>: where revocation lists are fetched from, and what was found there.</summary>
internal static class CertificateCrlMenu
{
    public static Menu Create() => new Menu("crl", MenuKind.Items, "Revocation lists that are fetched")
    {
        NeedsState = true,
        ItemNoun = "crl",
        HasHistory = false,
        ExportRank = ItemProperties.Refers,
        Flags = [new MenuFlag('D', "dynamic", 0), new MenuFlag('E', "expired", 1), new MenuFlag('I', "invalid", 2)],
        TableColumns = ["url", "num", "revoked"],
        Properties =
        [
            new Property("url", Types.Name, "Address of the list, http only")
            {
                IsRequired = true,
                UniqueIn = "certificate-crl",
                DuplicateText = "crl with such url already exists",
            },
            ItemProperties.State("num", Types.Word, "Number of the list"),
            ItemProperties.State("revoked", Types.Number(0, long.MaxValue), "How many certificates it names"),
        ],
        Check = static (item, _) =>
        {
            string url = item["url"]?.ToText() ?? "";
            if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || address.Scheme != Uri.UriSchemeHttp)
            {
                throw Language.ScriptError.Failure("url of a crl begins with http://");
            }
        },
    }
    .Add(new MenuCommand("download", "Fetch all lists now"))
    .Add(new MenuCommand("flush", "Forget all lists that were fetched"));
}
