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
    private readonly Dictionary<(ulong PoolId, string User), IPAddress> _last = [];
    private readonly ConfigurationStore _store;
    private ulong _nextId = 1;

    public AddressPools(Menu root, ConfigurationStore store)
    {
        _store = store;
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
            var seen = new HashSet<ulong>();
            for (Item? item = Named(snapshot, pool); item is not null && seen.Add(item.Id); item = Named(snapshot, item.Text("next-pool")))
            {
                if (Free(item, user) is { } address)
                {
                    _leases[address] = new Lease(_nextId++, item.Id, address, user);
                    _last[(item.Id, user)] = address;
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
        StoreSnapshot snapshot = _store.Current;
        lock (_gate)
        {
            return [.. _leases.Values.Select(l => new Row(_used, l.Id, ImmutableDictionary<string, Value>.Empty, isDynamic: true)
                .Show("pool", Value.Of(snapshot.Find(_pools, l.PoolId)?.Text("name") ?? new IdValue(l.PoolId).ToText()))
                .Show("address", new AddressValue(l.Address))
                .Show("owner", Value.Of("SSTP"))
                .Show("info", Value.Of(l.User)))];
        }
    }

    public bool TryRemove(ulong id) => false;

    private IPAddress? Free(Item pool, string user)
    {
        IReadOnlyList<AddressRange> ranges = AddressRange.ListFrom(pool["ranges"]!);
        if (_last.TryGetValue((pool.Id, user), out IPAddress? last) && !_leases.ContainsKey(last) && ranges.Any(r => r.Contains(last)))
        {
            return last;
        }

        return ranges.SelectMany(r => r.Addresses()).FirstOrDefault(a => !_leases.ContainsKey(a));
    }

    private Item? Named(StoreSnapshot snapshot, string name) => snapshot.Items(_pools).FirstOrDefault(i => i.Text("name") == name);

    private int UsedOf(ulong poolId)
    {
        lock (_gate)
        {
            return _leases.Values.Count(l => l.PoolId == poolId);
        }
    }

    private sealed record Lease(ulong Id, ulong PoolId, IPAddress Address, string User);

    private sealed class PoolCounts(AddressPools pools) : IMenuState
    {
        public void Describe(Row row)
        {
            long total = AddressRange.ListFrom(row["ranges"]!).Sum(AddressRanges.Count);
            long used = pools.UsedOf(row.Id);
            row.Show("total", Value.Of(total)).Show("used", Value.Of(used)).Show("available", Value.Of(total - used));
        }

        public IEnumerable<Row> DynamicRows() => [];

        public bool TryRemove(ulong id) => false;
    }
}
