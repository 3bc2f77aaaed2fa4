using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace SstpRouter.Tunnels.Server;

/// <summary>The places of callers without a login, and the line of those who wait for one. An address may have as many as a bound says, and never
/// more than are free: it takes hundreds of addresses to take all, and the next place goes to the address that holds the fewest.</summary>
/// <param name="places">How many callers may log in at once.</param>
/// <param name="placesPerAddress">The same, from one address.</param>
/// <param name="waiting">How many may wait for a place.</param>
/// <param name="waitingPerAddress">The same, from one address.</param>
/// <typeparam name="T">What is kept of a caller who waits.</typeparam>
internal sealed class LoginPlaces<T>(int places, int placesPerAddress, int waiting, int waitingPerAddress)
{
    private readonly Dictionary<IPAddress, Source> _sources = [];
    private readonly SortedSet<Source> _lines = new(FewestPlacesFirst.Instance);
    private readonly LinkedList<Waiter> _waiters = [];
    private long _lastNumber;

    /// <summary>Places that are held now.</summary>
    public int Held { get; private set; }

    /// <summary>Callers who wait now.</summary>
    public int Waiting => _waiters.Count;

    /// <summary>Whose time to wait ends first; null where nobody waits.</summary>
    public Waiter? Oldest => _waiters.First?.Value;

    /// <summary>Takes a place for a caller who has just come.</summary>
    /// <returns>False where his address may have none now, or others from there came before him.</returns>
    public bool TryTake(IPAddress address)
    {
        Source source = Find(address);
        bool may = source.Line.Count == 0 && MayHold(source);
        if (may)
        {
            Hold(source, 1);
        }

        return may;
    }

    /// <summary>Gives a place back.</summary>
    public void GiveBack(IPAddress address) => Hold(Find(address), -1);

    /// <summary>Lines a caller up.</summary>
    /// <param name="address">Where he calls from.</param>
    /// <param name="caller">What is kept of him.</param>
    /// <param name="until">How long he waits at most; not earlier than that of any before him.</param>
    /// <returns>Null where the line, or his address's share of it, is full.</returns>
    public Waiter? TryWait(IPAddress address, T caller, long until)
    {
        Source source = Find(address);
        if (!HasShare(source.Line.Count, Waiting, waiting, waitingPerAddress))
        {
            return null;
        }

        var waiter = new Waiter(source, caller, until, ++_lastNumber);
        _lines.Remove(source);
        source.Line.AddLast(waiter.InSource);
        _waiters.AddLast(waiter.InAll);
        Keep(source);
        return waiter;
    }

    /// <summary>Takes a caller out of the line.</summary>
    /// <returns>False where he waits no more.</returns>
    public bool Leave(Waiter waiter)
    {
        if (waiter.InAll.List is null)
        {
            return false;
        }

        _lines.Remove(waiter.Source);
        waiter.Source.Line.Remove(waiter.InSource);
        _waiters.Remove(waiter.InAll);
        Keep(waiter.Source);
        return true;
    }

    /// <summary>Gives the next free place to the one who is to have it, and takes him out of the line.</summary>
    public bool TrySeat([NotNullWhen(true)] out Waiter? next)
    {
        // Where the address with the fewest places may have no more, none may.
        next = _lines.Min is { } source && MayHold(source) ? source.Line.First!.Value : null;
        if (next is null)
        {
            return false;
        }

        Leave(next);
        Hold(next.Source, 1);
        next.IsSeated = true;
        return true;
    }

    private static bool HasShare(int own, int all, int most, int mostPerAddress) => own < Math.Min(mostPerAddress, most - all);

    private bool MayHold(Source source) => HasShare(source.Held, Held, places, placesPerAddress);

    private Source Find(IPAddress address)
    {
        IPAddress key = CallSource.Of(address);
        return _sources.GetValueOrDefault(key) ?? new Source(key);
    }

    private void Hold(Source source, int more)
    {
        _lines.Remove(source);
        source.Held += more;
        Held += more;
        Keep(source);
    }

    /// <summary>Puts a source back into the order that its change may have moved it in; one with nothing is forgotten.</summary>
    private void Keep(Source source)
    {
        if (source.Line.Count > 0)
        {
            _lines.Add(source);
        }

        if (source is { Held: 0, Line.Count: 0 })
        {
            _sources.Remove(source.Address);
        }
        else
        {
            _sources[source.Address] = source;
        }
    }

    /// <summary>One who waits.</summary>
    internal sealed class Waiter
    {
        public Waiter(Source source, T caller, long until, long number)
        {
            Source = source;
            Caller = caller;
            Until = until;
            Number = number;
            InSource = new LinkedListNode<Waiter>(this);
            InAll = new LinkedListNode<Waiter>(this);
        }

        public T Caller { get; }

        public long Until { get; }

        public long Number { get; }

        /// <summary>True where the wait ended with a place.</summary>
        public bool IsSeated { get; set; }

        public Source Source { get; }

        public LinkedListNode<Waiter> InSource { get; }

        public LinkedListNode<Waiter> InAll { get; }
    }

    /// <summary>One address with what it holds and who waits there.</summary>
    internal sealed class Source(IPAddress address)
    {
        public IPAddress Address => address;

        public int Held { get; set; }

        public LinkedList<Waiter> Line { get; } = [];
    }

    /// <summary>Who came first, among addresses that hold as many.</summary>
    private sealed class FewestPlacesFirst : IComparer<Source>
    {
        public static readonly FewestPlacesFirst Instance = new();

        public int Compare(Source? one, Source? other)
        {
            int held = one!.Held.CompareTo(other!.Held);
            return held != 0 ? held : FirstNumber(one).CompareTo(FirstNumber(other));
        }

        // A source whose line is empty stands in no order; it is asked about only when it is to be removed.
        private static long FirstNumber(Source source) => source.Line.First?.Value.Number ?? 0;
    }
}
