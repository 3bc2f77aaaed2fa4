using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.RouterOs.Printing;

/// <summary>A screen that is drawn again and again until the user interrupts: <c>monitor</c>, <c>print interval=</c>.</summary>
public static class LiveScreen
{
    private const string Prompt = "-- [Q quit|D dump|C-z pause]\n";

    private static readonly TimeSpan UsualInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(200);

    private static readonly CommandArgument AsValue = new("as-value", "Return the values instead of showing them", IsBare: true);
    private static readonly CommandArgument Duration = new("duration", "How long to go on; until interrupted where not given");
    private static readonly CommandArgument Once = new("once", "Show the values once and end", IsBare: true);

    internal static readonly CommandArgument Append = new("append", "Add to the file instead of replacing it", IsBare: true);
    internal static readonly CommandArgument File = new("file", "File to write to instead of the screen");
    internal static readonly CommandArgument Interval = new("interval", "Time between screens, 200ms or more");
    internal static readonly CommandArgument Proplist = new("proplist", "Properties to show, joined by commas");
    internal static readonly CommandArgument WithoutPaging = new("without-paging", "Do not stop at the end of each screen", IsBare: true);

    /// <summary>The arguments of a command that <see cref="Run"/> carries out, beside its own.</summary>
    public static IReadOnlyList<CommandArgument> Arguments { get; } =
        [Append, AsValue, Duration, File, Interval, Once, Proplist, WithoutPaging];

    /// <summary>Shows values as right-aligned <c>name: value</c> lines: each second, or as the arguments of the command say.</summary>
    /// <param name="invocation">The command, which knows <see cref="Arguments"/>.</param>
    /// <param name="store">Has the directory that <c>file=</c> writes to.</param>
    /// <param name="lines">Names and values as they are now; what is empty is left out.</param>
    /// <returns>The values by name for <c>as-value</c>, nothing otherwise.</returns>
    public static Value Run(CommandInvocation invocation, ConfigurationStore store, Func<IEnumerable<(string Name, string Value)>> lines)
    {
        HashSet<string>? chosen = invocation[Proplist.Name] is { } list ? [.. Types.PartsOf(list)] : null;
        if (invocation.Has(AsValue.Name))
        {
            return new ArrayValue([.. Pairs().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => new ArrayEntry(p.Name, Value.Of(p.Value)))]);
        }

        if (invocation[File.Name]?.ToText() is { } file)
        {
            UserFiles.Write(store.FilesDirectory, file, ".txt", Screen(), invocation.Has(Append.Name));
        }
        else if (invocation.Has(Once.Name))
        {
            invocation.Session.Output.Write(Screen());
        }
        else
        {
            Repeat(invocation, Screen);
        }

        return Value.Nothing;

        IEnumerable<(string Name, string Value)> Pairs() => lines().Where(p => chosen?.Contains(p.Name) != false);

        string Screen()
        {
            using var screen = new StringWriter();
            NameValueLayout.Write(screen, [.. Pairs()]);
            return screen.ToString();
        }
    }

    /// <summary>Draws a screen each <c>interval</c> until the user interrupts or <c>duration</c> is over.</summary>
    internal static void Repeat(CommandInvocation invocation, Func<string> screen)
    {
        TimeSpan interval = TimeOf(invocation, Interval) ?? UsualInterval;
        if (interval < ShortestInterval)
        {
            throw new ScriptError("value of interval out of range (00:00:00.200..)");
        }

        TimeSpan? left = TimeOf(invocation, Duration);
        ISession session = invocation.Session;
        while (true)
        {
            session.Redraw(screen() + Prompt);
            TimeSpan wait = left is { } rest && rest < interval ? rest : interval;
            if (session.Cancellation.WaitHandle.WaitOne(wait) || (left -= wait) <= TimeSpan.Zero)
            {
                return;
            }
        }
    }

    private static TimeSpan? TimeOf(CommandInvocation invocation, CommandArgument argument) =>
        invocation[argument.Name] is not { } given ? null
        : given is TimeValue time ? time.Span
        : TimeType.TryRead(Types.TextOf(given), out TimeSpan span) ? span
        : throw Types.Invalid(argument.Name);
}
