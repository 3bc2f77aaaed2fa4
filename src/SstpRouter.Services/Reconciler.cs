using SstpRouter.RouterOs.Storage;

namespace SstpRouter.Services;

/// <summary>Hands each change of the store to the services that it concerns, in the order in which they stand on each other.</summary>
internal sealed class Reconciler(IReadOnlyList<IRouterService> services, Action<string> fault) : IStoreSubscriber
{
    public void Prepare(IReadOnlyList<ItemChange> changes, StoreSnapshot after)
    {
        foreach (IRouterService service in Concerned(changes))
        {
            service.Prepare(changes, after);
        }
    }

    public void Apply(IReadOnlyList<ItemChange> changes, StoreSnapshot after)
    {
        foreach (IRouterService service in Concerned(changes))
        {
            Reconcile(service, after);
        }
    }

    /// <summary>Brings everything up at start.</summary>
    public void ApplyAll(StoreSnapshot snapshot)
    {
        foreach (IRouterService service in services)
        {
            Reconcile(service, snapshot);
        }
    }

    private IEnumerable<IRouterService> Concerned(IReadOnlyList<ItemChange> changes) =>
        services.Where(s => changes.Any(c => s.Menus.Contains(c.Menu)));

    private void Reconcile(IRouterService service, StoreSnapshot snapshot)
    {
        try
        {
            service.Reconcile(snapshot);
        }
        catch (Exception exception)
        {
            // A defect in one service must not keep the others from following, nor take the router down.
            fault($"{service.GetType().Name}: {exception}");
        }
    }
}
