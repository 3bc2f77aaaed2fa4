using System.Collections.Immutable;
using System.Globalization;
using SstpRouter.Linux;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;
using SstpRouter.Services.Ppp;
using SstpRouter.Services.Sstp;
using SstpRouter.Tunnels.Data;
using SstpRouter.Tunnels.Server;

namespace SstpRouter.Services.Interfaces;

/// <summary>All interfaces, whatever made them: <c>/interface</c>.</summary>
internal sealed class InterfaceService : IMenuState
{
    /// <summary>Interfaces that the kernel brings have ids of their own, apart from those of stored items and of sessions.</summary>
    private const ulong KernelIds = 0x1000000;

    private static readonly (string Name, PacketDrop Reason)[] Reasons =
    [
        ("rx-drop-malformed", PacketDrop.Malformed),
        ("rx-drop-unexpected", PacketDrop.Unexpected),
        ("rx-drop-refused", PacketDrop.Refused),
        ("tx-drop-unsendable", PacketDrop.Unsendable),
        ("tx-drop-too-large", PacketDrop.TooLarge),
        ("tx-drop-not-agreed", PacketDrop.NotAgreed),
        ("tx-drop-overflow", PacketDrop.Overflow),
        ("tx-drop-slowed", PacketDrop.Slowed),
    ];

    private readonly Menu _menu;
    private readonly Menu _clients;
    private readonly Menu _bindings;
    private readonly ConfigurationStore _store;
    private readonly KernelInterfaces _kernel;
    private readonly SstpClientService _clientService;
    private readonly ActiveSessions _sessions;

    public InterfaceService(
        Menu root,
        ConfigurationStore store,
        KernelInterfaces kernel,
        SstpClientService clientService,
        ActiveSessions sessions)
    {
        _menu = root.Find("interface")!;
        _clients = root.Find("interface/sstp-client")!;
        _bindings = root.Find("interface/sstp-server")!;
        _store = store;
        _kernel = kernel;
        _clientService = clientService;
        _sessions = sessions;
        _menu.State = this;
    }

    public void Describe(Row row)
    {
    }

    public IEnumerable<Row> DynamicRows()
    {
        StoreSnapshot snapshot = _store.Current;
        var links = _kernel.Links().ToDictionary(_kernel.NameOf);
        var rows = new List<Row>();
        foreach (Item client in snapshot.Items(_clients))
        {
            rows.Add(Tunnel(client.Id, client.Text("name"), "sstp-out", links, client, _clientService.StateOf(client.Id).IsRunning, _clientService.CountersOf(client.Id)));
        }

        foreach (Item binding in snapshot.Items(_bindings))
        {
            ServerCall? call = _sessions.WithBinding(binding.Id)?.Call;
            rows.Add(Tunnel(binding.Id, binding.Text("name"), "sstp-in", links, binding, call?.State.IsRunning == true, call?.Counters));
        }

        foreach (ActiveSession session in _sessions.All.Where(s => s is { BindingId: null, Call: not null }))
        {
            rows.Add(Tunnel(session.Id, session.InterfaceName, "sstp-in", links, null, session.Call!.State.IsRunning, session.Call.Counters));
        }

        return [.. links.Values.Where(_kernel.IsForeign).OrderBy(l => l.Index).Select(Physical), .. rows];
    }

    // Those of the configuration are stored under their own menus, where they are found by themselves.
    public bool Shows(string propertyName, Value value) => propertyName == "name" && value is TextValue { Content: var name }
        && (_sessions.WithInterface(name) is { BindingId: null, Call: not null } || (_kernel.Find(name) is { } link && _kernel.IsForeign(link)));

    public bool TryRemove(ulong id) => false;

    private static string TypeOf(Link link) => (link.Flags & LinkFlags.Loopback) != 0 ? "loopback" : link.Kind switch
    {
        "" or "veth" => "ether",
        "tun" => "tun",
        _ => link.Kind,
    };

