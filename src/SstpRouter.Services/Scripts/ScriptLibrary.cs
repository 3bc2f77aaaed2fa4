using System.Collections.Concurrent;
using System.Globalization;
using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Menus.Scripts;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.Services.Scripts;

/// <summary>The scripts kept by name: <c>/system/script</c>.</summary>
internal sealed class ScriptLibrary : IMenuState
{
    private readonly Menu _root;
    private readonly Menu _menu;
    private readonly ConfigurationStore _store;
    private readonly GlobalVariables _globals;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<ulong, Runs> _runs = new();
    private readonly ConcurrentDictionary<ulong, Checked> _checked = new();

    public ScriptLibrary(Menu root, ConfigurationStore store, GlobalVariables globals, TimeProvider clock)
    {
        _root = root;
        _menu = root.Find("system/script")!;
        _store = store;
        _globals = globals;
        _clock = clock;
        _menu.State = this;
        _menu.Command("run")!.Run = Run;
    }

    /// <summary>The text to run for what an event names: a script of that name, or a text itself.</summary>
    /// <param name="name">The name of the event, which is given to a text.</param>
    /// <param name="text">The name of a script, or a text.</param>
    /// <param name="policies">What the event allows.</param>
    /// <exception cref="ScriptError">The script asks for more than the event allows.</exception>
    public (string Name, string Source, Policies Policies) Find(string name, string text, Policies policies)
    {
        if (_store.Current.Items(_menu).FirstOrDefault(s => s.Text("name") == text.Trim()) is not { } script)
        {
            return (name, text, policies);
        }

        Policies allowed = Allowed(script, policies);
        NoteRun(script.Id);
        return (script.Text("name"), script.Text("source"), allowed);
    }

    public void Describe(Row row)
    {
        Runs runs = _runs.GetValueOrDefault(row.Id, Runs.None);
        row.Show("run-count", Value.Of(runs.Count));
        if (runs.Count > 0)
        {
            row.Show("last-started", Value.Of(runs.Last.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)));
        }

        string source = row.Text("source");
        if (!_checked.TryGetValue(row.Id, out Checked? known) || known.Source != source)
        {
            known = new Checked(source, IsReadable(source));
            _checked[row.Id] = known;
        }

        if (!known.IsReadable)
        {
            row.Flags.Add('I');
        }
    }

    public IEnumerable<Row> DynamicRows() => [];

    public bool TryRemove(ulong id) => false;

    /// <summary>What a script may do: what its policy says, for which whoever runs it must have that much, unless the script says that it does not matter.</summary>
    private static Policies Allowed(Item script, Policies caller)
    {
        Policies wanted = ScriptPolicies.Of(script["policy"]);
        if (script.IsYes("dont-require-permissions"))
        {
            return wanted;
        }

        return (wanted & ~caller) == 0 ? wanted : throw new ScriptError("not enough permissions (9)");
    }

    /// <summary>False for a text that could never run; unknown commands in it fail only when they are reached.</summary>
    private bool IsReadable(string source)
    {
        try
        {
            return new Interpreter(_root, new Session("", TextWriter.Null)).Check(source).All(e => e.Text.StartsWith("bad command name", StringComparison.Ordinal));
        }
        catch (ScriptError)
        {
            return false;
        }
    }

    private Value Run(CommandInvocation invocation)
    {
        foreach (Row row in SelectedRows.Of(_store, invocation, "number"))
        {
            Item script = _store.Current.Find(_menu, row.Id) ?? throw ScriptError.NoSuchItem();
            Policies allowed = Allowed(script, invocation.Session.Policies);
            NoteRun(script.Id);
            try
            {
                new Interpreter(_root, new ScriptSession(script.Text("name"), invocation.Session, allowed), _globals).Run(script.Text("source"));
            }
            catch (ScriptError error) when (!invocation.Session.Cancellation.IsCancellationRequested)
            {
                throw new ScriptError(error.InScript);
            }
        }

        return Value.Nothing;
    }

    private void NoteRun(ulong id) => _runs.AddOrUpdate(
        id, _ => new Runs(1, _clock.GetLocalNow()), (_, runs) => new Runs(runs.Count + 1, _clock.GetLocalNow()));

    private sealed record Runs(long Count, DateTimeOffset Last)
    {
        public static readonly Runs None = new(0, default);
    }

    private sealed record Checked(string Source, bool IsReadable);
}
