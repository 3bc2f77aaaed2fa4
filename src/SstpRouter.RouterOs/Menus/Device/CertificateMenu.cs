using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Menus.Device;

/// <summary><c>/certificate</c>: the certificates of the router, and the templates that they are made of.</summary>
/// <remarks>What a certificate says is state; the same properties are settings while it is still a template.</remarks>
internal static class CertificateMenu
{
    private static readonly string[] KeyUsages =
    [
        "digital-signature", "content-commitment", "key-encipherment", "data-encipherment", "key-agreement", "key-cert-sign", "crl-sign",
        "encipher-only", "decipher-only", "dvcs", "server-gated-crypto", "ocsp-sign", "timestamp", "ipsec-user", "ipsec-tunnel",
        "ipsec-end-system", "email-protect", "code-sign", "tls-server", "tls-client",
    ];

    private static readonly string[] DefaultKeyUsages =
        ["digital-signature", "key-encipherment", "data-encipherment", "key-cert-sign", "crl-sign", "tls-server", "tls-client"];

    public static Menu Create()
    {
        Property[] properties = Properties();
        var menu = new Menu("certificate", MenuKind.Items, "Certificates, their keys, and templates of certificates")
        {
            IsExported = false,
            NeedsState = true,
            ItemNoun = "certificate",
            HasHistory = false,
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
                new MenuFlag('a', "acme-managed", 7),
            ],
            TableColumns = ["name", "common-name", "subject-alt-name", "fingerprint"],
            Properties = properties,
        };
        return CertificateCommands.AddTo(menu, properties)
            .Add(CertificateBuiltinMenu.Create())
            .Add(CertificateCrlMenu.Create())
            .Add(CertificateCommands.ScepServer())
            .Add(CertificateSettingsMenu.Create());
    }

    private static Property[] Properties() =>
    [
        new Property("name", Types.Name, "Name of the certificate")
        {
            IsRequired = true,
            UniqueIn = "certificate",
            DuplicateText = "certificate with such name already exists",
        },
        ItemProperties.State("issuer", Types.Text, "Who signed the certificate"),
        new Property("digest-algorithm", Types.OneOf("md5", "sha1", "sha256", "sha384", "sha512"), "Digest of the signature")
        {
            Default = Value.Of("sha256"),
        },
        ItemProperties.State("key-type", Types.Word, "Kind of key: rsa, ec, dsa or ed25519"),
        new Property("country", Types.Text, "Country of the subject: a code of two letters"),
        new Property("state", Types.Text, "State or province of the subject"),
        new Property("locality", Types.Text, "Town of the subject"),
        new Property("organization", Types.Text, "Organization of the subject"),
        new Property("unit", Types.Text, "Organizational unit of the subject"),
        new Property("common-name", Types.Text, "Common name of the subject"),
        new Property(
            "key-size",
            Types.OneOf("1024", "1536", "2048", "4096", "8192", "prime256v1", "secp384r1", "secp521r1", "ed25519"),
            "Size of an RSA key in bits, or the curve of another")
        {
            Default = Value.Of("2048"),
        },
        new Property("subject-alt-name", new AlternativeNamesType(), "Other names of the subject: DNS:x, IP:x, email:x"),
        new Property("days-valid", Types.Number(1, 36500), "How long the certificate is valid, in days") { Default = Value.Of(365) },
        new Property("trusted", Types.YesNo, "Whether the certificate anchors the trust in others") { Default = Value.Of(false) },
        new Property("key-usage", Types.ListOf(KeyUsages), "What the key may be used for")
        {
            Default = ArrayValue.Of(DefaultKeyUsages.Select(Value.Of)),
        },
        Kept("ca", Types.Reference("/certificate"), "Certificate of this router that signed it"),
        Kept("ca-crl-host", Types.Text, "Host in the address of the revocation list that the authority publishes"),
        ItemProperties.State("serial-number", Types.Text, "Serial number, in hexadecimal"),
        ItemProperties.State("fingerprint", Types.Text, "SHA-256 of the certificate, in hexadecimal"),
        ItemProperties.State("ca-fingerprint", Types.Text, "SHA-256 of the certificate that signed it"),
        Kept("req-fingerprint", Types.Text, "SHA-256 of the request that it was made of"),
        ItemProperties.State("akid", Types.Text, "Identifier of the key that signed it"),
        ItemProperties.State("skid", Types.Text, "Identifier of its own key"),
        ItemProperties.State("invalid-before", Types.Word, "When the certificate becomes valid"),
        ItemProperties.State("invalid-after", Types.Word, "When the certificate expires"),
        ItemProperties.State("expires-after", Types.Time, "Time until the certificate expires"),
        Kept("revoked", Types.Word, "When the certificate was revoked"),
        ItemProperties.State("status", Types.Text, "What is to be done about it"),
        Kept("directory-url", Types.Text, "Directory of the authority that it comes from by ACME"),
        Kept("domain-names", Types.Text, "Names that were asked for by ACME"),
        ItemProperties.State("acme-status", Types.Text, "When it is renewed, or why that failed"),
        Hidden("is-template", Types.YesNo, "Whether it waits to be signed"),
        Hidden("no-key-export", Types.YesNo, "Whether its private key must not leave the router"),
        Hidden("expiry-warned", Types.Number(0, 365), "Days before the end at which the log has warned last"),
        Hidden("acme-chain", Types.YesNo, "Whether it came by ACME as the issuer of another"),
        Hidden("acme-failures", Types.Number(0, int.MaxValue), "How often its renewal has failed in a row"),
        Hidden("acme-retry", Types.Word, "When its renewal is tried again"),
        Hidden("acme-fault", Types.Text, "Why its renewal failed last"),
        Hidden("acme-kind", Types.Text, "Kind of that cause, which the log has named"),
    ];

    /// <summary>A value that commands set and that is saved.</summary>
    private static Property Kept(string name, PropertyType type, string description) => ItemProperties.State(name, type, description);

    private static Property Hidden(string name, PropertyType type, string description) => new(name, type, description)
    {
        IsReadOnly = true,
        IsHiddenInDetail = true,
    };
}
