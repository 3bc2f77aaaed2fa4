using System.Collections.Immutable;
using SstpRouter.RouterOs.Logging;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.Services.Certificates;

/// <summary>Warns in the log before certificates expire: 30, 7 and 1 days before, and when it has happened. Each once: an item remembers what was
/// said last, so that a restart does not say it again, and says it late rather than never.</summary>
internal sealed class ExpiryWatch(CertificateItems items, RouterLog? log)
{
    private const string Warned = "expiry-warned";

    // Days before the end, the nearest first; 0 is the end itself.
    private static readonly int[] Marks = [0, 1, 7, 30];

    public void Check(DateTimeOffset now)
    {
        var said = new List<(ulong Id, int Mark)>();
        foreach ((Item item, KnownCertificate known) in items.All(items.Store.Current))
        {
            TimeSpan left = known.About.InvalidAfter - now;
            int mark = Array.FindIndex(Marks, m => left <= TimeSpan.FromDays(m));
            if (mark < 0 || item.Text("revoked").Length > 0 || (item[Warned] is NumberValue before && before.Number <= Marks[mark]))
            {
                continue;
            }

            string name = item.Text("name");
            log?.Warning("certificate", left <= TimeSpan.Zero
                ? $"certificate <{name}> has expired"
                : $"certificate <{name}> expires in {CertificateRows.ShortText(left)}");
            said.Add((item.Id, Marks[mark]));
        }

        if (said.Count > 0)
        {
            Remember(said);
        }
    }

    private void Remember(List<(ulong Id, int Mark)> said) => items.Store.Commit(draft =>
    {
        foreach ((ulong id, int mark) in said)
        {
            if (draft.Snapshot.Find(items.Menu, id) is { } item)
            {
                ImmutableDictionary<string, Value> values = item.Values.SetItem(Warned, Value.Of(mark));
                draft.Replace(item with { Values = values });
            }
        }
    });
}
