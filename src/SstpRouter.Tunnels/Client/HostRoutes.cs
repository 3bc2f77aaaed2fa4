using SstpRouter.Linux;

namespace SstpRouter.Tunnels.Client;

/// <summary>The routes that keep tunnels' own packets out of the tunnels. Several tunnels to one server share a route: it goes with the last.</summary>
internal sealed class HostRoutes
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RouteSpec, int> _users = [];

    /// <summary>Sets a route, or shares the one that another tunnel set.</summary>
    /// <returns>False where another program has set it already: it does what is needed, and is theirs to remove.</returns>
    /// <exception cref="LinuxException">The kernel refuses.</exception>
    public bool TryTake(RouteSocket routes, RouteSpec route)
    {
        lock (_gate)
        {
            if (_users.TryGetValue(route, out int users))
            {
                _users[route] = users + 1;
                return true;
            }

            try
            {
                routes.AddRoute(route);
            }
            catch (LinuxException exception) when (exception.ErrorNumber == Errno.Exists)
            {
                return false;
            }

            _users[route] = 1;
            return true;
        }
    }

    /// <summary>Gives a route back that <see cref="TryTake"/> gave.</summary>
    public void GiveBack(RouteSocket routes, RouteSpec route)
    {
        lock (_gate)
        {
            if (--_users[route] == 0)
            {
                _users.Remove(route);
                routes.DeleteRoute(route);
            }
        }
    }
}
