using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Menus.Device;

/// <summary>The commands of <c>/certificate</c> that no other menu has.</summary>
internal static class CertificateCommands
{
    private static readonly CommandArgument Numbers = new("numbers", "Items: numbers of the last print, ids or names");
    private static readonly CommandArgument AsValue = new("as-value", "Return the numbers instead of showing them", IsBare: true);

    /// <summary>Gives the menu its commands.</summary>
    public static Menu AddTo(Menu menu, IEnumerable<Property> properties) => menu
        .Add(new MenuCommand("add", "Create a template of a certificate")
        {
            Arguments =
            [
                .. properties.Where(p => !p.IsReadOnly).Select(p => new CommandArgument(p.Name, p.Description, Property: p)),
                new CommandArgument("copy-from", "Item to take everything from that is not given"),
            ],
            TakesNegation = true,
        })
        .Add(new MenuCommand("remove", "Remove items; with an authority goes what it has issued here")
        {
            UnnamedArguments = [Numbers.Name],
            Arguments = [Numbers],
        })
        .Add(new MenuCommand("sign", "Make a certificate of a template")
        {
            UnnamedArguments = ["number"],
            Arguments =
            [
                new CommandArgument("number", "Template: a number of the last print, an id or a name"),
                new CommandArgument("name", "Name of the certificate; the template's where not given"),
                new CommandArgument("ca", "Authority that signs it; it signs itself where not given"),
                new CommandArgument("ca-crl-host", "Host in the address of the revocation list that the new authority publishes"),
            ],
        })
        .Add(new MenuCommand("create-certificate-request", "Write a request for another authority to sign, and its key")
        {
            UnnamedArguments = ["template"],
            Arguments =
            [
                new CommandArgument("template", "Template that says what is requested"),
                Secret("key-passphrase", "Passphrase of the key's file, 8 characters or more"),
                Secret("challenge-passphrase", "What the authority asked to see in the request"),
            ],
        })
        .Add(new MenuCommand("sign-certificate-request", "Make a certificate of somebody's request")
        {
            UnnamedArguments = ["file-name"],
            Arguments =
            [
                new CommandArgument("file-name", "The request: PEM or DER"),
                new CommandArgument("ca", "Authority that signs it"),
                new CommandArgument("days-valid", "How long the certificate is valid, in days"),
                new CommandArgument("digest-algorithm", "Digest of the signature"),
            ],
        })
        .Add(new MenuCommand("import", "Take certificates and keys from a file")
        {
            UnnamedArguments = ["file-name"],
            Arguments =
            [
                new CommandArgument("file-name", "The file: PEM, DER or PKCS#12"),
                Secret("passphrase", "Passphrase of the key"),
                new CommandArgument("name", "Name of the certificate; made from the file's name where not given"),
                new CommandArgument("trusted", "Whether the certificates anchor the trust in others; where not given, yes but for the lower part of a chain"),
                new CommandArgument("no-key-export", "Whether the private key must not leave the router again"),
                AsValue,
            ],
        })
        .Add(new MenuCommand("export-certificate", "Write a certificate, and its key under a passphrase, to a file")
        {
            UnnamedArguments = [Numbers.Name],
            Arguments =
            [
                Numbers,
                new CommandArgument("type", "Form of the file: pem or pkcs12; pem where not given"),
                Secret("export-passphrase", "Passphrase of the key, 8 characters or more; the key stays here where not given"),
                new CommandArgument("file-name", "Name of the file without its ending; cert_export_NAME where not given"),
            ],
        })
        .Add(new MenuCommand("issued-revoke", "Revoke certificates that were issued here")
        {
            UnnamedArguments = [Numbers.Name],
            Arguments = [Numbers],
        })
        .Add(Refused("add-scep", "Get a certificate by SCEP", Scep,
            "template", "scep-url", "name", "ca-identity", "challenge-password", "on-smart-card", "refresh"))
        .Add(Refused("scep-renew", "Renew a certificate by SCEP", Scep, Numbers.Name))
        .Add(Refused("card-reinstall", "Make the smart card new", Card, "pin"))
        .Add(Refused("card-verify", "Test the smart card", Card, "pin"))
        .Add(new MenuCommand("enable-ssl-certificate", "Get a certificate by ACME, and renew it in time")
        {
            UnnamedArguments = ["dns-name"],
            Arguments =
            [
                new CommandArgument("dns-name", "Public name of this router; port 80 of it must lead here"),
                .. AcmeAccount,
            ],
        })
        .Add(new MenuCommand("add-acme", "Get a certificate by ACME, and renew it in time")
        {
            UnnamedArguments = ["domain-names"],
            Arguments =
            [
                new CommandArgument("domain-names", "Public names of this router; port 80 of each must lead here"),
                new CommandArgument("name", "Name of the certificate; its first domain name where not given"),
                .. AcmeAccount,
            ],
        })
        .Add(new MenuCommand("acme-renew", "Renew certificates of ACME now")
        {
            UnnamedArguments = [Numbers.Name],
            Arguments = [Numbers],
        });

    private static IEnumerable<CommandArgument> AcmeAccount =>
    [
        new CommandArgument("directory-url", "Directory of the authority, https; Let's Encrypt where not given"),
        new CommandArgument("eab-kid", "Identifier of the account that you have with the authority already"),
        Secret("eab-hmac-key", "Key of that account, base64url"),
        new CommandArgument("reset-private-key", "Whether to make another account with another key"),
    ];

    /// <summary><c>/certificate/scep-server</c>: there is none; its commands say so.</summary>
    public static Menu ScepServer() => new Menu("scep-server", MenuKind.Container, "SCEP server (not supported)")
        .Add(Refused("add", "Add a SCEP server", Scep, "ca-cert", "path", "days-valid", "request-lifetime", "next-ca-cert", "disabled", "copy-from"))
        .Add(Refused("set", "Change a SCEP server", Scep, Numbers.Name, "ca-cert", "path", "days-valid", "request-lifetime", "next-ca-cert", "disabled"))
        .Add(Refused("remove", "Remove a SCEP server", Scep, Numbers.Name));

    private const string Scep = "scep is not supported, use create-certificate-request and sign-certificate-request instead";
    private const string Card = "smart cards are not supported";

    /// <summary>An argument that is never logged and never kept in a history.</summary>
    private static CommandArgument Secret(string name, string description) =>
        new(name, description, Property: new Property(name, Types.Text, description) { IsSensitive = true });

    private static MenuCommand Refused(string name, string description, string reason, params string[] arguments) => new(name, description)
    {
        Arguments = [.. arguments.Select(a => new CommandArgument(a, "Not supported"))],
        UnnamedArguments = [.. arguments.Take(1)],
        Run = _ => throw ScriptError.Failure(reason),
    };
}
