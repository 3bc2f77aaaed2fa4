using System.Globalization;
using System.Security.Cryptography;
using SstpRouter.Certificates;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.Services.Certificates;

/// <summary><c>/certificate import</c>.</summary>
internal sealed class ImportCommand
{
    private readonly CertificateItems _items;
    private readonly UserFiles _files;
    private readonly Action _contentChanged;

    public ImportCommand(CertificateItems items, UserFiles files, Action contentChanged)
    {
        _items = items;
        _files = files;
        _contentChanged = contentChanged;
        items.Menu.Command("import")!.Run = Run;
    }

    private Value Run(CommandInvocation invocation)
    {
        string file = invocation["file-name"]?.ToText() ?? throw new ScriptError("missing value(s) of argument(s) file-name");
        bool? trusted = YesNo(invocation, "trusted");
        bool keepsKey = YesNo(invocation, "no-key-export") ?? false;
        StoreSnapshot before = _items.Store.Current;
        var stored = _items.All(before).ToList();
        ImportResult result = Read(file, invocation["passphrase"]?.ToText(), stored.Select(p => p.Known.Certificate));
        IReadOnlyList<StoredCertificate> certificates = InOrder(result.Certificates);
        string? name = invocation["name"]?.ToText();
        string baseName = name ?? Path.GetFileName(file);
        _items.Add(certificates.Select((c, i) => (
            Values(name is not null && i == 0 ? baseName : $"{baseName}_{i}", trusted ?? IsAnchor(c, certificates), keepsKey && c.PrivateKeyPkcs8 is not null), c)));
        foreach (StoredCertificate completed in result.Completed)
        {
            Complete(stored.First(p => p.Known.About.Fingerprint == completed.Fingerprint).Item, completed, keepsKey);
        }

        if (result.Completed.Count > 0)
        {
            _contentChanged();
        }

        foreach (byte[] unmatched in result.UnmatchedKeys)
        {
            CryptographicOperations.ZeroMemory(unmatched);
        }

        return Report(invocation, result);
    }

    private static KeyValuePair<string, Value>[] Values(string name, bool trusted, bool keepsKey) =>
    [
        new("name", Value.Of(name)),
        new("trusted", Value.Of(trusted)),
        .. keepsKey ? [new KeyValuePair<string, Value>("no-key-export", Value.Of(true))] : Array.Empty<KeyValuePair<string, Value>>(),
    ];

    /// <summary>The one that brought its key comes first and has the name that was given; the others follow as the file has them.</summary>
    private static IReadOnlyList<StoredCertificate> InOrder(IReadOnlyList<StoredCertificate> certificates) =>
        certificates.Count(c => c.PrivateKeyPkcs8 is not null) == 1 ? [.. certificates.OrderBy(c => c.PrivateKeyPkcs8 is null)] : certificates;

    /// <summary>True where a certificate anchors trust although nobody said so: one that came alone, as RouterOS has it, but not the lower part of
    /// a chain. A trusted intermediate of a public authority would make everything good that it ever issued.</summary>
    private static bool IsAnchor(StoredCertificate certificate, IReadOnlyList<StoredCertificate> file) =>
        file.Count == 1 || CertificateDescription.Of(certificate.Der).IsSelfSigned;

    private void Complete(Item item, StoredCertificate completed, bool keepsKey)
    {
        _items.Save(item.Id, completed);
        if (keepsKey)
        {
            _items.Store.Commit(draft =>
            {
                if (draft.Snapshot.Find(_items.Menu, item.Id) is { } now)
                {
                    draft.Replace(now with { Values = now.Values.SetItem("no-key-export", Value.Of(true)) });
                }
            });
        }
    }

    private bool? YesNo(CommandInvocation invocation, string name) => invocation[name] is { } given
        ? Types.YesNo.Parse(given, name, _items.Store.References) is BooleanValue { IsTrue: true }
        : null;

    private ImportResult Read(string file, string? passphrase, IEnumerable<StoredCertificate> stored)
    {
        byte[] content = _files.Read(file, CertificateImport.LargestFile);
        try
        {
            return CertificateImport.Read(content, passphrase, stored);
        }
        catch (ImportError error)
        {
            throw ScriptError.Failure($"{file}: {error.Message}");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private static Value Report(CommandInvocation invocation, ImportResult result)
    {
        (string Name, int Count)[] lines =
        [
            ("certificates-imported", result.CertificatesImported),
            ("private-keys-imported", result.PrivateKeysImported),
            ("files-imported", result.FilesImported),
            ("decryption-failures", result.DecryptionFailures),
            ("keys-with-no-certificate", result.KeysWithNoCertificate),
            ("keys-decrypted", result.KeysDecrypted),
        ];
        if (invocation.Has("as-value"))
        {
            return new ArrayValue([.. lines.OrderBy(l => l.Name, StringComparer.Ordinal).Select(l => new ArrayEntry(l.Name, Value.Of(l.Count)))]);
        }

        foreach ((string name, int count) in lines)
        {
            invocation.Session.Output.Write(string.Create(CultureInfo.InvariantCulture, $"{name,26}: {count}\n"));
        }

        return Value.Nothing;
    }
}
