using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Interpretation.Commands;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.RouterOs.Assistance;

/// <summary>Helps who types a command: completes words, explains them, tells their colours. Nothing is run and nothing changed.</summary>
/// <remarks>Safe to use from many threads. What is asked of the configuration is asked only for the names that a value may have.</remarks>
public sealed class Assistant
{
    private readonly Grammar _grammar;
    private readonly Func<IReferenceScope> _references;
    private readonly GlobalVariables _globals;

    /// <summary>Makes an assistant.</summary>
    /// <param name="root">The menus.</param>
    /// <param name="references">Gives the configuration as it is now; called once for each value that is completed.</param>
    /// <param name="globals">The global variables, for their names; null for none.</param>
    public Assistant(Menu root, Func<IReferenceScope> references, GlobalVariables? globals = null)
    {
        _grammar = new Grammar(root, LanguageCommands.All);
        _references = references;
        _globals = globals ?? new GlobalVariables();
    }

    /// <summary>What each character of a line belongs to.</summary>
    /// <param name="text">The line, or several.</param>
    /// <param name="menu">The menu that it would run in.</param>
    public IReadOnlyList<WordKind> Colours(string text, Menu menu) => LineReading.Of(text, _grammar, menu).Kinds;

    /// <summary>Completes the word at the end of a line.</summary>
    /// <param name="text">The line up to the cursor.</param>
    /// <param name="menu">The menu that it would run in.</param>
    public Completion Complete(string text, Menu menu)
    {
        LineReading reading = LineReading.Of(text, _grammar, menu);
        int start = StartOf(reading.Place, text);
        string typed = text[start..];
        bool isQuoted = typed.StartsWith('"');
        string word = isQuoted ? typed[1..] : typed;
        List<Candidate> found = Matching.Of(CandidatesAt(reading), word);
        string insert = found switch
        {
            [] => typed,
            [var only] => only.Insert,
            _ => Extended(typed, word, Matching.CommonStart(found.Select(c => c.Name))),
        };
        return new Completion(start, insert, found);
    }

    /// <summary>What may stand at the end of a line, in the order of help.</summary>
    /// <param name="text">The line up to the cursor.</param>
    /// <param name="menu">The menu that it would run in.</param>
    /// <returns>For a value whose form has words of its own, one line that tells the form comes first, its name empty.</returns>
    public IReadOnlyList<Candidate> Help(string text, Menu menu)
    {
        LineReading reading = LineReading.Of(text, _grammar, menu);
        if (SyntaxAt(reading.Place) is { } syntax)
        {
            return [syntax];
        }

        string word = text[StartOf(reading.Place, text)..].TrimStart('"');
        return Matching.Of(CandidatesAt(reading), word);
    }

    /// <summary>True where the line gives a sensitive value: no history keeps it.</summary>
    /// <param name="text">The line, or several.</param>
    /// <param name="menu">The menu that it runs in.</param>
    public bool IsSensitive(string text, Menu menu) => LineReading.Of(text, _grammar, menu).Calls
        .Any(call => call.Command.Arguments.Any(a => a.Property is { IsSensitive: true } && call.Given.Contains(a.Name)));

    /// <summary>Whether a line prints what should be shown a screen at a time.</summary>
    /// <param name="text">The line, or several.</param>
    /// <param name="menu">The menu that it runs in.</param>
    /// <returns>Null where it does not; true where that may be a table.</returns>
    public bool? PagesOf(string text, Menu menu)
    {
        HashSet<string>[] prints = [.. LineReading.Of(text, _grammar, menu).Calls
            .Where(call => call.Command.Name == "print" && !call.Given.Overlaps(["without-paging", "interval", "follow", "follow-only", "follow-strict", "file"]))
            .Select(call => call.Given)];
        return prints.Length == 0 ? null : prints.Any(given => !given.Overlaps(["detail", "terse", "value-list", "as-value"]));
    }

    private static string Extended(string typed, string word, string common)
    {
        bool isLonger = common.Length > word.Length && common.StartsWith(word, StringComparison.Ordinal);
        return !isLonger ? typed
            : typed.StartsWith('"') || Quoting.MustQuote(common) ? "\"" + Quoting.Escape(common)
            : common;
    }

    private static int StartOf(Place place, string text)
    {
        if (place is ValuePlace { Argument: var argument } && TakesList(argument))
        {
            // Only the last element of a list is completed.
            return Math.Max(place.Start, text.LastIndexOf(',') + 1);
        }

        return place.Start;
    }

    private static bool TakesList(CommandArgument argument) =>
        argument.Property?.Type.TakesList ?? ArgumentNames.TakesList(argument.Name);

    private static Candidate? SyntaxAt(Place place) => place switch
    {
        ValuePlace { Argument: { Property: { } property } } => Syntax(property),
        ValuePlace { Argument: var argument } => new Candidate("", "", WordKind.Plain, $"{Capital(argument.Name)} ::= {argument.Description}"),
        ComparedPlace compared => Syntax(compared.Property),
        _ => null,
    };

    private static Candidate Syntax(Property property) => new("", "", WordKind.Plain, $"{Capital(property.Name)} ::= {property.Type.Syntax}");

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private IEnumerable<Candidate> CandidatesAt(LineReading reading) => reading.Place switch
    {
        CommandPlace place => CommandNames.Of(_grammar, place.Menu, place.StartsCommand, place.IsMarked),
        ArgumentPlace place => ArgumentsAt(place),
        ValuePlace { Argument.Property: { } property } => Words(property.Type.Completions(_references()), property.Type.TakesList),
        ValuePlace { Argument: var argument } place =>
            Words(ArgumentNames.ValuesOf(argument.Name, place.Menu, _references), ArgumentNames.TakesList(argument.Name)),
        ConditionPlace place => CommandNames.Tested(place.Menu),
        ComparedPlace place => Words(place.Property.Type.Completions(_references()), isList: false),
        LanguageArgumentPlace place => place.Command.Arguments.Where(a => !place.Given.Contains(a.Name))
            .Select(a => new Candidate(a.Name, a.Name + "=", WordKind.Argument, "")),
        VariablePlace => reading.Variables.Union(_globals.All.Select(v => v.Name)).Order(StringComparer.Ordinal)
            .Select(n => new Candidate(n, n, WordKind.Variable, "")),
        _ => [],
    };

    private IEnumerable<Candidate> ArgumentsAt(ArgumentPlace place)
    {
        IEnumerable<Candidate> named = place.Command.Arguments.Where(a => !a.IsOlderSpelling && !place.Given.Contains(a.Name))
            .Select(a => new Candidate(a.Name, a.Name + (a.IsBare || place.IsNegated ? " " : "="), WordKind.Argument, a.Description));
        if (place.Command.TakesWhere && !place.IsNegated)
        {
            named = named.Append(new Candidate("where", "where ", WordKind.Command, "Only the items that a condition holds for"));
        }

        string? unnamed = place.IsNegated ? null : place.Command.UnnamedArguments.FirstOrDefault(n => !place.Given.Contains(n));
        return unnamed is null ? named : Words(ArgumentNames.ValuesOf(unnamed, place.Menu, _references), isList: false).Concat(named);
    }

    // A name with control characters would upset the terminal; such an item has its number. A list may go on behind a word.
    private static IEnumerable<Candidate> Words(IEnumerable<string> words, bool isList) => words.Where(w => w.Length > 0 && !w.Any(char.IsControl))
        .Select(w => new Candidate(w, Quoting.Quote(w) + (isList ? "" : " "), WordKind.Plain, ""));
}
