using SstpRouter.Linux;

namespace SstpRouter.Lab;

/// <summary>The network between the two routers: one cable.</summary>
internal static class LabWire
{
    public const string Interface = "ether1";

    /// <summary>Joins the two routers' <c>ether1</c>. The cable goes when either namespace does.</summary>
    public static void Connect(LabRouter one, LabRouter other)
    {
        using NetworkNamespace first = one.Namespace();
        using NetworkNamespace second = other.Namespace();
        first.Run(() =>
        {
            using var routes = new RouteSocket();
            routes.AddVethPair(Interface, Interface, second);
            BringUp(routes);
        });
        second.Run(() =>
        {
            using var routes = new RouteSocket();
            BringUp(routes);
        });
    }

    private static void BringUp(RouteSocket routes)
    {
        routes.SetLinkUp(routes.Link(Interface)!.Index);
    }
}
