using System.Collections.Immutable;
using System.Globalization;
using System.Net.Sockets;
using SstpRouter.Linux;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;
using SstpRouter.Services.Interfaces;

namespace SstpRouter.Services.Ip;

/// <summary>The routes in use, as the kernel has them: <c>/ip/route</c>.</summary>
internal sealed class RouteService : IMenuState
{
    private readonly Menu _menu;
    private readonly KernelInterfaces _kernel;

    public RouteService(Menu root, KernelInterfaces kernel)
    {
        _menu = root.Find("ip/route")!;
        _kernel = kernel;
        _menu.State = this;
    }

    public void Describe(Row row)
    {
    }

    public IEnumerable<Row> DynamicRows()
    {
        var links = _kernel.Links().ToDictionary(l => l.Index);
        ulong id = 0;
        return _kernel.Ask(s => s.Routes(AddressFamily.InterNetwork))
            .Where(r => r.Table == RouteSpec.MainTable && r.Type == RouteType.Unicast)
            .OrderBy(r => r.Destination.BaseAddress.GetAddressBytes(), ByteOrder.Instance)
            .ThenBy(r => r.Destination.PrefixLength)
            .Select(r => Row(++id, r, r.OutputInterface is { } index ? links.GetValueOrDefault(index) : null))
            .ToList();
    }

    public bool TryRemove(ulong id) => false;

    private Row Row(ulong id, Route route, Link? link)
    {
        string interfaceName = link is null ? "" : _kernel.NameOf(link);
        bool isConnected = route.Protocol == RouteProtocol.Kernel;
        var row = new Row(_menu, id, ImmutableDictionary<string, Value>.Empty, isDynamic: true);
        row.Flags.Add('A');
        row.Flags.Add(isConnected ? 'c' : route.Protocol == RouteProtocol.Dhcp ? 'd' : link?.Kind == "tun" ? 'v' : 's');
        row.Show("dst-address", new PrefixValue(route.Destination.BaseAddress, route.Destination.PrefixLength))
            .Show("routing-table", Value.Of("main"))
            .Show("gateway", Value.Of(route.Gateway?.ToString() ?? interfaceName))
            .Show("immediate-gw", Value.Of(route.Gateway is null ? interfaceName : $"{route.Gateway}%{interfaceName}"))
            .Show("distance", Value.Of(isConnected ? 0 : Distance(route)))
            .Show("scope", Value.Of(isConnected ? 10 : 30))
            .Show("target-scope", Value.Of(isConnected ? 5 : 10));
        if (route.PreferredSource is { } source)
        {
            row.Show("local-address", Value.Of(string.Create(CultureInfo.InvariantCulture, $"{source}%{interfaceName}")));
        }

        return row;
    }

    /// <summary>A route of ours carries its distance as the kernel's metric; RouterOS knows no distance below 1 but for connected ones.</summary>
    private static int Distance(Route route) => Math.Clamp(route.Metric, 1, 255);

    private sealed class ByteOrder : IComparer<byte[]>
    {
        public static readonly ByteOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
