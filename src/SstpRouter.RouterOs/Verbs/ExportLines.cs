using System.Collections.Immutable;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Verbs;

/// <summary>The commands that make the items of one menu, as words.</summary>
/// <param name="menu">The menu.</param>
/// <param name="isVerbose">True to write every property.</param>
/// <param name="showsSensitive">True to write passwords and keys.</param>
internal sealed class ExportLines(Menu menu, bool isVerbose, bool showsSensitive)
{
    /// <summary>One command an item; an item that stands as it was made needs none.</summary>
    /// <param name="store">The configuration.</param>
    /// <param name="command">The export: its condition sees no more than its user may.</param>
    public IEnumerable<string[]> Of(ConfigurationStore store, CommandInvocation command)
    {
        IReadOnlyList<Row> rows = CommandPolicy.Visible(menu, store.Rows(menu), command.Session);
        foreach (Row row in rows.Where(r => !r.IsDynamic && (command.Where?.Invoke(r) ?? true)))
        {
            BuiltInItem? builtIn = menu.BuiltIns.FirstOrDefault(b => b.Id == row.Id);
            Item item = menu.Kind == MenuKind.Settings
                ? store.Current.Settings(menu)
                : store.Current.Find(menu, row.Id) ?? new Item(menu, row.Id, ImmutableDictionary<string, Value>.Empty);
            string[] words = [.. menu.Properties.Where(p => !p.IsReadOnly && (showsSensitive || !p.IsSensitive))
                .OrderBy(p => p.Name, StringComparer.Ordinal)
                .Select(p => Word(p, item, builtIn)).OfType<string>()];
            if (menu.Kind == MenuKind.Items && builtIn is null)
            {
                yield return ["add", .. words];
            }
            else if (words.Length > 0)
            {
                yield return builtIn is null ? ["set", .. words] : ["set", new IdValue(builtIn.Id).ToText(), .. words];
            }
        }
    }

    private string? Word(Property property, Item item, BuiltInItem? builtIn)
    {
        Value? value = item[property.Name];
        if (property.ExplicitMatters && !item.IsSet(property.Name))
        {
            return null; // written down it would mean something else, in a verbose export too
        }

        if (!isVerbose && !IsWorthWriting(property, item, value, builtIn))
        {
            return null;
        }

        return value is not null ? property.Name + "=" + Quoting.Quote(property.Type.Format(value))
            : property.IsUnsettable ? "!" + property.Name
            : null;
    }

    private bool IsWorthWriting(Property property, Item item, Value? value, BuiltInItem? builtIn)
    {
        // What the item would hold had it been made without a word about this property.
        Value? unsaid = builtIn is not null ? builtIn.Values.GetValueOrDefault(property.Name) ?? property.Default
            : menu.Kind == MenuKind.Items ? property.AddDefault ?? property.Default
            : property.Default;
        return !Equals(value, unsaid)
            || (property.ExplicitMatters && builtIn?.Values.ContainsKey(property.Name) != true);
    }
}
