using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Menus.Device;

/// <summary><c>/certificate</c>: the certificates of the router. Items come from <c>import</c>; what a certificate says is state.</summary>
internal static class CertificateMenu
{
    public static Menu Create() =>
        new Menu("certificate", MenuKind.Items, "Certificates and their keys")
        {
            IsExported = false,
            CanAdd = false,
            NeedsState = true,
            ItemNoun = "certificate",
            Flags =
            [
                new MenuFlag('K', "private-key", 0),
                new MenuFlag('L', "crl", 1),
                new MenuFlag('C', "smart-card-key", 2),
                new MenuFlag('A', "authority", 3),
                new MenuFlag('I', "issued", 4),
                new MenuFlag('R', "revoked", 4),
                new MenuFlag('E', "expired", 5),
                new MenuFlag('T', "trusted", 6),
            ],
            TableColumns = ["name", "common-name", "subject-alt-name", "fingerprint"],
            Properties =
            [
                new Property("name", Types.Name, "Name of the certificate")
                {
                    IsRequired = true,
                    UniqueIn = "certificate",
                    DuplicateText = "certificate with such name already exists",
                },
                ItemProperties.State("issuer", Types.Text, "Who signed the certificate"),
                ItemProperties.State("common-name", Types.Text, "Common name of the subject"),
                ItemProperties.State("key-type", Types.Word, "Kind of key: rsa, dsa or ec"),
                ItemProperties.State("key-size", Types.Word, "Size of the key in bits, or its curve"),
                ItemProperties.State("subject-alt-name", Types.Word, "Other names of the subject: DNS:x, IP:x, email:x"),
                ItemProperties.State("serial-number", Types.Text, "Serial number, in hexadecimal"),
                ItemProperties.State("fingerprint", Types.Text, "SHA-256 of the certificate, in hexadecimal"),
                new Property("trusted", Types.YesNo, "Whether the certificate anchors the trust in others")
                {
                    Default = Value.Of(false),
                    IsHiddenInDetail = true,
                },
                ItemProperties.State("invalid-before", Types.Word, "When the certificate becomes valid"),
                ItemProperties.State("invalid-after", Types.Word, "When the certificate expires"),
                ItemProperties.State("expires-after", Types.Time, "Time until the certificate expires"),
            ],
        }
        .Add(new MenuCommand("import", "Take certificates and keys from a file")
        {
            UnnamedArguments = ["file-name"],
            Arguments =
            [
                new CommandArgument("file-name", "The file: PEM, DER or PKCS#12"),
                new CommandArgument("passphrase", "Passphrase of the key"),
                new CommandArgument("name", "Name of the certificate; made from the file's name where not given"),
                new CommandArgument("trusted", "Whether the certificates anchor the trust in others; yes where not given"),
            ],
        });
}
