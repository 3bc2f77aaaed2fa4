using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.Services.Certificates;

/// <summary><c>/certificate issued-revoke</c>.</summary>
internal sealed class RevokeCommand
{
    private readonly CertificateItems _items;
    private readonly OwnRevocationLists _lists;
    private readonly TimeProvider _clock;

    public RevokeCommand(CertificateItems items, OwnRevocationLists lists, TimeProvider clock)
    {
        _items = items;
        _lists = lists;
        _clock = clock;
        items.Menu.Command("issued-revoke")!.Run = Run;
    }

    private Value Run(CommandInvocation invocation)
    {
        IReadOnlyList<Item> selected = _items.Some(invocation, "numbers");
        Value now = Value.Of(RouterTime.Keep(_clock.GetUtcNow()));
        _items.Store.Commit(draft =>
        {
            foreach (Item chosen in selected)
            {
                Item item = draft.Snapshot.Find(_items.Menu, chosen.Id) ?? throw ScriptError.NoSuchItem();
                RequireRevocable(item, draft.Snapshot);
                draft.Replace(item with { Values = item.Values.SetItem("revoked", now) });
            }
        });
        _lists.Update();
        return Value.Nothing;
    }

    private void RequireRevocable(Item item, StoreSnapshot snapshot)
    {
        string name = item.Text("name");
        if (item.Text("ca") is not { Length: > 0 } ca)
        {
            throw ScriptError.Failure($"certificate <{name}> was not issued here");
        }

        if (item.Text("revoked").Length > 0)
        {
            throw ScriptError.Failure($"certificate <{name}> is revoked already");
        }

        if (_items.Find(snapshot, ca) is not { } authority || _items.Load(authority.Id)?.Certificate.PrivateKeyPkcs8 is null)
        {
            throw ScriptError.Failure($"the CA <{ca}> has no private key here");
        }
    }
}
