using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using SstpRouter.Linux;
using SstpRouter.RouterOs.Logging;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;
using SstpRouter.Services.Interfaces;

namespace SstpRouter.Services.Ip;

/// <summary>The addresses of the interfaces: <c>/ip/address</c>. Stored ones are set, and set again when their interface comes back; what
/// others set, tunnels above all, is shown as dynamic.</summary>
internal sealed class AddressService : IRouterService, IMenuState
{
    private readonly Menu _menu;
    private readonly ConfigurationStore _store;
    private readonly KernelInterfaces _kernel;
    private readonly RouterLog _log;
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, Wanted> _set = [];
    private readonly ConcurrentDictionary<ulong, string> _faults = new();

    public AddressService(Menu root, ConfigurationStore store, KernelInterfaces kernel, RouterLog log)
    {
        _menu = root.Find("ip/address")!;
        _store = store;
        _kernel = kernel;
        _log = log;
        _menu.State = this;
    }

    public IReadOnlyCollection<Menu> Menus => [_menu];

    public void Prepare(IReadOnlyList<ItemChange> changes, StoreSnapshot after)
    {
        // Nothing to look at: that no two are alike, the menu says of itself.
    }

    public void Reconcile(StoreSnapshot snapshot)
    {
        lock (_gate)
        {
            Dictionary<ulong, Wanted> wanted = Forget(snapshot);

            // What is set stays so while no interface changes; there may be thousands, and each change of one comes here.
            foreach ((ulong id, Wanted address) in wanted.Where(w => !_set.ContainsKey(w.Key) || _faults.ContainsKey(w.Key)))
            {
                Give(id, address);
            }
        }
    }

    /// <summary>Sets the addresses of interfaces that have come, and what others took away. Does not throw.</summary>
    public void LinksChanged()
    {
        lock (_gate)
        {
            // Read inside: a change that comes in between would else be followed by what was before it.
            Dictionary<ulong, Wanted> wanted = Forget(_store.Current);
            HashSet<(string, IPAddress, int, IPAddress?)> there = wanted.Count == 0 ? [] : AddressesOf(wanted.Values.Select(w => w.Interface).Distinct());
            foreach ((ulong id, Wanted address) in wanted)
            {
                if (_set.ContainsKey(id) && there.Contains((address.Interface, address.Address, address.Length, address.Peer)))
                {
                    _faults.TryRemove(id, out _);
                }
                else
                {
                    Give(id, address);
                }
            }
        }
    }

    public void Describe(Row row)
    {
        if (_faults.TryGetValue(row.Id, out string? fault))
        {
            row.Fault = fault;
            row.Flags.Add('I');
        }

        row.Show("actual-interface", row["interface"] ?? Value.Of(""));
    }

    public IEnumerable<Row> DynamicRows()
    {
        IReadOnlyDictionary<int, string> names = _kernel.NamesByIndex();
        HashSet<(IPAddress, string)> stored;
        lock (_gate)
        {
            stored = [.. _set.Values.Select(w => (w.Address, w.Interface))];
        }

        ulong id = 0xF00000;
        var rows = new List<Row>();
        foreach (InterfaceAddress address in _kernel.Ask(s => s.Addresses()))
        {
            bool shown = address.Address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address.Address);
            if (shown && names.TryGetValue(address.InterfaceIndex, out string? name) && !stored.Contains((address.Address, name)))
            {
                rows.Add(Row(++id, address, name));
            }
        }

