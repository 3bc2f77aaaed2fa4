using System.Collections.Concurrent;
using System.Text;
using SstpRouter.Linux;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;
using SstpRouter.RouterOs.Verbs;
using SstpRouter.Services.Certificates;
using SstpRouter.Services.Interfaces;
using SstpRouter.Services.Scripts;
using SstpRouter.Tunnels;
using SstpRouter.Tunnels.Data;
using SstpRouter.Tunnels.Workers;

namespace SstpRouter.Services.Sstp;

/// <summary>Keeps a dialler for each enabled item of <c>/interface/sstp-client</c>.</summary>
internal sealed class SstpClientService : IRouterService, IMenuState
{
    private readonly Menu _menu;
    private readonly Menu _profiles;
    private readonly ConfigurationStore _store;
    private readonly TunnelWorkers _workers;
    private readonly NameResolver _resolver;
    private readonly InterfaceNames _names;
    private readonly TlsPolicies _policies;
    private readonly KernelInterfaces _kernel;
    private readonly PppScripts _scripts;
    private readonly ITunnelLog _log;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<ulong, DialSlot> _slots = new();
    private readonly List<DialSlot> _leaving = [];
    private readonly HashSet<string> _named = [];

    public SstpClientService(
        Menu root,
        ConfigurationStore store,
        TunnelWorkers workers,
        NameResolver resolver,
        InterfaceNames names,
        CertificateService certificates,
        TlsPolicies policies,
        KernelInterfaces kernel,
        PppScripts scripts,
        ITunnelLog log)
    {
        _menu = root.Find("interface/sstp-client")!;
        _profiles = root.Find("ppp/profile")!;
        _store = store;
        _workers = workers;
        _resolver = resolver;
        _names = names;
        _policies = policies;
        _kernel = kernel;
        _scripts = scripts;
        _log = log;
        _menu.State = this;
        _menu.Command("monitor")!.Run = Monitor;
        _menu.Command("pin")!.Run = Pin;
        certificates.ContentChanged += Resume;
    }

    public IReadOnlyCollection<Menu> Menus => [_menu, _profiles, .. _policies.Menus];

    public void Prepare(IReadOnlyList<ItemChange> changes, StoreSnapshot after)
    {
        foreach (ItemChange change in changes)
        {
            if (change.Menu == _menu && change.After is { } item)
            {
                RequireFreeName(change.Before, item);
                RequireFit(item, "user");
                RequireFit(item, "password");
                TlsPolicyCheck.Client(item, after, _policies);
            }
        }
    }

    public void Reconcile(StoreSnapshot snapshot)
    {
        lock (_gate)
        {
            foreach (ulong id in _slots.Keys)
            {
                if (snapshot.Find(_menu, id) is null && _slots.TryRemove(id, out DialSlot? gone))
                {
                    _leaving.Add(gone);
                    gone.Want(null);
                }
            }

            _policies.Pins.Follow(snapshot.Items(_menu));
            foreach (Item item in snapshot.Items(_menu))
            {
                Follow(item, snapshot);
            }

            ReleaseUnused();
        }
    }

    /// <summary>Hangs all tunnels up.</summary>
    public Task Stop()
    {
        lock (_gate)
        {
            return Task.WhenAll(_slots.Values.Concat(_leaving).Select(s => s.Stop()));
        }
    }

    /// <summary>Tells all tunnels that the kernel's network has changed.</summary>
    public void PathChanged(PathChange change)
    {
        foreach (DialSlot slot in _slots.Values)
        {
            slot.PathChanged(change);
        }
    }

    /// <summary>How far the tunnel of an item is.</summary>
    public TunnelState StateOf(ulong id) => _slots.TryGetValue(id, out DialSlot? slot) ? slot.State : new TunnelState();

    /// <summary>What went through the tunnel of an item; null where there was none yet.</summary>
    public TunnelCounters? CountersOf(ulong id) => _slots.TryGetValue(id, out DialSlot? slot) ? slot.Counters : null;

