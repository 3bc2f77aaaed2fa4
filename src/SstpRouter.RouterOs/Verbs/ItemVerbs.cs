using System.Collections.Immutable;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Verbs;

/// <summary>What the commands that change a menu do.</summary>
internal sealed class ItemVerbs(ConfigurationStore store)
{
    /// <summary>The argument that says which items are meant.</summary>
    public const string Numbers = "numbers";

    public Value Add(CommandInvocation command) =>
        store.Commit<Value>(draft => new IdValue(ItemEdit.Add(draft, command.Menu, [.. command.Arguments, .. Made(command)], command.LeaveOut).Id));

    public Value Set(CommandInvocation command) => Change(command, (item, references) =>
    {
        ImmutableDictionary<string, Value> values = item.Values;
        foreach ((string name, Value? value) in ItemEdit.Read(item.Menu, [.. command.Arguments.Where(a => a.Name != Numbers)], references, command.LeaveOut))
        {
            values = value is null ? values.Remove(name) : values.SetItem(name, value);
        }

        return values;
    });

    public Value Unset(CommandInvocation command)
    {
        string typed = command["value-name"]?.ToText() ?? throw new ScriptError("missing value(s) of argument(s) value-name");
        string[] names = [.. command.Menu.Properties.Where(p => p.IsUnsettable).Select(p => p.Name)];
        string[] chosen = [.. typed.Split(',').Select(word => Choice.Of(names, word, "value-name"))];
        return Change(command, (item, _) => item.Values.RemoveRange(chosen));
    }

    public Value Comment(CommandInvocation command)
    {
        string text = command["comment"]?.ToText() ?? "";
        return Change(command, (item, _) => text.Length == 0 ? item.Values.Remove("comment") : item.Values.SetItem("comment", Value.Of(text)));
    }

    public Value SetDisabled(CommandInvocation command, bool isDisabled) =>
        Change(command, (item, _) => item.Values.SetItem("disabled", Value.Of(isDisabled)));

    public Value Remove(CommandInvocation command)
    {
        IReadOnlyList<Row> selected = SelectedRows.Of(store, command);
        store.Commit(draft =>
        {
            foreach (Row row in selected.Where(r => !r.IsDynamic))
            {
                draft.Remove(command.Menu, row.Id);
            }
        });

        foreach (Row row in selected.Where(r => r.IsDynamic))
        {
            if (command.Menu.State?.TryRemove(row.Id) != true)
            {
                throw ScriptError.Failure("can not remove dynamic " + command.Menu.ItemNoun.Split(' ')[^1]);
            }
        }

        return Value.Nothing;
    }

    private IEnumerable<GivenArgument> Made(CommandInvocation command) => command.Menu.Properties
        .Where(p => p.MadeByAdd is not null && command[p.Name] is null)
        .Select(p => new GivenArgument(p.Name, p.MadeByAdd!(command.Session, store.Clock.GetLocalNow()), false, command.Position));

    private Value Change(CommandInvocation command, Func<Item, IReferenceScope, ImmutableDictionary<string, Value>> edit)
    {
        if (command.Menu.Kind == MenuKind.Settings)
        {
            store.Commit(draft => Apply(draft, draft.Snapshot.Settings(command.Menu)));
            return Value.Nothing;
        }

        IReadOnlyList<Row> selected = SelectedRows.Of(store, command);
        if (selected.Any(r => r.IsDynamic))
        {
            throw ScriptError.Failure("can not change dynamic " + command.Menu.ItemNoun.Split(' ')[^1]);
        }

        store.Commit(draft =>
        {
            foreach (Row row in selected)
            {
                Apply(draft, draft.Snapshot.Find(command.Menu, row.Id) ?? throw ScriptError.NoSuchItem());
            }
        });
        return Value.Nothing;

        void Apply(StoreDraft draft, Item item) => draft.Replace(item with { Values = edit(item, draft.References) });
    }
}
