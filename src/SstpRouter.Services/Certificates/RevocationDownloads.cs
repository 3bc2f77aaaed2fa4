using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using SstpRouter.Certificates;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Logging;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;
using SstpRouter.Services.Http;

namespace SstpRouter.Services.Certificates;

/// <summary>Other people's revocation lists: <c>/certificate/crl</c>. Fetched each hour from where the user and, with <c>crl-download=yes</c>, the
/// certificates say.</summary>
internal sealed class RevocationDownloads : IMenuState
{
    private const int MostUrls = 64;
    private static readonly TimeSpan FetchLimit = TimeSpan.FromSeconds(30);

    private readonly Menu _menu;
    private readonly Menu _settings;
    private readonly CertificateItems _items;
    private readonly BuiltinAnchors _anchors;
    private readonly RouterLog? _log;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, Fetched> _fetched = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ulong> _dynamicIds = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _stop = new();
    private ulong _lastId = 0x8000_0000;

    public RevocationDownloads(Menu root, CertificateItems items, BuiltinAnchors anchors, RouterLog? log, TimeProvider clock)
    {
        _menu = root.Find("certificate/crl")!;
        _settings = root.Find("certificate/settings")!;
        _items = items;
        _anchors = anchors;
        _log = log;
        _clock = clock;
        _menu.State = this;
        _menu.Command("download")!.Run = Download;
        _menu.Command("flush")!.Run = Flush;
    }

    public IReadOnlyCollection<Menu> Menus => [_menu, _settings];

    /// <summary>True where certificates shall be looked up in revocation lists.</summary>
    public bool IsUsed(StoreSnapshot snapshot) => snapshot.Settings(_settings).IsYes("crl-use");

    /// <summary>True where lists that certificates name are fetched without being asked for.</summary>
    public bool IsDownloading(StoreSnapshot snapshot) => snapshot.Settings(_settings).IsYes("crl-download");

    /// <summary>The lists that a known authority has signed, DER; one that is out of date too, which says more than none.</summary>
    public IReadOnlyList<byte[]> Valid => [.. _fetched.Values.Where(f => f is { List: not null, IsValid: true }).Select(f => f.List!.Der)];

    public void Describe(Row row) => Show(row, row.Text("url"));

    public IEnumerable<Row> DynamicRows()
    {
        StoreSnapshot now = _items.Store.Current;
        var own = now.Items(_menu).Select(i => i.Text("url")).ToHashSet(StringComparer.Ordinal);
        foreach (string url in NamedByCertificates(now).Where(u => !own.Contains(u)))
        {
            ulong id = _dynamicIds.GetOrAdd(url, _ => Interlocked.Increment(ref _lastId));
            var row = new Row(_menu, id, ImmutableDictionary<string, Value>.Empty, isDynamic: true);
            Show(row.Show("url", Value.Of(url)), url);
            yield return row;
        }
    }

    public bool TryRemove(ulong id) => false;

