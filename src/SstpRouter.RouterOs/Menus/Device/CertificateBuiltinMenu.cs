using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Menus.Device;

/// <summary><c>/certificate/builtin</c>: the authorities that the system brings along.</summary>
internal static class CertificateBuiltinMenu
{
    public static Menu Create() => new("builtin", MenuKind.Items, "Authorities that the system brings along")
    {
        IsWritable = false,
        IsExported = false,
        NeedsState = true,
        ItemNoun = "builtin certificate",
        Flags = [new MenuFlag('E', "expired", 0), new MenuFlag('T', "trusted", 1)],
        TableColumns = ["name", "invalid-after", "fingerprint"],
        Properties =
        [
            ItemProperties.State("name", Types.Text, "Name of the authority"),
            ItemProperties.State("issuer", Types.Text, "Who signed the certificate"),
            ItemProperties.State("common-name", Types.Text, "Common name of the subject"),
            ItemProperties.State("key-type", Types.Word, "Kind of key: rsa or ec"),
            ItemProperties.State("key-size", Types.Word, "Size of the key in bits, or its curve"),
            ItemProperties.State("serial-number", Types.Text, "Serial number, in hexadecimal"),
            ItemProperties.State("fingerprint", Types.Text, "SHA-256 of the certificate, in hexadecimal"),
            ItemProperties.State("skid", Types.Text, "Identifier of its key"),
            ItemProperties.State("invalid-before", Types.Word, "When the certificate becomes valid"),
            ItemProperties.State("invalid-after", Types.Word, "When the certificate expires"),
        ],
    };
}
