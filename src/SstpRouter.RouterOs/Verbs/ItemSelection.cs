using System.Globalization;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Verbs;

/// <summary>The rows of a menu, found one by one.</summary>
internal interface IRowLookup
{
    /// <summary>The ids by number, where no <c>print</c> gave numbers out.</summary>
    IReadOnlyList<ulong> Numbered { get; }

    /// <summary>The row with an id, or null.</summary>
    Row? ById(ulong id);

    /// <summary>The first row with a name, or null.</summary>
    Row? ByName(string name);
}

/// <summary>Finds the items that <c>numbers</c> means: numbers, ids, names, comma lists of them, arrays from <c>find</c>.</summary>
internal static class ItemSelection
{
    /// <summary>The rows that were meant, each once, in the order given.</summary>
    /// <param name="numbers">The argument, or null where it was not given.</param>
    /// <param name="rows">The rows of the menu.</param>
    /// <param name="numbered">The ids by number: what the last <c>print</c> gave out, or the menu's present order.</param>
    /// <param name="position">Where the command stands.</param>
    /// <exception cref="ScriptError">Nothing was given (<c>expected item id</c>), or something that is not there (<c>no such item</c>).</exception>
    public static IReadOnlyList<Row> Resolve(Value? numbers, IReadOnlyList<Row> rows, IReadOnlyList<ulong>? numbered, SourcePosition position) =>
        Resolve(numbers, new ListedRows(rows), numbered, position);

    /// <summary>The same where the rows are only looked at as far as they are asked for.</summary>
    public static IReadOnlyList<Row> Resolve(Value? numbers, IRowLookup rows, IReadOnlyList<ulong>? numbered, SourcePosition position)
    {
        if (numbers is null or NothingValue or NilValue or TextValue { Content.Length: 0 })
        {
            throw position.Line > 0 ? new ScriptError("expected item id", position) : new ScriptError("expected item id");
        }

        return [.. new Resolution(rows, numbered).Of(numbers).DistinctBy(r => r.Id)];
    }

    private sealed class ListedRows(IReadOnlyList<Row> rows) : IRowLookup
    {
        // An array from find has as many ids as the menu has rows.
        private readonly Lazy<Dictionary<ulong, Row>> _byId = new(() =>
        {
            var byId = new Dictionary<ulong, Row>(rows.Count);
            foreach (Row row in rows)
            {
                byId.TryAdd(row.Id, row);
            }

            return byId;
        });

        public IReadOnlyList<ulong> Numbered => [.. rows.Select(r => r.Id)];

        public Row? ById(ulong id) => _byId.Value.GetValueOrDefault(id);

        public Row? ByName(string name) => rows.FirstOrDefault(r => r["name"] is TextValue text && text.Content == name);
    }

    private sealed class Resolution(IRowLookup rows, IReadOnlyList<ulong>? numbered)
    {
        public IEnumerable<Row> Of(Value value) => value switch
        {
            ArrayValue array => array.Entries.SelectMany(e => Of(e.Value)),
            IdValue id => [ById(id.Id)],
            NumberValue number => [ByNumber(number.Number)],
            _ => ByText(Types.TextOf(value)),
        };

        // A name may hold a comma, so the whole text is tried as a name before it is taken apart.
        private IEnumerable<Row> ByText(string text) =>
            rows.ByName(text) is { } named && !IsNumber(text, out _) ? [named]
            : text.Contains(',') ? text.Split(',', StringSplitOptions.TrimEntries).Select(ByWord)
            : [ByWord(text)];

        private Row ByWord(string word) =>
            IsNumber(word, out long number) ? ByNumber(number)
            : word is ['*', .. var digits]
                && ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong id) ? ById(id)
            : rows.ByName(word) ?? throw ScriptError.NoSuchItem();

        private Row ById(ulong id) => rows.ById(id) ?? throw ScriptError.NoSuchItem();

        private Row ByNumber(long number)
        {
            numbered ??= rows.Numbered;
            return number >= 0 && number < numbered.Count ? ById(numbered[(int)number]) : throw ScriptError.NoSuchItem();
        }

        private static bool IsNumber(string text, out long number) =>
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
