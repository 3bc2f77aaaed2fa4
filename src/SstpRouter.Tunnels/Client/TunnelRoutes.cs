using System.Net;
using SstpRouter.Linux;

namespace SstpRouter.Tunnels.Client;

/// <summary>The default route into a tunnel, and the route to its server that keeps the tunnel's own packets out of it.</summary>
internal sealed class TunnelRoutes
{
    private readonly RouteSocket _routes;
    private readonly HostRoutes _shared;
    private readonly IPAddress _server;
    private readonly int _tunnel;
    private RouteSpec? _hostRoute;

    public TunnelRoutes(RouteSocket routes, HostRoutes shared, IPAddress server, int tunnel)
    {
        _routes = routes;
        _shared = shared;
        _server = server;
        _tunnel = tunnel;
    }

    /// <summary>Sends everything through the tunnel, but not the tunnel's own packets.</summary>
    /// <exception cref="LinuxException">The kernel refuses; <see cref="Remove"/> takes away what was set before.</exception>
    public void Set(int distance)
    {
        Route? outer = _routes.Lookup(_server);
        if (outer is not null && outer.OutputInterface != _tunnel && (outer.Gateway is not null || IsByDefault(outer)))
        {
            Take(outer);
        }

        _routes.AddRoute(new RouteSpec
        {
            Destination = new IPNetwork(IPAddress.Any, 0),
            OutputInterface = _tunnel,
            Metric = distance,
        });
        _shared.Enter(_tunnel);
    }

    /// <summary>Makes the route to the server follow an uplink that went, came back, or gave way to another.</summary>
    /// <returns>False where the only way to the server leads into the tunnel.</returns>
    public bool Renew()
    {
        try
        {
            List<Route> outer = [.. _routes.Routes(_server.AddressFamily).Where(IsOuter)];
            bool stands = _hostRoute is not null && outer.Exists(IsHostRoute);
            outer.RemoveAll(IsHostRoute);
            bool leads = stands && (outer.Count == 0 || outer.Exists(route => LeadsTheSameWay(route, _hostRoute!)));
            if (!leads)
            {
                GiveBack();
                if (outer.OrderByDescending(r => r.Destination.PrefixLength).ThenBy(r => r.Metric).FirstOrDefault() is { } best
                    && (best.Gateway is not null || best.Destination.PrefixLength == 0))
                {
                    Take(best);
                }
            }

            return _routes.Lookup(_server) is { } way && way.OutputInterface != _tunnel;
        }
        catch (LinuxException)
        {
            // The uplink is just going; the next change of it, or the next second, brings us here again.
            return false;
        }
    }

    /// <summary>Takes the route to the server away; the default route goes with the interface.</summary>
    public void Remove()
    {
        _shared.Leave(_tunnel);
        GiveBack();
    }

    private static bool LeadsTheSameWay(Route one, RouteSpec other) =>
        Equals(one.Gateway, other.Gateway) && one.OutputInterface == other.OutputInterface;

    private bool IsHostRoute(Route route) =>
        _hostRoute is not null && route.Destination == _hostRoute.Destination && LeadsTheSameWay(route, _hostRoute);

    private bool IsOuter(Route route) =>
        route is { Table: RouteSpec.MainTable, Type: RouteType.Unicast, OutputInterface: { } index }
        && route.Destination.Contains(_server)
        && !_shared.IsTunnel(index);

    /// <summary>True where only a default route leads to the server, as on an uplink without a gateway.</summary>
    private bool IsByDefault(Route outer) => !_routes.Routes(_server.AddressFamily).Any(route =>
        route.OutputInterface == outer.OutputInterface
        && route.Destination.PrefixLength > 0
        && route.Destination.Contains(_server));

    private void Take(Route outer)
    {
        var hostRoute = new RouteSpec
        {
            Destination = new IPNetwork(_server, _server.GetAddressBytes().Length * 8),
            Gateway = outer.Gateway,
            OutputInterface = outer.OutputInterface,
        };
        _hostRoute = _shared.TryTake(_routes, hostRoute) ? hostRoute : null;
    }

    private void GiveBack()
    {
        if (_hostRoute is not null)
        {
            _shared.GiveBack(_routes, _hostRoute);
            _hostRoute = null;
        }
    }
}
