using System.Collections.Concurrent;
using SstpRouter.Certificates;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Storage;
using SstpRouter.Tls;
using SstpRouter.Tunnels;

namespace SstpRouter.Services.Sstp;

/// <summary>What the clients know of their servers' own certificates: <c>server-fingerprint</c>.</summary>
/// <remarks>What <c>trust-first-use</c> learns is state and no setting: it lies beside the certificates, and goes when the item goes, dials another
/// server or is set to another value.</remarks>
internal sealed class ServerPins(KnownServers known, ITunnelLog log)
{
    /// <summary>The value that takes the first certificate and stays with it.</summary>
    public const string FirstUse = "trust-first-use";

    /// <summary>The value for no pin.</summary>
    public const string None = "none";

    private readonly ConcurrentDictionary<ulong, Entry> _entries = new();

    /// <summary>The pin of an item; the same object as long as the item asks for the same of the same server.</summary>
    /// <exception cref="ScriptError">What was learned cannot be read.</exception>
    public ServerPin For(Item item)
    {
        var wish = Wish.Of(item);
        if (_entries.TryGetValue(item.Id, out Entry? entry) && entry.Wish == wish)
        {
            return entry.Pin;
        }

        ServerPin pin = Make(item, wish);
        _entries[item.Id] = new Entry(wish, pin);
        return pin;
    }

    /// <summary>A pin like that of an item, which learns nothing: for trying a policy.</summary>
    public static ServerPin Like(Item item) => item.Text("server-fingerprint") switch
    {
        None => ServerPin.Observing(),
        FirstUse => ServerPin.FirstUse(known: null, static _ => { }),
        string fingerprint => ServerPin.To(fingerprint),
    };

    /// <summary>The fingerprint that the item's server showed last, or else the one that it must have; null where neither is known.</summary>
    public string? SeenBy(Item item)
    {
        ServerPin pin = For(item);
        return pin.LastSeen ?? pin.Expected;
    }

    /// <summary>Forgets what no item of the menu wants to know any more.</summary>
    public void Follow(IEnumerable<Item> items)
    {
        List<Item> all = [.. items];
        foreach (ulong gone in _entries.Keys.Except(all.Select(i => i.Id)))
        {
            _entries.TryRemove(gone, out _);
        }

        try
        {
            known.KeepOnly(all.Where(i => i.Text("server-fingerprint") == FirstUse).Select(i => i.Id).ToHashSet());
        }
        catch (Exception exception) when (exception is ImportError or IOException or UnauthorizedAccessException)
        {
            log.Write(TunnelLogLevel.Error, exception.Message);
        }
    }

    private ServerPin Make(Item item, Wish wish)
    {
        if (wish.Fingerprint != FirstUse)
        {
            return Like(item);
        }

        try
        {
            string name = item.Text("name");
            return ServerPin.FirstUse(
                known.Find(item.Id, wish.Host, wish.Port),
                fingerprint => ThreadPool.QueueUserWorkItem(_ => Learn(item.Id, name, wish, fingerprint)));
        }
        catch (Exception exception) when (exception is ImportError or IOException or UnauthorizedAccessException)
        {
            throw new ScriptError(exception.Message);
        }
    }

    private void Learn(ulong id, string name, Wish wish, string fingerprint)
    {
        try
        {
            known.Remember(id, wish.Host, wish.Port, fingerprint);
            log.Write(TunnelLogLevel.Info, $"{name}: from now on {wish.Host} must have the certificate {fingerprint}");
        }
        catch (Exception exception) when (exception is ImportError or IOException or UnauthorizedAccessException)
        {
            log.Write(TunnelLogLevel.Error, $"{name}: the server's certificate is known until the next restart only: {exception.Message}");
        }
    }

    private sealed record Entry(Wish Wish, ServerPin Pin);

    private sealed record Wish(string Fingerprint, string Host, int Port)
    {
        public static Wish Of(Item item) => new(item.Text("server-fingerprint"), item.Text("connect-to"), item.Number("port"));
    }
}
