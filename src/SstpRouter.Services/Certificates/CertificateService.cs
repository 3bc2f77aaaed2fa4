using SstpRouter.Certificates;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Logging;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.Services.Certificates.Acme;
using SstpRouter.Services.Http;
using SstpRouter.Tls;

namespace SstpRouter.Services.Certificates;

/// <summary>The certificate store: <c>/certificate</c>. An item holds name, trust and origin; the certificate and its key are files named by the item's
/// id.</summary>
internal sealed class CertificateService : IRouterService, IMenuState, IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Menu _menu;
    private readonly TimeProvider _clock;
    private readonly RouterLog? _log;
    private readonly CertificateItems _items;
    private readonly CertificateRows _rows;
    private readonly OwnRevocationLists _ownLists;
    private readonly RevocationDownloads _downloads;
    private readonly BuiltinAnchors _anchors;
    private readonly ExpiryWatch _expiry;
    private readonly AcmeSchedule _acme;
    private readonly HashSet<ulong> _removed = [];
    private ITimer? _hourly;
    private bool _wasDownloading;

    /// <param name="root">The menus.</param>
    /// <param name="store">The configuration.</param>
    /// <param name="directory">Certificates and keys.</param>
    /// <param name="log">Where warnings go; null: nowhere.</param>
    /// <param name="documents">Where revocation lists and proofs for ACME are published; null: nowhere.</param>
    /// <param name="clock">Tells the time; null: the system's clock.</param>
    /// <param name="issuer">Gets certificates by ACME; null: the router's own client.</param>
    public CertificateService(
        Menu root,
        ConfigurationStore store,
        CertificateDirectory directory,
        RouterLog? log = null,
        HttpDocuments? documents = null,
        TimeProvider? clock = null,
        IAcmeIssuer? issuer = null)
    {
        _menu = root.Find("certificate")!;
        _clock = clock ?? TimeProvider.System;
        _log = log;
        _items = new CertificateItems(_menu, store, directory);
        _rows = new CertificateRows(_items, _clock);
        _ownLists = new OwnRevocationLists(_items, documents, log, _clock);
        _anchors = new BuiltinAnchors(root, store, _clock);
        _downloads = new RevocationDownloads(root, _items, _anchors, log, _clock);
        _expiry = new ExpiryWatch(_items, log);
        _menu.State = this;

        var files = new UserFiles(store);
        _ = new TemplateCommands(_items);
        _ = new SignCommand(_items, _ownLists, _clock);
        _ = new RevokeCommand(_items, _ownLists, _clock);
        _ = new RequestCommands(_items, files, _clock);
        _ = new ImportCommand(_items, files, Changed);
        _ = new ExportCommand(_items, files);

        issuer ??= new AcmeIssuer(new AcmeAccounts(directory), documents, () => AcmeWire.Open(RootsOfAuthorities()), _clock);
        var managed = new AcmeItems(_items, Changed);
        Renewals = new AcmeRenewals(managed, issuer, log);
        _acme = new AcmeSchedule(Renewals, _clock, Queue);
        _ = new AcmeCommands(_items, managed, issuer, _acme.LookAgain);
    }

    /// <summary>An item has another content, which no change of the configuration shows: its certificate was renewed, or its key was imported.</summary>
    public event Action? ContentChanged;

    /// <summary>What renews certificates of ACME; the service looks after it by itself once it is started.</summary>
    internal AcmeRenewals Renewals { get; }

    public IReadOnlyCollection<Menu> Menus => [_menu, .. _downloads.Menus];

    /// <summary>Begins to do what is done each hour: lists are made anew and fetched, the end of certificates is warned of.</summary>
    public void Start()
    {
        _downloads.Restore();
        _hourly = _clock.CreateTimer(_ => Queue(Hourly), null, TimeSpan.Zero, Hour);
        _acme.Start();
    }

    public void Dispose()
    {
        _hourly?.Dispose();
        _acme.Dispose();
        _downloads.Stop();
    }

    public void Prepare(IReadOnlyList<ItemChange> changes, StoreSnapshot after)
    {
        foreach (ItemChange change in changes.Where(c => c.Menu == _menu))
        {
            if (change.After is null)
            {
                _removed.Add(change.Before!.Id);
            }
            else if (change.Before is { } before && !CertificateItems.IsTemplate(before))
            {
                RequireUnchanged(before, change.After);
            }
        }
    }

    /// <summary>Deletes the files of items that were removed. A file whose item is missing for another reason, a line that a hand edit
    /// broke, is kept: the key in it may be the only one.</summary>
    public void Reconcile(StoreSnapshot snapshot)
    {
        foreach (ulong id in _removed.Where(id => snapshot.Find(_menu, id) is null))
        {
            _items.Forget(id);
        }

        _removed.Clear();
        Queue(_ownLists.Update);
        bool downloads = _downloads.IsDownloading(snapshot);
        if (downloads && !_wasDownloading)
        {
            Queue(Fetch);
        }

        _wasDownloading = downloads;
    }

    /// <summary>A certificate with its key and the intermediates that go with it, or null for <c>none</c>.</summary>
    /// <exception cref="ScriptError">It has no key, or its file is gone.</exception>
    public TlsIdentity? Identity(StoreSnapshot snapshot, string name)
    {
        if (name == "none")
        {
            return null;
        }

        Item? item = _items.Find(snapshot, name);
        StoredCertificate? leaf = item is null || CertificateItems.IsTemplate(item) ? null : _items.Load(item.Id)?.Certificate;
        if (leaf?.PrivateKeyPkcs8 is null)
        {
            // RouterOS's own text for it.
            throw new ScriptError("no key for certificate found (6)");
        }

        IEnumerable<StoredCertificate> all = _items.All(snapshot).Select(p => p.Known.Certificate);
        return new TlsIdentity([.. CertificateChain.Build(leaf, all).Select(c => c.Der)], leaf.PrivateKeyPkcs8);
    }

    /// <summary>The certificates with the flag T, which anchor trust, in DER.</summary>
    public IReadOnlyList<byte[]> Trusted(StoreSnapshot snapshot) =>
        [.. _items.All(snapshot).Where(p => p.Item.IsYes("trusted")).Select(p => p.Known.Certificate.Der)];

    /// <summary>True where the system's authorities anchor trust as well (<c>builtin-trust-anchors=trusted</c>).</summary>
    public bool TrustsSystem(StoreSnapshot snapshot) => _anchors.AreTrusted(snapshot);

    /// <summary>True where certificates must be looked up in <see cref="RevocationLists"/> (<c>crl-use=yes</c>): each element of a chain but its
    /// anchor then needs a list of its issuer that is up to date.</summary>
    public bool UsesRevocationLists(StoreSnapshot snapshot) => _downloads.IsUsed(snapshot);

    /// <summary>The revocation lists that are here, DER: those of our own authorities, and those that were fetched and that a known authority has
    /// signed; also such as are out of date.</summary>
    public IReadOnlyList<byte[]> RevocationLists(StoreSnapshot snapshot) => [.. _ownLists.All, .. _downloads.Valid];

    public void Describe(Row row) => _rows.Describe(row);

    public IEnumerable<Row> DynamicRows() => [];

    public bool TryRemove(ulong id) => false;

    /// <summary>What is done each hour, now.</summary>
    internal void Hourly()
    {
        _expiry.Check(_clock.GetUtcNow());
        _ownLists.Update();
        Fetch();
    }

    private static void RequireUnchanged(Item before, Item after)
    {
        foreach (string property in TemplateItem.Properties)
        {
            if (!Equals(before.Values.GetValueOrDefault(property), after.Values.GetValueOrDefault(property)))
            {
                throw ScriptError.Failure($"certificate <{before.Text("name")}> is signed, its {property} cannot be changed");
            }
        }
    }

    private void Changed() => ContentChanged?.Invoke();

    // Not only where builtin-trust-anchors says so: that is about tunnels, and authorities have public certificates.
    private IEnumerable<byte[]> RootsOfAuthorities() => [.. _anchors.All.Select(a => a.Certificate.Der), .. Trusted(_items.Store.Current)];

    private void Fetch()
    {
        try
        {
            _downloads.FetchAll(CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            return; // the router stops
        }
    }

    /// <summary>Does something off the control thread; what fails there is a defect of the program, which must not end the router.</summary>
    private void Queue(Action work) => Task.Run(() =>
    {
        try
        {
            work();
        }
        catch (Exception exception)
        {
            _log?.Write("system,error,critical", "certificates: " + exception.Message);
        }
    });
}
