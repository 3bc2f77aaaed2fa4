using System.Collections.Immutable;
using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.Services.Scripts;

/// <summary>The global variables: <c>/system/script/environment</c>.</summary>
internal sealed class GlobalRows : IMenuState
{
    private readonly Menu _menu;
    private readonly ConfigurationStore _store;
    private readonly GlobalVariables _globals;

    public GlobalRows(Menu root, ConfigurationStore store, GlobalVariables globals)
    {
        _menu = root.Find("system/script/environment")!;
        _store = store;
        _globals = globals;
        _menu.State = this;
        _menu.Command("set")!.Run = Set;
        root.Find("environment")!.Command("print")!.Run = Print;
    }

    public void Describe(Row row)
    {
    }

    public IEnumerable<Row> DynamicRows() => _globals.All.Select(variable =>
        new Row(_menu, variable.Id, ImmutableDictionary<string, Value>.Empty, isDynamic: true)
            .Show("name", Value.Of(variable.Name))
            .Show("value", variable.Value));

    public bool TryRemove(ulong id)
    {
        GlobalVariable? variable = _globals.All.FirstOrDefault(v => v.Id == id);
        if (variable is not null)
        {
            _globals.Remove(variable.Name);
        }

        return variable is not null;
    }

    private Value Set(CommandInvocation invocation)
    {
        Value value = invocation["value"] ?? throw new ScriptError("missing value(s) of argument(s) value");
        foreach (Row row in SelectedRows.Of(_store, invocation))
        {
            _globals.Set(row.Text("name"), value);
        }

        return Value.Nothing;
    }

    /// <summary>One <c>name=value</c> a line, as <c>:environment print</c> has always shown them.</summary>
    private Value Print(CommandInvocation invocation)
    {
        foreach (GlobalVariable variable in _globals.All)
        {
            invocation.Session.Output.Write($"{variable.Name}={variable.Value.ToText()}\n");
        }

        return Value.Nothing;
    }
}
