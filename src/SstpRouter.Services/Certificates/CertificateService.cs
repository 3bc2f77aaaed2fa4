using System.Collections.Concurrent;
using System.Globalization;
using SstpRouter.Certificates;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;
using SstpRouter.Tls;

namespace SstpRouter.Services.Certificates;

/// <summary>The certificate store: <c>/certificate</c>. An item holds name and trust; the certificate and its key are files named by the item's id.</summary>
internal sealed class CertificateService : IRouterService, IMenuState
{
    private readonly Menu _menu;
    private readonly ConfigurationStore _store;
    private readonly CertificateDirectory _directory;
    private readonly ConcurrentDictionary<ulong, Known> _known = new();
    private readonly HashSet<ulong> _removed = [];

    public CertificateService(Menu root, ConfigurationStore store, CertificateDirectory directory)
    {
        _menu = root.Find("certificate")!;
        _store = store;
        _directory = directory;
        _menu.State = this;
        _menu.Command("import")!.Run = Import;
    }

    public IReadOnlyCollection<Menu> Menus => [_menu];

    public void Prepare(IReadOnlyList<ItemChange> changes, StoreSnapshot after)
    {
        foreach (ItemChange change in changes.Where(c => c.Menu == _menu && c.After is null))
        {
            _removed.Add(change.Before!.Id);
        }
    }

    /// <summary>Deletes the files of items that were removed. A file whose item is missing for another reason, a line that a hand edit
    /// broke, is kept: the key in it may be the only one.</summary>
    public void Reconcile(StoreSnapshot snapshot)
    {
        foreach (ulong id in _removed.Where(id => snapshot.Find(_menu, id) is null))
        {
            _directory.Remove(Key(id));
            _known.TryRemove(id, out _);
        }

        _removed.Clear();
    }

    /// <summary>A certificate with its key and the intermediates that go with it, or null for <c>none</c>.</summary>
    /// <exception cref="ScriptError">It has no key, or its file is gone.</exception>
    public TlsIdentity? Identity(StoreSnapshot snapshot, string name)
    {
        if (name == "none")
        {
            return null;
        }

        Item? item = snapshot.Items(_menu).FirstOrDefault(i => i.Text("name") == name);
        StoredCertificate? leaf = item is null ? null : Load(item.Id)?.Certificate;
        if (leaf?.PrivateKeyPkcs8 is null)
        {
            // RouterOS's own text for it.
            throw new ScriptError("no key for certificate found (6)");
        }

        IEnumerable<StoredCertificate> all = snapshot.Items(_menu).Select(i => Load(i.Id)?.Certificate).OfType<StoredCertificate>();
        return new TlsIdentity([.. CertificateChain.Build(leaf, all).Select(c => c.Der)], leaf.PrivateKeyPkcs8);
    }

    /// <summary>The certificates that anchor trust, in DER.</summary>
    public IReadOnlyList<byte[]> Trusted(StoreSnapshot snapshot) =>
        [.. snapshot.Items(_menu).Where(i => i.IsYes("trusted")).Select(i => Load(i.Id)?.Certificate.Der).OfType<byte[]>()];

    public void Describe(Row row)
    {
        if (Load(row.Id, out string? fault) is not { } known)
        {
            row.Fault = fault;
            return;
        }

        CertificateDescription about = known.Description;
        SetFlags(row, known);
        row.Show("issuer", Value.Of(about.Issuer))
            .Show("common-name", Value.Of(about.CommonName))
            .Show("key-type", Value.Of(about.KeyType))
            .Show("key-size", Value.Of(about.KeySize))
            .Show("serial-number", Value.Of(about.SerialNumber))
            .Show("fingerprint", Value.Of(about.Fingerprint))
            .Show("invalid-before", Value.Of(Time(about.InvalidBefore)))
            .Show("invalid-after", Value.Of(Time(about.InvalidAfter)));
        if (about.SubjectAltNames.Count > 0)
        {
            row.Show("subject-alt-name", Value.Of(string.Join(',', about.SubjectAltNames)));
        }

        TimeSpan left = about.InvalidAfter - DateTimeOffset.UtcNow;
        if (left > TimeSpan.Zero)
        {
            row.Show("expires-after", new TimeValue(TimeSpan.FromSeconds((long)left.TotalSeconds)));
        }
    }

    public IEnumerable<Row> DynamicRows() => [];

    public bool TryRemove(ulong id) => false;

    private static void SetFlags(Row row, Known known)
    {
        if (known.Certificate.PrivateKeyPkcs8 is not null)
        {
            row.Flags.Add('K');
        }

        if (known.Description.IsAuthority)
        {
            row.Flags.Add('A');
        }

        if (known.Description.InvalidAfter < DateTimeOffset.UtcNow)
        {
            row.Flags.Add('E');
        }

        if (row.IsYes("trusted"))
        {
            row.Flags.Add('T');
        }
    }

