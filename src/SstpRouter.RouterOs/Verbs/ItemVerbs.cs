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

    /// <summary>The same for commands that are about one item.</summary>
    public const string Number = "number";

    /// <summary>The argument that names the item which a new one takes its values from.</summary>
    public const string CopyFrom = "copy-from";

    /// <summary>The menus whose items a menu shows although it holds none itself: those below it that have names of one group.</summary>
    public static IEnumerable<Menu> HeldBelow(Menu menu) =>
        menu.IsWritable ? [] : menu.Children.Where(m => m is { Kind: MenuKind.Items, IsWritable: true } && m.Property("name")?.UniqueIn is not null);

    public Value Add(CommandInvocation command) =>
        store.Commit<Value>(
            draft =>
            {
                Item? copied = Copied(command);
                return new IdValue(ItemEdit.Add(draft, command.Menu, [.. command.Arguments, .. Made(command, copied)], copied, command.LeaveOut).Id);
            },
            command.Session);

    public Value Set(CommandInvocation command) => Change(
        command,
        (item, references) => Changed(item, [.. command.Arguments.Where(a => a.Name != Numbers)], references, command.LeaveOut));

    public Value Unset(CommandInvocation command)
    {
        string typed = command["value-name"]?.ToText() ?? throw new ScriptError("missing value(s) of argument(s) value-name");
        string[] names = [.. command.Menu.Properties.Where(p => p.IsUnsettable).Select(p => p.Name)];
        string[] chosen = [.. typed.Split(',').Select(word => Choice.Of(names, word, "value-name"))];
        return Change(command, (item, _) => item.Values.RemoveRange(chosen));
    }

    /// <summary>Brings properties back to what a new item has that does not say.</summary>
    public Value Reset(CommandInvocation command)
    {
        Property[] chosen = [.. command.Arguments.Select(a => command.Menu.Property(a.Name)).OfType<Property>().Where(p => command.Has(p.Name))];
        if (chosen.Length == 0)
        {
            throw ScriptError.Failure("name the properties to reset");
        }

        if (chosen.FirstOrDefault(p => p.IsRequired || p.NamePattern is not null) is { } kept)
        {
            throw new ScriptError("value of " + kept.Name + " can not be unset");
        }

        return Change(command, (item, _) =>
        {
            IReadOnlyDictionary<string, Value> builtIn = item.Menu.BuiltIns.FirstOrDefault(b => b.Id == item.Id)?.Values ?? ImmutableDictionary<string, Value>.Empty;
            ImmutableDictionary<string, Value> values = item.Values;
            foreach (Property property in chosen)
            {
                Value? unsaid = builtIn.GetValueOrDefault(property.Name) ?? property.AddDefault;
                values = unsaid is null ? values.Remove(property.Name) : values.SetItem(property.Name, unsaid);
            }

            return values;
        });
    }

    /// <summary>Has the user edit the value of a property at the console.</summary>
    public Value Edit(CommandInvocation command)
    {
        string typed = command["value-name"]?.ToText() ?? throw new ScriptError("missing value(s) of argument(s) value-name");
        Property property = command.Menu.Property(
            Choice.Of([.. command.Menu.Properties.Where(p => !p.IsReadOnly).Select(p => p.Name)], typed, "value-name"))!;
        IPropertySource edited = command.Menu.Kind == MenuKind.Settings ? CommandPolicy.Visible(command.Menu, store.Rows(command.Menu), command.Session)[0]
            : SelectedRows.Of(store, command) is [var row] ? row
            : throw new ScriptError("invalid internal item number");
        string before = edited[property.Name] is { } value ? property.Type.Format(value) : "";
        if (command.Session.Edit(before) is not { } after || after == before)
        {
            return Value.Nothing;
        }

        GivenArgument given = new(property.Name, Value.Of(after), IsNegated: after.Length == 0 && property.IsUnsettable, command.Position);
        return Change(command, (item, references) => Changed(item, [given], references, command.LeaveOut));
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
        store.Commit(
            draft =>
            {
                foreach (Row row in selected.Where(r => !r.IsDynamic))
                {
                    draft.Remove(command.Menu, row.Id);
                }
            },
            command.Session);

        foreach (Row row in selected.Where(r => r.IsDynamic))
        {
            if (command.Menu.State?.TryRemove(row.Id) != true)
            {
                throw ScriptError.Failure("can not remove dynamic " + command.Menu.ItemNoun.Split(' ')[^1]);
            }
        }

        return Value.Nothing;
    }

    private static ImmutableDictionary<string, Value> Changed(
        Item item, IReadOnlyList<GivenArgument> arguments, IReferenceScope references, Action<GivenArgument, string>? leaveOut)
    {
        ImmutableDictionary<string, Value> values = item.Values;
        foreach ((string name, Value? value) in ItemEdit.Read(item.Menu, arguments, references, leaveOut))
        {
            values = value is null ? values.Remove(name) : values.SetItem(name, value);
        }

        return values;
    }

    private IEnumerable<GivenArgument> Made(CommandInvocation command, Item? copied) => command.Menu.Properties
        .Where(p => p.MadeByAdd is not null && command[p.Name] is null && (p.IsOfAdder || copied?.IsSet(p.Name) != true))
        .Select(p => new GivenArgument(p.Name, p.MadeByAdd!(command.Session, store.Clock.GetLocalNow()), false, command.Position));

    private Value Change(CommandInvocation command, Func<Item, IReferenceScope, ImmutableDictionary<string, Value>> edit)
    {
        if (command.Menu.Kind == MenuKind.Settings)
        {
            store.Commit(draft => Apply(draft, draft.Snapshot.Settings(command.Menu)), command.Session);
            return Value.Nothing;
        }

        IReadOnlyList<Row> selected = SelectedRows.Of(store, command);
        if (selected.Any(r => r.IsDynamic))
        {
            throw ScriptError.Failure("can not change dynamic " + command.Menu.ItemNoun.Split(' ')[^1]);
        }

        store.Commit(
            draft =>
            {
                foreach (Row row in selected)
                {
                    Apply(draft, StoredItem(draft.Snapshot, command.Menu, row));
                }
            },
            command.Session);
        return Value.Nothing;

        void Apply(StoreDraft draft, Item item) => draft.Replace(item with { Values = edit(item, draft.References) });
    }

    /// <summary>The stored item of a row: in its menu, or in one below where the menu shows what those hold (<c>/interface</c>).</summary>
    private static Item StoredItem(StoreSnapshot snapshot, Menu menu, Row row) =>
        menu.IsWritable
            ? snapshot.Find(menu, row.Id) ?? throw ScriptError.NoSuchItem()
            : HeldBelow(menu).Select(m => snapshot.Find(m, row.Id)).FirstOrDefault(i => i is not null)
                ?? throw ScriptError.Failure($"{menu.ItemNoun} <{row["name"]?.ToText()}> is of the system and can not be changed here");

    /// <summary>The stored item that <c>copy-from</c> names; null where it was not given.</summary>
    private Item? Copied(CommandInvocation command)
    {
        if (command[CopyFrom] is not { } source)
        {
            return null;
        }

        IReadOnlyList<Row> rows = store.Rows(command.Menu);
        return ItemSelection.Resolve(source, rows, command.Session.Numbers.Of(command.Menu), command.Position) is [Row { IsDynamic: false } row]
            ? store.Current.Find(command.Menu, row.Id)
            : throw ScriptError.NoSuchItem();
    }
}
