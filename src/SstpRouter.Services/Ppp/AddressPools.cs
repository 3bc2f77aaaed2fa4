using System.Collections.Immutable;
using System.Net;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.Services.Ppp;

/// <summary>Gives addresses out of <c>/ip/pool</c> and takes them back. A user gets the address of last time where it is free.</summary>
internal sealed class AddressPools : IMenuState
{
    private readonly Menu _pools;
    private readonly Menu _used;
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, Lease> _leases = [];
    private readonly Dictionary<(string Pool, string User), IPAddress> _last = [];
    private ulong _nextId = 1;

    public AddressPools(Menu root)
    {
        _pools = root.Find("ip/pool")!;
        _used = root.Find("ip/pool/used")!;
        _used.State = this;
        _pools.State = new PoolCounts(this);
    }

    /// <summary>Takes a free address.</summary>
    /// <returns>Null where the pool, and those that follow it, are used up or do not exist.</returns>
    public IPAddress? Take(StoreSnapshot snapshot, string pool, string user)
    {
        lock (_gate)
        {
            var seen = new HashSet<string>();
            for (string? name = pool; name is not null && seen.Add(name); name = NextPool(snapshot, name))
            {
                if (Free(snapshot, name, user) is { } address)
                {
                    _leases[address] = new Lease(_nextId++, name, address, user);
                    _last[(name, user)] = address;
                    return address;
                }
            }

            return null;
        }
    }

    /// <summary>Gives an address back; one that no pool gave out is let pass.</summary>
    public void GiveBack(IPAddress address)
    {
        lock (_gate)
        {
            _leases.Remove(address);
        }
    }

    public void Describe(Row row)
    {
    }

    public IEnumerable<Row> DynamicRows()
    {
        lock (_gate)
        {
            return [.. _leases.Values.Select(l => new Row(_used, l.Id, ImmutableDictionary<string, Value>.Empty, isDynamic: true)
                .Show("pool", Value.Of(l.Pool))
                .Show("address", new AddressValue(l.Address))
                .Show("owner", Value.Of("SSTP"))
                .Show("info", Value.Of(l.User)))];
        }
    }

    public bool TryRemove(ulong id) => false;

    private IPAddress? Free(StoreSnapshot snapshot, string pool, string user)
    {
        if (Item(snapshot, pool) is not { } item)
        {
            return null;
        }

        IReadOnlyList<AddressRange> ranges = AddressRange.ListFrom(item["ranges"]!);
        if (_last.TryGetValue((pool, user), out IPAddress? last) && !_leases.ContainsKey(last) && ranges.Any(r => r.Contains(last)))
        {
            return last;
        }

        return ranges.SelectMany(r => r.Addresses()).FirstOrDefault(a => !_leases.ContainsKey(a));
    }

    private string? NextPool(StoreSnapshot snapshot, string pool) =>
        Item(snapshot, pool)?.Text("next-pool") is { Length: > 0 } next and not "none" ? next : null;

    private Item? Item(StoreSnapshot snapshot, string pool) => snapshot.Items(_pools).FirstOrDefault(i => i.Text("name") == pool);

    private int UsedOf(string pool)
    {
        lock (_gate)
        {
            return _leases.Values.Count(l => l.Pool == pool);
        }
    }

    private sealed record Lease(ulong Id, string Pool, IPAddress Address, string User);

    private sealed class PoolCounts(AddressPools pools) : IMenuState
    {
        public void Describe(Row row)
        {
            long total = AddressRange.ListFrom(row["ranges"]!).Sum(AddressRanges.Count);
            long used = pools.UsedOf(row.Text("name"));
            row.Show("total", Value.Of(total)).Show("used", Value.Of(used)).Show("available", Value.Of(total - used));
        }

        public IEnumerable<Row> DynamicRows() => [];

        public bool TryRemove(ulong id) => false;
    }
}