    private static string Time(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Key(ulong id) => id.ToString("X", CultureInfo.InvariantCulture);

    private Known? Load(ulong id) => Load(id, out _);

    private Known? Load(ulong id, out string? fault)
    {
        fault = null;
        if (_known.TryGetValue(id, out Known? known))
        {
            return known;
        }

        try
        {
            if (_directory.Load(Key(id)) is { } certificate)
            {
                return Remember(id, certificate);
            }

            fault = "its file is missing: import it again";
        }
        catch (Exception exception) when (exception is ImportError or IOException or UnauthorizedAccessException)
        {
            fault = exception.Message + ": import it again";
        }

        return null;
    }

    private Known Remember(ulong id, StoredCertificate certificate) =>
        _known[id] = new Known(certificate, CertificateDescription.Of(certificate.Der));

    private Value Import(CommandInvocation invocation)
    {
        string file = invocation["file-name"]?.ToText() ?? throw new ScriptError("missing value(s) of argument(s) file-name");
        bool trusted = invocation["trusted"] is not { } given || given is BooleanValue { IsTrue: true } || given.ToText() is "yes" or "true";
        StoreSnapshot before = _store.Current;
        var stored = before.Items(_menu).Select(i => (i.Id, Load(i.Id)?.Certificate)).Where(p => p.Certificate is not null).ToList();
        ImportResult result = Read(file, invocation["passphrase"]?.ToText(), stored.Select(p => p.Certificate!));
        string baseName = invocation["name"]?.ToText() ?? Path.GetFileName(file);
        bool isNamed = invocation["name"] is not null;
        Add(result.Certificates, i => isNamed && i == 0 ? baseName : $"{baseName}_{i}", trusted);
        foreach (StoredCertificate completed in result.Completed)
        {
            Save(stored.First(p => p.Certificate!.Fingerprint == completed.Fingerprint).Id, completed);
        }

        if (result.Completed.Count > 0)
        {
            KeyArrived?.Invoke();
        }

        Report(invocation.Session.Output, result);
        return Value.Nothing;
    }

    /// <summary>A key was imported for a certificate that was there already, which no change of the configuration shows.</summary>
    public event Action? KeyArrived;

    /// <summary>Files first, so that an item never stands without its file; where the items are refused the files go again.</summary>
    private void Add(IReadOnlyList<StoredCertificate> certificates, Func<int, string> name, bool trusted)
    {
        var saved = new List<ulong>();
        try
        {
            _store.Commit(draft =>
            {
                for (int i = 0; i < certificates.Count; i++)
                {
                    Item item = draft.Add(_menu, [new("name", Value.Of(name(i))), new("trusted", Value.Of(trusted))]);
                    saved.Add(item.Id);
                    Save(item.Id, certificates[i]);
                }
            });
        }
        catch (ScriptError)
        {
            foreach (ulong id in saved)
            {
                _directory.Remove(Key(id));
                _known.TryRemove(id, out _);
            }

            throw;
        }
    }

    private void Save(ulong id, StoredCertificate certificate)
    {
        _directory.Save(Key(id), certificate);
        Remember(id, certificate);
    }

    private ImportResult Read(string file, string? passphrase, IEnumerable<StoredCertificate> stored)
    {
        string path = Path.IsPathRooted(file) ? file : Path.Combine(_store.FilesDirectory ?? ".", file);
        try
        {
            return CertificateImport.Read(File.ReadAllBytes(path), passphrase, stored);
        }
        catch (IOException exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ScriptError.Failure($"there is no file {path}");
        }
        catch (IOException exception)
        {
            throw ScriptError.Failure($"cannot read {file}: {exception.Message}");
        }
        catch (UnauthorizedAccessException exception)
        {
            throw ScriptError.Failure($"cannot read {file}: {exception.Message}");
        }
        catch (ImportError error)
        {
            throw ScriptError.Failure($"{file}: {error.Message}");
        }
    }

    private static void Report(TextWriter output, ImportResult result)
    {
        (string Name, int Count)[] lines =
        [
            ("certificates-imported", result.CertificatesImported),
            ("private-keys-imported", result.PrivateKeysImported),
            ("files-imported", result.FilesImported),
            ("decryption-failures", result.DecryptionFailures),
            ("keys-with-no-certificate", result.KeysWithNoCertificate),
        ];
        foreach ((string name, int count) in lines)
        {
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{name,26}: {count}\n"));
        }
    }

    private sealed record Known(StoredCertificate Certificate, CertificateDescription Description);
}