    public void Describe(Row row)
    {
        if (!_slots.TryGetValue(row.Id, out DialSlot? slot))
        {
            return;
        }

        row.Fault = slot.Fault;
        if (slot.State.IsRunning)
        {
            row.Flags.Add('R');
        }
    }

    public IEnumerable<Row> DynamicRows() => [];

    public bool TryRemove(ulong id) => false;

    /// <summary>PAP and CHAP carry the length of a name or password in one byte. RFC 1334 2.2.1</summary>
    private static void RequireFit(Item item, string property)
    {
        if (Encoding.UTF8.GetByteCount(item.Text(property)) > byte.MaxValue)
        {
            throw ScriptError.Failure($"{property} is longer than {byte.MaxValue} bytes");
        }
    }

    private void Resume()
    {
        lock (_gate)
        {
            // Read inside: a change that comes in between would else be followed by what was before it.
            Reconcile(_store.Current);
        }
    }

    private void Follow(Item item, StoreSnapshot snapshot)
    {
        string name = item.Text("name");
        DialSlot slot = _slots.GetOrAdd(item.Id, _ => SlotFor(name));
        if (item.IsYes("disabled"))
        {
            slot.Want(null);
            return;
        }

        try
        {
            _named.Add(name);
            slot.Want(DialPlan.Of(item, snapshot, _profiles, _names, _policies));
        }
        catch (ScriptError error)
        {
            // Said once, not at every change of something else.
            if (slot.Fault != error.Text)
            {
                _log.Write(TunnelLogLevel.Info, $"{name}: terminating... - {error.Text}");
            }

            slot.Want(null, error.Text);
        }
    }

    /// <summary>An interface that was removed and is made again at once gets its old slot, which waits until the old tunnel has left it.</summary>
    private DialSlot SlotFor(string name)
    {
        if (_leaving.Find(s => s.Names.Contains(name)) is not { } leaving)
        {
            return new DialSlot(_workers.Next(), _resolver, _log, _scripts, Left);
        }

        _leaving.Remove(leaving);
        return leaving;
    }

    private void Left()
    {
        lock (_gate)
        {
            ReleaseUnused();
        }
    }

    private void ReleaseUnused()
    {
        _leaving.RemoveAll(s => s.IsIdle);
        var held = _slots.Values.Concat(_leaving).SelectMany(s => s.Names).ToHashSet();
        foreach (string name in _named.Where(n => !held.Contains(n)).ToList())
        {
            _named.Remove(name);
            _names.Release(name);
        }
    }

    private void RequireFreeName(Item? before, Item item)
    {
        string name = item.Text("name");
        if (before?.Text("name") != name && _kernel.Find(name) is { } link && _kernel.IsForeign(link))
        {
            throw ScriptError.Failure("already have interface with such name");
        }
    }

    private Value Monitor(CommandInvocation invocation) => TunnelMonitor.Run(invocation, _store, row => TunnelMonitor.Values(StateOf(row.Id)));

    /// <summary>Makes the certificate that the server showed last the one that it must have from now on.</summary>
    private Value Pin(CommandInvocation invocation)
    {
        if (SelectedRows.Of(_store, invocation) is not [Row row] || _store.Current.Find(_menu, row.Id) is not { } item)
        {
            throw ScriptError.Failure("one tunnel can be pinned at a time");
        }

        string seen = _policies.Pins.SeenBy(item) ?? throw ScriptError.Failure(
            "this server has shown no certificate yet: let the tunnel connect first, or set server-fingerprint=");
        _store.Commit(draft => draft.Replace(item with { Values = item.Values.SetItem("server-fingerprint", Value.Of(seen)) }));
        invocation.Session.Output.Write($"server-fingerprint: {seen}\n");
        return Value.Nothing;
    }
}
