using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Verbs;

/// <summary>What the commands that only look do.</summary>
internal sealed class QueryVerbs(ConfigurationStore store)
{
    public Value Find(CommandInvocation command) =>
        ArrayValue.Of(store.Rows(command.Menu).Where(r => command.Where?.Invoke(r) ?? true).Select(r => new IdValue(r.Id)));

    public Value Get(CommandInvocation command)
    {
        Row row = command.Menu.Kind == MenuKind.Settings
            ? store.Rows(command.Menu)[0]
            : SelectedRows.Of(store, command) is [var one] ? one : throw new ScriptError("invalid internal item number");
        string[] names = [.. Names(command.Menu)];
        if (command["value-name"]?.ToText() is { } typed)
        {
            string name = Choice.Of(names, typed, "value-name");
            Value value = row[name] ?? Value.Nothing;
            return command.Has("as-string-value") || command.Has("as-string")
                ? Value.Of(value is NothingValue ? "" : command.Menu.Property(name)?.Type.Format(value) ?? value.ToText())
                : value;
        }

        // Keyed elements of an array stand in the order of their keys.
        var all = new ArrayValue([.. names.Order(StringComparer.Ordinal)
            .Where(n => row[n] is not null && (n != ".id" || command.Menu.Kind == MenuKind.Items))
            .Select(n => new ArrayEntry(n, row[n]!))]);
        return command.Has("as-string") ? Value.Of(all.ToText()) : all;
    }

    private static IEnumerable<string> Names(Menu menu) =>
        menu.Properties.Select(p => p.Name).Concat(menu.Flags.Select(f => f.Name)).Append(".id").Distinct();
}
