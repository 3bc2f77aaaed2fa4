using System.Net;
using System.Net.Sockets;
using SstpRouter.Linux.Netlink;

namespace SstpRouter.Linux;

/// <content>Routes.</content>
public sealed partial class RouteSocket
{
    /// <summary>All routes of a family, of all tables, the kernel's own ones included.</summary>
    /// <param name="family">IPv4 or IPv6.</param>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    public IReadOnlyList<Route> Routes(AddressFamily family) => Dump(
        () => RouteMessage.WriteDump(new NetlinkRequest(MessageType.GetRoute, MessageFlags.Dump), family),
        MessageType.NewRoute,
        static body => RouteMessage.Read(body) is { IsCloned: false } route ? route : null,
        "cannot list the routes");

    /// <summary>Adds a route.</summary>
    /// <param name="route">The route.</param>
    /// <exception cref="LinuxException">
    /// It is there already (same destination, table and metric), its gateway cannot be reached, or the privilege is
    /// missing.
    /// </exception>
    public void AddRoute(RouteSpec route) => Demand(
        RouteMessage.Write(Creation(MessageType.NewRoute), route, DefaultScope(route)),
        $"cannot add route {Text(route)}");

    /// <summary>Adds a route in place of one with the same destination, table and metric, if there is one.</summary>
    /// <param name="route">The route.</param>
    /// <exception cref="LinuxException">Its gateway cannot be reached, or the privilege is missing.</exception>
    public void ReplaceRoute(RouteSpec route)
    {
        NetlinkRequest request =
            new(MessageType.NewRoute, MessageFlags.Acknowledge | MessageFlags.Create | MessageFlags.Replace);
        Demand(RouteMessage.Write(request, route, DefaultScope(route)), $"cannot set route {Text(route)}");
    }

    /// <summary>
    /// Puts a route before others with the same destination, table and metric, of which IPv4 uses the first; it is added
    /// where it is not there.
    /// </summary>
    /// <param name="route">The route.</param>
    /// <exception cref="LinuxException">Its gateway cannot be reached, or the privilege is missing.</exception>
    public void PreferRoute(RouteSpec route)
    {
        _ = DeleteRoute(route);

        // ip-route(8), prepend: to create without being the only one and without being appended
        NetlinkRequest request = new(MessageType.NewRoute, MessageFlags.Acknowledge | MessageFlags.Create);
        Demand(RouteMessage.Write(request, route, DefaultScope(route)), $"cannot set route {Text(route)}");
    }

    /// <summary>Deletes the first route that has everything that is given.</summary>
    /// <param name="route">The route; metric 0 and what is null match any.</param>
    /// <returns>False when there is no such route.</returns>
    /// <exception cref="LinuxException">The privilege is missing.</exception>
    public bool DeleteRoute(RouteSpec route)
    {
        NetlinkRequest request = new(MessageType.DeleteRoute, MessageFlags.Acknowledge);
        return Try(
            RouteMessage.Write(request, route, RouteScope.Nowhere),
            $"cannot delete route {Text(route)}",
            Errno.NotFound,
            Errno.NoDevice,
            Errno.NoEntry);
    }

    /// <summary>The way that a packet of ours to an address would take now.</summary>
    /// <param name="destination">The address.</param>
    /// <returns>Its gateway, interface and source address, or null when no route leads there.</returns>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    public Route? Lookup(IPAddress destination)
    {
        NetlinkRequest request = new(MessageType.GetRoute, MessageFlags.Acknowledge);

        // The kernel answers unreachable, prohibit and blackhole routes with these errors.
        return Find(
            RouteMessage.WriteLookup(request, destination),
            MessageType.NewRoute,
            RouteMessage.Read,
            $"cannot look up the route to {destination}",
            Errno.NetworkUnreachable,
            Errno.HostUnreachable,
            Errno.AccessDenied,
            Errno.Invalid);
    }

    // ip-route(8): local routes end on this machine; without a gateway the destination is on the link.
    private static RouteScope DefaultScope(RouteSpec route) => route.Type switch
    {
        RouteType.Local => RouteScope.Host,
        RouteType.Broadcast or RouteType.Multicast or RouteType.Anycast => RouteScope.Link,
        RouteType.Unicast when route.Gateway is null
            && route.Destination.BaseAddress.AddressFamily == AddressFamily.InterNetwork => RouteScope.Link,
        _ => RouteScope.Universe,
    };

    private static string Text(RouteSpec route) =>
        route.Gateway is null ? $"{route.Destination}" : $"{route.Destination} via {route.Gateway}";
}
