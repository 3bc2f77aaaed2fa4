using System.Collections.Immutable;
using System.Globalization;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.RouterOs.Storage;

/// <summary>The commands that state files are run with: the same menus as the user's, with their own <c>add</c>, <c>set</c>, <c>remove</c> and
/// <c>find</c>, which know <c>.id</c> and read-only properties and take references on trust.</summary>
/// <remarks>A tree of its own keeps private spellings out of the user's commands, and menus' own commands (<c>/certificate import</c>) out of
/// a state.</remarks>
internal sealed class ReplayMenus
{
    private readonly MenuIndex _menus;
    private StoreDraft? _together;

    private ReplayMenus(Menu root, StoreSnapshot start)
    {
        _menus = new MenuIndex(root);
        Snapshot = start;
        Tree = Mirror(root);
    }

    /// <summary>The root of the private menus.</summary>
    public Menu Tree { get; }

    /// <summary>What the commands so far have made.</summary>
    public StoreSnapshot Snapshot { get; set; }

    /// <summary>Runs commands as the one transaction that they were.</summary>
    /// <returns>False where the rules refuse it as a whole; then nothing has changed.</returns>
    public bool TryTogether(Action run)
    {
        _together = new StoreDraft(_menus, Snapshot, isReplay: true);
        try
        {
            run();
            _together.FinishAsWritten();
            Snapshot = _together.Snapshot;
            return true;
        }
        catch (ScriptError)
        {
            return false;
        }
        finally
        {
            _together = null;
        }
    }

    /// <summary>Makes the private menus, over a configuration that they will change.</summary>
    public static ReplayMenus Over(Menu root, StoreSnapshot start) => new(root, start);

    private Menu Mirror(Menu menu)
    {
        var mirror = new Menu(menu.Name, menu.Kind, menu.Description);
        foreach (Menu child in menu.Children)
        {
            mirror.Add(Mirror(child));
        }

        CommandArgument[] properties =
            [.. menu.Properties.Select(p => new CommandArgument(p.Name, p.Description, Property: p)), .. menu.OtherSpellings];
        if (menu.Kind == MenuKind.Items)
        {
            var id = new CommandArgument(".id", "the id of the item");
            var before = new CommandArgument(".before", "the item that it comes in front of");
            var numbers = new CommandArgument("numbers", "the items");
            mirror.Add(new MenuCommand("add", "adds an item") { Arguments = [id, before, .. properties], TakesNegation = true, Run = c => Add(menu, c) });
            mirror.Add(new MenuCommand("set", "changes items")
            {
                Arguments = [numbers, .. properties],
                UnnamedArguments = ["numbers"],
                TakesNegation = true,
                Run = c => Set(menu, c),
            });
            mirror.Add(new MenuCommand("move", "moves items")
            {
                Arguments = [numbers, before],
                UnnamedArguments = ["numbers"],
                Run = c => Move(menu, c),
            });
            mirror.Add(new MenuCommand("remove", "removes items") { Arguments = [numbers], UnnamedArguments = ["numbers"], Run = c => Remove(menu, c) });
            mirror.Add(new MenuCommand("find", "finds items") { TakesWhere = true, WhereIsImplied = true, Run = c => Find(menu, c) });
        }
        else if (menu.Kind == MenuKind.Settings)
        {
            mirror.Add(new MenuCommand("set", "changes the settings") { Arguments = properties, TakesNegation = true, Run = c => Set(menu, c) });
        }

        return mirror;
    }

    private Value Add(Menu menu, CommandInvocation command) => Edit(draft =>
    {
        if (command[".id"] is not { } given)
        {
            return new IdValue(ItemEdit.Add(draft, menu, command.Arguments, leaveOut: command.LeaveOut).Id); // a line that a hand has put in
        }

        ulong id = ReadId(given);
        var values = ItemEdit.Read(menu, [.. command.Arguments.Where(a => a.Name is not (".id" or ".before"))], draft.References, command.LeaveOut);
        return new IdValue(draft.Add(menu, id, values.Where(v => v.Value is not null).Select(v => KeyValuePair.Create(v.Key, v.Value!)), Before(command)).Id);
    });

    private Value Move(Menu menu, CommandInvocation command) => Edit(draft =>
    {
        foreach (Item item in Selected(menu, command))
        {
            draft.Move(menu, item.Id, Before(command));
        }

        return Value.Nothing;
    });

    private Value Set(Menu menu, CommandInvocation command) => Edit(draft =>
    {
        foreach (Item item in menu.Kind == MenuKind.Settings ? [draft.Snapshot.Settings(menu)] : Selected(menu, command))
        {
            ImmutableDictionary<string, Value> values = item.Values;
            foreach ((string name, Value? value) in ItemEdit.Read(menu, [.. command.Arguments.Where(a => a.Name != "numbers")], draft.References, command.LeaveOut))
            {
                values = value is null ? values.Remove(name) : values.SetItem(name, value);
            }

            draft.Replace(item with { Values = values });
        }

        return Value.Nothing;
    });

    private Value Remove(Menu menu, CommandInvocation command) => Edit(draft =>
    {
        foreach (Item item in Selected(menu, command))
        {
            draft.Remove(menu, item.Id);
        }

        return Value.Nothing;
    });

    private ArrayValue Find(Menu menu, CommandInvocation command) =>
        ArrayValue.Of(Rows(menu).Where(r => command.Where?.Invoke(r) ?? true).Select(r => new IdValue(r.Id)));

    private Item[] Selected(Menu menu, CommandInvocation command)
    {
        // A line of ours names one item by its id: it must not cost a look at all of them.
        if (command["numbers"] is { } numbers && TryReadId(numbers, out ulong id))
        {
            return [Current.Find(menu, id) ?? throw ScriptError.NoSuchItem()];
        }

        return [.. ItemSelection.Resolve(command["numbers"], Rows(menu), numbered: null, command.Position).Select(r => Current.Find(menu, r.Id)!)];
    }

    private StoreSnapshot Current => _together?.Snapshot ?? Snapshot;

    private Row[] Rows(Menu menu) => [.. Current.Items(menu).Select(i => new Row(menu, i.Id, i.Values, isDynamic: false))];

    private Value Edit(Func<StoreDraft, Value> edit)
    {
        if (_together is not null)
        {
            return edit(_together);
        }

        var draft = new StoreDraft(_menus, Snapshot, isReplay: true);
        Value result = edit(draft);
        draft.Finish();
        Snapshot = draft.Snapshot;
        return result;
    }

    private static ulong? Before(CommandInvocation command) => command[".before"] is { } given ? ReadId(given) : null;

    private static ulong ReadId(Value given) => TryReadId(given, out ulong id) ? id : throw new ScriptError("expected item id");

    private static bool TryReadId(Value given, out ulong id)
    {
        id = (given as IdValue)?.Id ?? 0;
        return given is IdValue
            || (given.ToText() is ['*', .. var digits] && ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out id));
    }
}
