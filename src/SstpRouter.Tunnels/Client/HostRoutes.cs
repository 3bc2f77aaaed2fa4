using SstpRouter.Linux;

namespace SstpRouter.Tunnels.Client;

/// <summary>The routes that keep tunnels' own packets out of the tunnels. Several tunnels to one server share a route: it goes with the last.</summary>
internal sealed class HostRoutes
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RouteSpec, int> _users = [];
    private readonly HashSet<int> _tunnels = [];

    /// <summary>Sets a route, or shares the one that another tunnel set and sets that again where the kernel has dropped it.</summary>
    /// <returns>False where another program has set it already: it does what is needed, and is theirs to remove.</returns>
    /// <exception cref="LinuxException">The kernel refuses.</exception>
    public bool TryTake(RouteSocket routes, RouteSpec route)
    {
        lock (_gate)
        {
            int users = _users.GetValueOrDefault(route);
            try
            {
                routes.AddRoute(route);
            }
            catch (LinuxException exception) when (exception.ErrorNumber == Errno.Exists)
            {
                if (users == 0)
                {
                    return false;
                }
            }

            _users[route] = users + 1;
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

    /// <summary>An interface is a tunnel that everything goes into.</summary>
    public void Enter(int tunnel)
    {
        lock (_gate)
        {
            _tunnels.Add(tunnel);
        }
    }

    /// <summary>It is none any more.</summary>
    public void Leave(int tunnel)
    {
        lock (_gate)
        {
            _tunnels.Remove(tunnel);
        }
    }

    /// <summary>True for an interface that would lead a tunnel's own packets into a tunnel.</summary>
    public bool IsTunnel(int interfaceIndex)
    {
        lock (_gate)
        {
            return _tunnels.Contains(interfaceIndex);
        }
    }
}
