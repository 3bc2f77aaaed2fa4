using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;

namespace SstpRouter.Services;

/// <summary>One part of the running system that follows the configuration.</summary>
internal interface IRouterService
{
    /// <summary>The menus whose items it depends on.</summary>
    IReadOnlyCollection<Menu> Menus { get; }

    /// <summary>Looks at a change before it is made; throws <see cref="RouterOs.Language.ScriptError"/> to refuse it.</summary>
    void Prepare(IReadOnlyList<ItemChange> changes, StoreSnapshot after);

    /// <summary>Brings the system to what the configuration says. Called once for each change, however many items it has; does nothing where nothing
    /// that matters to it differs. Must not throw and must not wait.</summary>
    void Reconcile(StoreSnapshot snapshot);
}
