using System.Collections.Concurrent;
using System.Globalization;
using SstpRouter.Certificates;
using SstpRouter.RouterOs.Logging;
using SstpRouter.RouterOs.Storage;
using SstpRouter.Services.Http;

namespace SstpRouter.Services.Certificates;

/// <summary>The revocation lists of the authorities that are this router's own: made, kept beside their certificates, and published where an
/// authority has a host to do so.</summary>
/// <remarks>A list on the disk is the memory of what was revoked: a certificate stays on it when its item is removed.</remarks>
internal sealed class OwnRevocationLists(CertificateItems items, HttpDocuments? documents, RouterLog? log, TimeProvider clock)
{
    /// <summary>How long a list is good; it is made anew when half of that is over.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromDays(7);

    private const string MediaType = "application/pkix-crl"; // RFC 5280 4.2.1.13

    private readonly ConcurrentDictionary<ulong, RevocationList> _lists = new();
    private readonly HashSet<ulong> _published = [];
    private readonly Lock _gate = new();

    /// <summary>The lists, DER.</summary>
    public IReadOnlyList<byte[]> All => [.. _lists.OrderBy(l => l.Key).Select(l => l.Value.Der)];

    /// <summary>Where an authority publishes its list, or null where it does not.</summary>
    public static string? UrlOf(Item authority) =>
        authority.Text("ca-crl-host") is { Length: > 0 } host ? $"http://{host}{PathOf(authority.Id)}" : null;

    /// <summary>Brings all lists to what the configuration and the clock say. Signs and writes: not for the control thread.</summary>
    public void Update()
    {
        lock (_gate)
        {
            StoreSnapshot now = items.Store.Current;
            ulong[] authorities = [.. items.All(now).Where(a => IsOurs(a.Known)).Select(a => a.Item.Id)];
            foreach (ulong gone in _lists.Keys.Except(authorities))
            {
                _lists.TryRemove(gone, out _);
                items.Directory.RemoveList(CertificateItems.Key(gone));
                Withdraw(gone);
            }

            foreach (ulong id in authorities)
            {
                Update(now.Find(items.Menu, id)!, now);
            }
        }
    }

    private static bool IsOurs(KnownCertificate known) => known is { Certificate.PrivateKeyPkcs8: not null, About.IsAuthority: true };

    private static string PathOf(ulong id) => string.Create(CultureInfo.InvariantCulture, $"/crl/{id}.crl");

    private void Update(Item authority, StoreSnapshot now)
    {
        try
        {
            RevocationList? list = Known(authority.Id);
            RevokedCertificate[] revoked = [.. RevokedBy(authority, now)];
            bool isPublished = UrlOf(authority) is not null;
            if (list is null && revoked.Length == 0 && !isPublished)
            {
                return; // nobody has asked for one
            }

            if (list is null || IsOld(list) || revoked.Any(r => list.Entries.All(e => e.SerialNumber != r.SerialNumber)))
            {
                list = Make(authority, list, revoked);
            }

            if (isPublished && documents is not null)
            {
                documents.Publish(PathOf(authority.Id), MediaType, list.Der);
                _published.Add(authority.Id);
            }
            else
            {
                Withdraw(authority.Id);
            }
        }
        catch (Exception exception) when (exception is SigningError or ImportError or IOException or UnauthorizedAccessException)
        {
            log?.Error("certificate", $"the revocation list of <{authority.Text("name")}> was not made: {exception.Message}");
        }
    }

    private IEnumerable<RevokedCertificate> RevokedBy(Item authority, StoreSnapshot now)
    {
        foreach ((Item item, KnownCertificate known) in items.All(now))
        {
            if (item.Text("ca") == authority.Text("name") && item.Text("revoked") is { Length: > 0 } time)
            {
                yield return new RevokedCertificate(known.About.SerialNumber, RouterTime.Read(time));
            }
        }
    }

    private bool IsOld(RevocationList list) => list.NextUpdate is not { } next || next - clock.GetUtcNow() < Validity / 2;

    private RevocationList Make(Item authority, RevocationList? before, RevokedCertificate[] revoked)
    {
        IEnumerable<RevokedCertificate> kept = before?.Entries ?? [];
        RevokedCertificate[] entries = [.. kept.Concat(revoked).DistinctBy(e => e.SerialNumber)];
        DateTimeOffset now = clock.GetUtcNow();
        RevocationList made = RevocationList.Make(
            items.Load(authority.Id)!.Certificate, (before?.Number ?? 0) + 1, entries, now, now + Validity);
        items.Directory.SaveList(CertificateItems.Key(authority.Id), made.Der);
        return _lists[authority.Id] = made;
    }

    private RevocationList? Known(ulong id)
    {
        if (_lists.TryGetValue(id, out RevocationList? known))
        {
            return known;
        }

        return items.Directory.LoadList(CertificateItems.Key(id)) is { } stored ? _lists[id] = RevocationList.Read(stored) : null;
    }

    private void Withdraw(ulong id)
    {
        if (_published.Remove(id))
        {
            documents!.Withdraw(PathOf(id));
        }
    }
}
