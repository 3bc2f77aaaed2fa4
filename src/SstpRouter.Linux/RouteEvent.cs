namespace SstpRouter.Linux;

/// <summary>A change of the kernel's network; each kind is a type of its own.</summary>
public abstract record RouteEvent
{
    private RouteEvent()
    {
    }

    /// <summary>An interface came, or something about it changed.</summary>
    /// <param name="Link">The interface as it is now.</param>
    public sealed record LinkChanged(Link Link) : RouteEvent;

    /// <summary>An interface went, to another namespace or for good.</summary>
    /// <param name="Link">The interface as it was.</param>
    public sealed record LinkRemoved(Link Link) : RouteEvent;

    /// <summary>An address came or changed.</summary>
    /// <param name="Address">The address as it is now.</param>
    public sealed record AddressChanged(InterfaceAddress Address) : RouteEvent;

    /// <summary>An address went.</summary>
    /// <param name="Address">The address as it was.</param>
    public sealed record AddressRemoved(InterfaceAddress Address) : RouteEvent;

    /// <summary>A route came or replaced another.</summary>
    /// <param name="Route">The route as it is now.</param>
    public sealed record RouteChanged(Route Route) : RouteEvent;

    /// <summary>
    /// A route went by itself. The kernel is silent about IPv4 routes that go with their interface or address.
    /// </summary>
    /// <param name="Route">The route as it was.</param>
    public sealed record RouteRemoved(Route Route) : RouteEvent;

    /// <summary>Changes were lost: read everything again with <see cref="RouteSocket"/>.</summary>
    public sealed record ResyncNeeded : RouteEvent;
}
