using System.Collections.Immutable;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Logging;

/// <summary>Shows a log in <c>/log</c> and lets that menu's commands write to it.</summary>
public sealed class LogRows : IMenuState
{
    private readonly RouterLog _log;
    private readonly Menu _menu;

    private LogRows(RouterLog log, Menu menu)
    {
        _log = log;
        _menu = menu;
    }

    /// <summary>Attaches a log to the tree: <c>/log print</c> shows it, <c>/log info</c> and its siblings write to it.</summary>
    /// <param name="root">The root of a tree that has <c>/log</c>.</param>
    /// <param name="log">The log.</param>
    public static void Attach(Menu root, RouterLog log)
    {
        Menu menu = root.Find("log") ?? throw new ArgumentException("The tree has no /log.", nameof(root));
        menu.State = new LogRows(log, menu);
        foreach (string severity in (ReadOnlySpan<string>)["debug", "error", "info", "warning"])
        {
            if (menu.Command(severity) is { } command)
            {
                command.Run = invocation => Write(log, severity, invocation);
            }
        }
    }

    /// <inheritdoc/>
    public void Describe(Row row)
    {
        // No line of the log is a stored item.
    }

    /// <inheritdoc/>
    public IEnumerable<Row> DynamicRows() => _log.Lines.Select(line =>
        new Row(_menu, line.Number, ImmutableDictionary<string, Value>.Empty, isDynamic: true)
            .Show("time", Value.Of(line.TimeText))
            .Show("topics", Value.Of(line.Topics))
            .Show("message", Value.Of(line.Message)));

    /// <inheritdoc/>
    public bool TryRemove(ulong id) => false;

    private static Value Write(RouterLog log, string severity, CommandInvocation invocation)
    {
        Value message = invocation["message"] ?? throw new ScriptError("missing value(s) of argument(s) message");
        log.Write("script," + severity, message.ToText());
        return Value.Nothing;
    }
}
