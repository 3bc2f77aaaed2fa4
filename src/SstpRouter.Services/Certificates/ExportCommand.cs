using SstpRouter.Certificates;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.Services.Certificates;

/// <summary><c>/certificate export-certificate</c>: a certificate, and its key under a passphrase, as files.</summary>
internal sealed class ExportCommand
{
    private static readonly string[] Types = ["pem", "pkcs12"];

    private readonly CertificateItems _items;
    private readonly UserFiles _files;

    public ExportCommand(CertificateItems items, UserFiles files)
    {
        _items = items;
        _files = files;
        items.Menu.Command("export-certificate")!.Run = Run;
    }

    /// <summary>The passphrase of a private key; null where none was given.</summary>
    /// <exception cref="ScriptError">It is too short to protect anything.</exception>
    public static string? Passphrase(CommandInvocation invocation, string argument)
    {
        string given = invocation[argument]?.ToText() ?? "";
        return given.Length == 0 ? null
            : given.Length >= CertificateExport.ShortestPassphrase ? given
            : throw ScriptError.Failure($"{argument} is shorter than {CertificateExport.ShortestPassphrase} characters");
    }

    private Value Run(CommandInvocation invocation)
    {
        IReadOnlyList<Item> selected = _items.Some(invocation, "numbers");
        string? passphrase = Passphrase(invocation, "export-passphrase");
        string type = invocation["type"]?.ToText() ?? "pem";
        if (!Types.Contains(type))
        {
            throw new ScriptError("input does not match any value of type");
        }

        string? fileName = invocation["file-name"]?.ToText();
        if (fileName is not null && selected.Count > 1)
        {
            throw ScriptError.Failure("file-name is for one certificate");
        }

        foreach (Item item in selected)
        {
            Export(item, type, passphrase, fileName ?? "cert_export_" + Plain(item.Text("name")));
        }

        return Value.Nothing;
    }

    private void Export(Item item, string type, string? passphrase, string file)
    {
        string name = item.Text("name");
        StoredCertificate certificate = _items.Load(item.Id, out string? fault)?.Certificate
            ?? throw ScriptError.Failure(CertificateItems.IsTemplate(item) ? $"template <{name}> is not signed yet" : $"certificate <{name}>: {fault}");
        if (passphrase is not null && certificate.PrivateKeyPkcs8 is not null && item.IsYes("no-key-export"))
        {
            throw ScriptError.Failure($"the private key of <{name}> must not be exported, leave export-passphrase out");
        }

        if (type == "pkcs12")
        {
            _files.Write(file + ".p12", Pkcs12(certificate, passphrase));
            return;
        }

        if (passphrase is not null && certificate.PrivateKeyPkcs8 is { } key)
        {
            _files.Write(file + ".key", CertificateExport.EncryptedKeyPem(key, passphrase));
        }

        _files.Write(file + ".crt", CertificateExport.Pem(certificate));
    }

    private byte[] Pkcs12(StoredCertificate certificate, string? passphrase)
    {
        if (passphrase is null)
        {
            throw ScriptError.Failure("type=pkcs12 needs an export-passphrase");
        }

        IEnumerable<StoredCertificate> all = _items.All(_items.Store.Current).Select(p => p.Known.Certificate);
        IEnumerable<StoredCertificate> chain = [certificate, .. CertificateChain.Build(certificate, all).Skip(1)];
        return CertificateExport.Pkcs12([.. chain], passphrase);
    }

    // A certificate's name may hold what a file's cannot.
    private static string Plain(string name) =>
        string.Concat(name.Select(c => c is '/' or '\\' or '\0' || char.IsControl(c) ? '_' : c));
}