    /// <summary>Fetches every list, one after the other. Waits for the network: never on the control thread.</summary>
    /// <returns>How many were fetched, and how many could not be.</returns>
    public async Task<(int Fetched, int Failed)> FetchAll(CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stop.Token);
        await _turn.WaitAsync(end.Token).ConfigureAwait(false);
        try
        {
            StoreSnapshot now = _items.Store.Current;
            string[] urls = [.. Urls(now)];
            foreach (string gone in _fetched.Keys.Except(urls))
            {
                Forget(gone);
            }

            int failed = 0;
            foreach (string url in urls)
            {
                failed += await Fetch(url, now, end.Token).ConfigureAwait(false) ? 0 : 1;
                end.Token.ThrowIfCancellationRequested();
            }

            return (urls.Length - failed, failed);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends a fetch that is under way.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Reads the lists that were stored before the restart.</summary>
    public void Restore()
    {
        foreach (string url in Urls(_items.Store.Current))
        {
            try
            {
                if (_items.Directory.LoadList(KeyOf(url)) is { } stored)
                {
                    Take(url, RevocationList.Read(stored));
                }
            }
            catch (Exception exception) when (exception is ImportError or IOException or UnauthorizedAccessException)
            {
                Forget(url); // it is fetched again
            }
        }
    }

    private static string KeyOf(string url) => "url-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url)))[..32];

    private void Show(Row row, string url)
    {
        if (!_fetched.TryGetValue(url, out Fetched? fetched))
        {
            return;
        }

        row.Fault = fetched.Fault;
        if (fetched.List is not { } list)
        {
            row.Flags.Add('I');
            return;
        }

        row.Show("num", Value.Of(list.Number.ToString())).Show("revoked", Value.Of(list.Count));
        if (!fetched.IsValid)
        {
            row.Flags.Add('I');
        }

        if (list.HasExpired(_clock.GetUtcNow()))
        {
            row.Flags.Add('E');
        }
    }

    private IEnumerable<string> Urls(StoreSnapshot now) =>
        now.Items(_menu).Select(i => i.Text("url")).Concat(NamedByCertificates(now)).Distinct(StringComparer.Ordinal).Take(MostUrls);

    // What was issued here is on a list that is here.
    private IEnumerable<string> NamedByCertificates(StoreSnapshot now) => !IsDownloading(now) ? [] : _items.All(now)
        .Where(p => p.Item.Text("ca").Length == 0)
        .SelectMany(p => p.Known.About.RevocationListUrls)
        .Where(u => u.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        .Distinct(StringComparer.Ordinal);

    private async Task<bool> Fetch(string url, StoreSnapshot now, CancellationToken end)
    {
        try
        {
            byte[] file = await HttpFetch.Get(new Uri(url), RevocationList.LargestFile, FetchLimit, end).ConfigureAwait(false);
            var list = RevocationList.Read(file);
            Take(url, list);
            if (now.Settings(_settings).Text("crl-store") == "system")
            {
                _items.Directory.SaveList(KeyOf(url), list.Der);
            }

            return true;
        }
        catch (Exception exception) when (exception is IOException or ImportError or UriFormatException or UnauthorizedAccessException)
        {
            end.ThrowIfCancellationRequested();
            Fetched? before = _fetched.GetValueOrDefault(url);
            if (before?.Fault != exception.Message)
            {
                _log?.Warning("certificate", $"cannot fetch the revocation list {url}: {exception.Message}");
            }

            // The last list that came is better than none, until it expires.
            _fetched[url] = new Fetched(before?.List, before?.IsValid ?? false, exception.Message);
            return false;
        }
    }

    private void Take(string url, RevocationList list)
    {
        IEnumerable<StoredCertificate> authorities = _items.All(_items.Store.Current).Select(p => p.Known.Certificate)
            .Concat(_anchors.AreTrusted(_items.Store.Current) ? _anchors.All.Select(a => a.Certificate) : []);
        bool isValid = authorities.Any(list.IsMadeBy);
        _fetched[url] = new Fetched(list, isValid, isValid ? null : $"signed by no certificate here: {list.Issuer}");
    }

    private void Forget(string url)
    {
        _fetched.TryRemove(url, out _);
        _items.Directory.RemoveList(KeyOf(url));
    }

    private Value Download(CommandInvocation invocation)
    {
        try
        {
            (_, int failed) = FetchAll(invocation.Session.Cancellation).GetAwaiter().GetResult();
            return failed == 0 ? Value.Nothing : throw ScriptError.Failure($"{failed} revocation list(s) could not be fetched, see print");
        }
        catch (OperationCanceledException)
        {
            throw new ScriptError("interrupted");
        }
    }

    private Value Flush(CommandInvocation invocation)
    {
        try
        {
            // A fetch that is under way would bring back what was forgotten.
            _turn.Wait(invocation.Session.Cancellation);
        }
        catch (OperationCanceledException)
        {
            throw new ScriptError("interrupted");
        }

        try
        {
            _fetched.Keys.ToList().ForEach(Forget);
            return Value.Nothing;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>What came from an address.</summary>
    /// <param name="List">The last list that came, or null.</param>
    /// <param name="IsValid">True where an authority that is known here has signed it.</param>
    /// <param name="Fault">What is wrong with it, or with the last attempt.</param>
    private sealed record Fetched(RevocationList? List, bool IsValid, string? Fault);
}
