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
    private static readonly CommandArgument Do = new("do", "Code to run with the values as variables, each time in the place of a screen", IsCode: true);
    private static readonly CommandArgument Duration = new("duration", "How long to go on; until interrupted where not given");
    private static readonly CommandArgument Once = new("once", "Show the values once and end", IsBare: true);

    internal static readonly CommandArgument Append = new("append", "Add to the file instead of replacing it", IsBare: true);
    internal static readonly CommandArgument File = new("file", "File to write to instead of the screen");
    internal static readonly CommandArgument Interval = new("interval", "Time between screens, 200ms or more");
    internal static readonly CommandArgument Proplist = new("proplist", "Properties to show, joined by commas");
    internal static readonly CommandArgument WithoutPaging = new("without-paging", "Do not stop at the end of each screen", IsBare: true);

    /// <summary>The arguments of a command that <see cref="Run"/> carries out, beside its own.</summary>
    public static IReadOnlyList<CommandArgument> Arguments { get; } =
        [Append, AsValue, Do, Duration, File, Interval, Once, Proplist, WithoutPaging];

    /// <summary>Shows the values of items beside each other: each second, or as the arguments of the command say.</summary>
    /// <param name="invocation">The command, which knows <see cref="Arguments"/>.</param>
    /// <param name="store">Has the directory that <c>file=</c> writes to.</param>
    /// <param name="items">The values of each item as they are now; what is empty is left out.</param>
    /// <param name="isTraffic">True for the layout of <c>monitor-traffic</c>.</param>
    /// <returns>The values by name for <c>as-value</c>, an array of them for several items, nothing otherwise.</returns>
    public static Value Run(
        CommandInvocation invocation, ConfigurationStore store, Func<IReadOnlyList<IEnumerable<LiveValue>>> items, bool isTraffic = false)
    {
        if (invocation.Has(AsValue.Name))
        {
            return Returned(invocation, items());
        }

        if (invocation[File.Name]?.ToText() is { } file)
        {
            UserFiles.Write(store.FilesDirectory, file, ".txt", Screen(UserFiles.Width), invocation.Has(Append.Name));
        }
        else if (invocation.Has(Once.Name))
        {
            _ = Step(invocation.Session.Output.Write);
        }
        else
        {
            Repeat(invocation, () => Step(screen => invocation.Session.Redraw(screen + Prompt)));
        }

        return Value.Nothing;

        LiveValue[][] Items() => Chosen(invocation, items());

        bool Step(Action<string> show)
        {
            if (invocation[Do.Name] is { } code)
            {
                return Array.TrueForAll(Items(), i => invocation.RunCode?.Invoke(code, [.. i.Select(v => (v.Name, v.Value))]) != false);
            }

            show(Screen(invocation.Session.Width));
            return true;
        }

        string Screen(int width)
        {
            using var screen = new StringWriter();
            LiveValue[][] shown = Items();
            string[] names = [.. shown.SelectMany(i => i.Select(v => v.Name)).Distinct()];
            string[][] cells = [.. shown.Select(i => names.Select(n => PrintedText.Clean(i.FirstOrDefault(v => v.Name == n).Text ?? "")).ToArray())];
            (isTraffic ? SideBySide.Traffic : SideBySide.Monitor).Write(screen, names, cells, width);
            return screen.ToString();
        }
    }

    /// <summary>What <c>as-value</c> returns: the values by name, an array of such for several items.</summary>
    /// <param name="invocation">The command; its <c>proplist</c> says which are wanted.</param>
    /// <param name="items">The values of each item.</param>
    public static Value Returned(CommandInvocation invocation, IEnumerable<IEnumerable<LiveValue>> items)
    {
        ArrayValue[] values = [.. Chosen(invocation, items)
            .Select(i => new ArrayValue([.. i.OrderBy(v => v.Name, StringComparer.Ordinal).Select(v => new ArrayEntry(v.Name, v.Value))]))];
        return values is [var one] ? one : ArrayValue.Of(values);
    }

    private static LiveValue[][] Chosen(CommandInvocation invocation, IEnumerable<IEnumerable<LiveValue>> items)
    {
        HashSet<string>? chosen = invocation[Proplist.Name] is { } list ? [.. Types.PartsOf(list)] : null;
        return [.. items.Select(i => i.Where(v => chosen?.Contains(v.Name) != false).ToArray())];
    }

    /// <summary>Draws a screen each <c>interval</c> until the user interrupts or <c>duration</c> is over.</summary>
    internal static void Repeat(CommandInvocation invocation, Func<string> screen) => Repeat(invocation, () =>
    {
        invocation.Session.Redraw(screen() + Prompt);
        return true;
    });

    private static void Repeat(CommandInvocation invocation, Func<bool> step)
    {
        TimeSpan interval = TimeOf(invocation, Interval) ?? UsualInterval;
        if (interval < ShortestInterval)
        {
            throw new ScriptError("value of interval out of range (00:00:00.200..)");
        }

        TimeSpan? left = TimeOf(invocation, Duration);
        while (step())
        {
            TimeSpan wait = left is { } rest && rest < interval ? rest : interval;
            if (invocation.Session.Cancellation.WaitHandle.WaitOne(wait) || (left -= wait) <= TimeSpan.Zero)
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
