using SstpRouter.Certificates;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.Services.Certificates.Acme;

/// <summary>The items of <c>/certificate</c> that ACME brought and keeps: a certificate with its key, and its issuers beside it.</summary>
/// <param name="items">All items.</param>
/// <param name="contentChanged">Told when the certificate of an item is another one.</param>
internal sealed class AcmeItems(CertificateItems items, Action contentChanged)
{
    private const string ChainMark = "acme-chain";

    // What is kept of the life of the certificate from before.
    private static readonly string[] OfOneCertificate = ["expiry-warned", "acme-failures", "acme-retry", "acme-fault", "acme-kind"];

    /// <summary>True for a certificate that ACME brought.</summary>
    public static bool IsManaged(IPropertySource item) => item.Text("directory-url").Length > 0;

    /// <summary>The certificates that ACME brought and that can be read.</summary>
    public IEnumerable<(Item Item, KnownCertificate Known)> All => items.All(items.Store.Current).Where(p => IsManaged(p.Item));

    /// <summary>True while there is such an item.</summary>
    public bool Exists(ulong id) => items.Store.Current.Find(items.Menu, id) is not null;

    /// <summary>What is asked for when an item is renewed.</summary>
    /// <exception cref="AcmeError">A hand has broken what the item says.</exception>
    public static AcmeRequest RequestOf(IPropertySource item)
    {
        try
        {
            return new AcmeRequest(new Uri(item.Text("directory-url")), AcmeRequest.ReadNames(item.Text("domain-names")));
        }
        catch (FormatException exception)
        {
            throw new AcmeError("item", $"its directory-url or domain-names are broken, get it anew: {exception.Message}");
        }
    }

    /// <summary>The item of the same authority with the same names, or null.</summary>
    public Item? Find(AcmeRequest request) => items.Store.Current.Items(items.Menu).FirstOrDefault(i =>
        i.Text("directory-url") == request.Directory.AbsoluteUri && i.Text("domain-names") == request.NamesText);

    /// <summary>Adds an item.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="issued">What came.</param>
    /// <exception cref="ScriptError">It cannot be stored.</exception>
    public void Add(string name, AcmeRequest request, IssuedCertificate issued)
    {
        KeyValuePair<string, Value>[] values =
        [
            new("name", Value.Of(name)),
            new("trusted", Value.Of(false)),
            new("directory-url", Value.Of(request.Directory.AbsoluteUri)),
            new("domain-names", Value.Of(request.NamesText)),
        ];
        items.Add([(values, issued.Leaf), .. Missing(name, issued)]);
    }

    /// <summary>Puts a new certificate in the place of the one that an item has.</summary>
    /// <exception cref="ScriptError">It cannot be stored, or the item was removed meanwhile.</exception>
    public void Replace(ulong id, IssuedCertificate issued)
    {
        // The issuers first: who looks at the certificate must find them.
        Item before = items.Store.Current.Find(items.Menu, id) ?? throw ScriptError.NoSuchItem();
        items.Add(Missing(before.Text("name"), issued));
        items.Store.Commit(draft =>
        {
            Item now = draft.Snapshot.Find(items.Menu, id) ?? throw ScriptError.NoSuchItem();
            items.Save(id, issued.Leaf);
            draft.Replace(now with { Values = now.Values.RemoveRange(OfOneCertificate) });
        });
        contentChanged();
        RemoveUnused();
    }

    /// <summary>Changes what is remembered of an item; nothing happens where it is gone.</summary>
    public void Remember(ulong id, params (string Property, Value Value)[] values) => items.Store.Commit(draft =>
    {
        if (draft.Snapshot.Find(items.Menu, id) is { } now)
        {
            draft.Replace(now with { Values = now.Values.SetItems(values.Select(v => new KeyValuePair<string, Value>(v.Property, v.Value))) });
        }
    });

    /// <summary>Removes issuers that came by ACME and that no certificate needs any more.</summary>
    public void RemoveUnused()
    {
        StoreSnapshot now = items.Store.Current;
        if (now.Items(items.Menu).Any(i => !CertificateItems.IsTemplate(i) && items.Load(i.Id) is null))
        {
            return; // it may need one of them when it can be read again
        }

        StoredCertificate[] all = [.. items.All(now).Select(p => p.Known.Certificate)];
        var needed = items.All(now).Where(p => !p.Item.IsYes(ChainMark))
            .SelectMany(p => CertificateChain.Build(p.Known.Certificate, all).Select(c => c.Fingerprint))
            .ToHashSet(StringComparer.Ordinal);
        ulong[] unused = [.. items.All(now).Where(p => p.Item.IsYes(ChainMark) && !needed.Contains(p.Known.About.Fingerprint)).Select(p => p.Item.Id)];
        if (unused.Length == 0)
        {
            return;
        }

        try
        {
            items.Store.Commit(draft =>
            {
                foreach (ulong id in unused.Where(id => draft.Snapshot.Find(items.Menu, id) is { } item && !item.IsYes("trusted")))
                {
                    draft.Remove(items.Menu, id);
                }
            });
        }
        catch (ScriptError)
        {
            return; // somebody uses one, and it stays
        }
    }

    private IEnumerable<(KeyValuePair<string, Value>[] Values, StoredCertificate Certificate)> Missing(string name, IssuedCertificate issued)
    {
        StoreSnapshot now = items.Store.Current;
        var stored = items.All(now).Select(p => p.Known.About.Fingerprint).ToHashSet(StringComparer.Ordinal);
        var taken = now.Items(items.Menu).Select(i => i.Text("name")).Append(name).ToHashSet(StringComparer.Ordinal);
        int number = 0;
        foreach (StoredCertificate issuer in issued.Chain.Where(c => !stored.Contains(c.Fingerprint)))
        {
            string free;
            do
            {
                free = $"{name}_{++number}";
            }
            while (!taken.Add(free));

            yield return ([new("name", Value.Of(free)), new("trusted", Value.Of(false)), new(ChainMark, Value.Of(true))], issuer);
        }
    }
}
