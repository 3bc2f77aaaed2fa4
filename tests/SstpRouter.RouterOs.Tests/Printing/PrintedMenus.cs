using System.Collections.Immutable;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Menus;
using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Tests.Printing;

/// <summary>The router's menus with rows from a test instead of a store.</summary>
internal sealed class PrintedMenus : ISession, IReferenceScope
{
    private readonly Dictionary<Menu, List<Row>> _rows = [];
    private readonly StringWriter _output = new();

    public PrintedMenus(string? filesDirectory = null) => PrintVerb.Attach(Root, RowsNow, filesDirectory);

    public Menu Root { get; } = RouterMenus.Build();

    public string UserName => "admin";

    public int Width { get; set; } = 100;

    public TextWriter Output => _output;

    public ItemNumbers Numbers { get; } = new();

    public CancellationToken Cancellation { get; set; }

    /// <summary>Called each time that a command asks for the rows, before they are given.</summary>
    public Action? Asked { get; set; }

    /// <summary>What was drawn in the place of what stood there before.</summary>
    public List<string> Screens { get; } = [];

    public void Redraw(string screen) => Screens.Add(screen);

    public IEnumerable<string> NamesOf(string menuPath) => [];

    public bool IsComplete(string menuPath) => false;

    /// <summary>Adds a row; what stands in <paramref name="values"/> is read as if it was typed, state included.</summary>
    public Row Add(string path, ulong id, string flags = "", bool isDynamic = false, params (string Name, string Value)[] values)
    {
        Menu menu = Root.Find(path)!;
        var settings = values.ToImmutableDictionary(v => v.Name, v => menu.Property(v.Name)!.Type.Parse(Value.Of(v.Value), v.Name, this));
        var row = new Row(menu, id, settings, isDynamic);
        row.Flags.UnionWith(flags);
        RowsOf(menu).Add(row);
        return row;
    }

    /// <summary>Runs <c>print</c> and returns what it wrote.</summary>
    public string Print(string path, params (string Name, string? Value)[] arguments) => Run(path, null, arguments).Text;

    /// <summary>Runs <c>print</c> with a condition.</summary>
    public (string Text, Value Result) Run(string path, Func<IPropertySource, bool>? where, params (string Name, string? Value)[] arguments)
    {
        Menu menu = Root.Find(path)!;
        MenuCommand print = menu.Command("print")!;
        Assert.All(arguments, a => Assert.NotNull(print.Argument(a.Name)));
        Value result = print.Run!(new CommandInvocation
        {
            Menu = menu,
            Command = print,
            Session = this,
            Where = where,
            Arguments = [.. arguments.Select(a => new GivenArgument(
                a.Name, a.Value is null ? Value.Of(true) : Value.Of(a.Value), IsNegated: false, new SourcePosition(1, 1)))],
        });
        string text = _output.ToString();
        _output.GetStringBuilder().Clear();
        return (text, result);
    }

    private IReadOnlyList<Row> RowsNow(Menu menu)
    {
        Asked?.Invoke();
        return [.. RowsOf(menu), .. menu.State?.DynamicRows() ?? []];
    }

    private List<Row> RowsOf(Menu menu)
    {
        if (!_rows.TryGetValue(menu, out List<Row>? rows))
        {
            rows = menu.Kind == MenuKind.Settings ? [new Row(menu, 0, ImmutableDictionary<string, Value>.Empty, isDynamic: false)] : [];
            _rows.Add(menu, rows);
        }

        return rows;
    }

    /// <summary>The manual's client.</summary>
    public Row AddManualClient() => Add("interface/sstp-client", 1, "R", values:
    [
        ("name", "sstp-out1"), ("connect-to", "192.168.62.2"), ("user", "MT-User"), ("password", "StrongPass"),
        ("profile", "default-encryption"), ("disabled", "no"),
    ]);

    /// <summary>The manual's server.</summary>
    public void SetManualServer()
    {
        Menu menu = Root.Find("interface/sstp-server/server")!;
        RowsOf(menu).Clear();
        Add("interface/sstp-server/server", 0, values: [("enabled", "yes"), ("default-profile", "default-encryption")]);
    }
}