    private static string MacAddress(Link link) => string.Join(':', link.HardwareAddress.ToArray().Select(b => b.ToString("X2", CultureInfo.InvariantCulture)));

    private Row Physical(Link link)
    {
        var row = new Row(_menu, KernelIds + (ulong)link.Index, ImmutableDictionary<string, Value>.Empty, isDynamic: false);
        row.Show("name", Value.Of(_kernel.NameOf(link)))
            .Show("default-name", Value.Of(link.Name))
            .Show("type", Value.Of(TypeOf(link)))
            .Show("mtu", Value.Of(link.Mtu.ToString(CultureInfo.InvariantCulture)));
        if (!link.HardwareAddress.IsEmpty && TypeOf(link) != "loopback")
        {
            row.Show("mac-address", Value.Of(MacAddress(link)));
        }

        if (link.IsRunning)
        {
            row.Flags.Add('R');
        }
        else if (!link.IsUp)
        {
            row.Flags.Add('X');
        }

        ShowCounters(row, link);
        return row;
    }

    private Row Tunnel(ulong id, string name, string type, Dictionary<string, Link> links, IPropertySource? item, bool running, TunnelCounters? counters)
    {
        var row = new Row(_menu, id, ImmutableDictionary<string, Value>.Empty, isDynamic: item is null);
        row.Show("name", Value.Of(name)).Show("type", Value.Of(type));
        if (item is not null)
        {
            row.Show("comment", item["comment"] ?? Value.Of(""));
            if (item.IsYes("disabled"))
            {
                row.Flags.Add('X');
            }
        }

        if (running)
        {
            row.Flags.Add('R');
        }

        // The tunnel's own device is listed here, not a second time among those of the kernel.
        if (links.Remove(name, out Link? link))
        {
            ShowCounters(row, link);
            if (counters is not null)
            {
                ShowCounters(row, link, counters);
            }
        }

        return row;
    }

    // The kernel counts a super-packet as one, and knows nothing of what the tunnel drops.
    private static void ShowCounters(Row row, Link link, TunnelCounters counters)
    {
        row.Show("rx-byte", Value.Of(counters.BytesIn))
            .Show("tx-byte", Value.Of(counters.BytesOut))
            .Show("rx-packet", Value.Of(counters.PacketsIn))
            .Show("tx-packet", Value.Of(counters.PacketsOut))
            .Show("rx-drop", Value.Of(counters.Dropped(PacketDrop.Unexpected) + counters.Dropped(PacketDrop.Refused)))
            .Show("tx-drop", Value.Of(counters.Dropped(PacketDrop.TooLarge) + counters.Dropped(PacketDrop.NotAgreed)))
            .Show("tx-queue-drop", Value.Of(counters.DroppedQueued + (long)link.Statistics.TxDropped))
            .Show("rx-error", Value.Of(counters.Dropped(PacketDrop.Malformed)))
            .Show("tx-error", Value.Of(counters.Dropped(PacketDrop.Unsendable)));
        foreach ((string name, PacketDrop reason) in Reasons)
        {
            row.Show(name, Value.Of(counters.Dropped(reason)));
        }
    }

    private static void ShowCounters(Row row, Link link) => row
        .Show("actual-mtu", Value.Of(link.Mtu))
        .Show("rx-byte", Value.Of((long)link.Statistics.RxBytes))
        .Show("tx-byte", Value.Of((long)link.Statistics.TxBytes))
        .Show("rx-packet", Value.Of((long)link.Statistics.RxPackets))
        .Show("tx-packet", Value.Of((long)link.Statistics.TxPackets))
        .Show("rx-drop", Value.Of((long)link.Statistics.RxDropped))
        .Show("tx-drop", Value.Of((long)link.Statistics.TxDropped))
        .Show("rx-error", Value.Of((long)link.Statistics.RxErrors))
        .Show("tx-error", Value.Of((long)link.Statistics.TxErrors));
}