        return rows;
    }

    public bool TryRemove(ulong id) => false;

    /// <summary>Takes away what is no longer wanted.</summary>
    /// <returns>What is.</returns>
    private Dictionary<ulong, Wanted> Forget(StoreSnapshot snapshot)
    {
        var wanted = snapshot.Items(_menu).Where(i => !i.IsYes("disabled")).ToDictionary(i => i.Id, Wanted.Of);
        foreach ((ulong id, Wanted gone) in _set.Where(s => !wanted.TryGetValue(s.Key, out Wanted? w) || w != s.Value).ToList())
        {
            _set.Remove(id);
            Take(gone);
        }

        foreach (ulong id in _faults.Keys.Where(id => !wanted.ContainsKey(id)))
        {
            _faults.TryRemove(id, out _);
        }

        return wanted;
    }

    /// <summary>The addresses of those of some interfaces that are up.</summary>
    private HashSet<(string, IPAddress, int, IPAddress?)> AddressesOf(IEnumerable<string> interfaces)
    {
        try
        {
            // Not a list of all: there may be a thousand tunnels beside them. Two names may mean the same one.
            ILookup<int, string> names = interfaces.Select(name => (Name: name, Link: _kernel.Find(name)))
                .Where(i => i.Link?.IsUp == true).ToLookup(i => i.Link!.Index, i => i.Name);
            return
            [
                .. _kernel.Ask(s => s.Addresses())
                    .SelectMany(a => names[a.InterfaceIndex].Select(name => (name, a.Address, a.PrefixLength, a.Peer))),
            ];
        }
        catch (LinuxException)
        {
            return []; // then each is set again, and says what is wrong
        }
    }

    private Row Row(ulong id, InterfaceAddress address, string interfaceName)
    {
        IPAddress network = address.Peer ?? Network(address.Address, address.PrefixLength);
        return new Row(_menu, id, ImmutableDictionary<string, Value>.Empty, isDynamic: true)
            .Show("address", new PrefixValue(address.Address, address.PrefixLength))
            .Show("network", new AddressValue(network))
            .Show("interface", Value.Of(interfaceName))
            .Show("actual-interface", Value.Of(interfaceName));
    }

    private static IPAddress Network(IPAddress address, int length)
    {
        byte[] bytes = address.GetAddressBytes();
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] &= (byte)(0xFF00 >> Math.Clamp(length - (i * 8), 0, 8));
        }

        return new IPAddress(bytes);
    }

    private void Give(ulong id, Wanted wanted)
    {
        try
        {
            if (_kernel.Find(wanted.Interface) is not { } link)
            {
                _faults[id] = $"there is no interface {wanted.Interface} now";
                return;
            }

            _kernel.Ask(s =>
            {
                s.SetLinkUp(link.Index);
                s.AddAddress(link.Index, wanted.Address, wanted.Length, wanted.Peer);
                return true;
            });
            _faults.TryRemove(id, out _);
        }
        catch (LinuxException exception) when (exception.ErrorNumber == Errno.Exists)
        {
            _faults.TryRemove(id, out _);
        }
        catch (LinuxException exception)
        {
            // Tried again whenever any interface changes: the log gets a reason once.
            if (_faults.GetValueOrDefault(id) != exception.Message)
            {
                _faults[id] = exception.Message;
                Report(wanted, exception);
            }
        }

        _set[id] = wanted;
    }

    private void Take(Wanted wanted)
    {
        try
        {
            if (_kernel.Find(wanted.Interface) is { } link)
            {
                _kernel.Ask(s => s.DeleteAddress(link.Index, wanted.Address, wanted.Length, wanted.Peer));
            }
        }
        catch (LinuxException exception)
        {
            Report(wanted, exception);
        }
    }

    private void Report(Wanted wanted, LinuxException exception) =>
        _log.Write("system,error", $"address {wanted.Address}/{wanted.Length} on {wanted.Interface}: {exception.Message}");

    private sealed record Wanted(IPAddress Address, int Length, IPAddress? Peer, string Interface)
    {
        public static Wanted Of(Item item)
        {
            var prefix = (PrefixValue)item["address"]!;
            IPAddress? network = item.Address("network");
            bool pointToPoint = prefix.Length == 32 && network is not null && !network.Equals(prefix.Address);
            return new Wanted(prefix.Address, prefix.Length, pointToPoint ? network : null, item.Text("interface"));
        }
    }
}
