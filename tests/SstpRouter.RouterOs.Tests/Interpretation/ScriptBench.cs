using System.Collections.Immutable;
using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Tests.Interpretation;

/// <summary>Some menus whose commands only write down how they were called, and an interpreter over them.</summary>
internal sealed class ScriptBench
{
    private readonly StringWriter _output = new();
    private readonly CancellationTokenSource _interruption = new();

    public ScriptBench()
    {
        Clients = new Menu("sstp-client", MenuKind.Items, "clients")
        {
            Flags = [new MenuFlag('X', "disabled", 0), new MenuFlag('R', "running", 0), new MenuFlag('D', "dynamic", 1)],
            Properties =
            [
                new Property("name", Types.Name, "name"),
                new Property("connect-to", Types.HostOrAddress, "server"),
                new Property("port", Types.Port, "port") { Default = Value.Of(443) },
                new Property("user", Types.Text, "user"),
                new Property("password", Types.Text, "password") { IsSensitive = true },
                new Property("profile", Types.Word, "profile"),
                new Property("add-default-route", Types.YesNo, "route") { Default = Value.Of(false) },
                new Property("on-up", Types.Text, "script"),
                new Property("topics", Types.ListOf("sstp", "ppp", "info"), "topics"),
                new Property("uptime", Types.Time, "uptime"),
                new Property("disabled", Types.YesNo, "disabled") { Default = Value.Of(false) },
                new Property("comment", Types.Text, "comment"),
            ],
        };
        Settings = new Menu("server", MenuKind.Settings, "server") { Properties = [new Property("enabled", Types.YesNo, "enabled")] };
        Servers = new Menu("sstp-server", MenuKind.Items, "bindings");
        Secrets = new Menu("secret", MenuKind.Items, "secrets") { Properties = [new Property("name", Types.Name, "name"), new Property("service", Types.Word, "service")] };
        Root = new Menu("", MenuKind.Container, "root")
            .Add(new Menu("interface", MenuKind.Container, "interfaces").Add(Clients).Add(Servers.Add(Settings)))
            .Add(new Menu("ppp", MenuKind.Container, "ppp").Add(Secrets).Add(new Menu("profile", MenuKind.Items, "profiles")))
            .Add(new Menu("ip", MenuKind.Container, "ip").Add(new Menu("address", MenuKind.Items, "addresses")))
            .Add(new Menu("log", MenuKind.Items, "log").Add(Recorded("info", ["message"], unnamed: ["message"])));
        foreach (Menu menu in Root.SelfAndDescendants().Where(m => m.Kind != MenuKind.Container && m.Name != "log"))
        {
            AddVerbs(menu);
        }

        Clients.Add(Recorded("monitor", ["numbers"], unnamed: ["numbers"], bare: ["once"]));
        Session = new Session("admin", _output, cancellation: _interruption.Token);
        Interpreter = new Interpreter(Root, Session);
    }

    public Menu Root { get; }

    public Menu Clients { get; }

    public Menu Servers { get; }

    public Menu Settings { get; }

    public Menu Secrets { get; }

    public Session Session { get; }

    public Interpreter Interpreter { get; }

    /// <summary>The rows that <c>find</c> looks at.</summary>
    public List<Row> Rows { get; } = [];

    /// <summary>What ran: <c>/ppp/secret add name=x</c>.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>The last command that ran.</summary>
    public CommandInvocation? Last { get; private set; }

    /// <summary>Happens when a command runs.</summary>
    public Action<CommandInvocation>? OnCall { get; set; }

    public Value Run(string script) => Interpreter.Run(script);

    /// <summary>Runs a script and gives what it printed, without the last line's end.</summary>
    public string Print(string script)
    {
        _output.GetStringBuilder().Clear();
        Run(script);
        return _output.ToString().TrimEnd('\n');
    }

    /// <summary>Runs a script that must fail and gives the whole message.</summary>
    public string Fail(string script) => Assert.Throws<ScriptError>(() => Run(script)).Message;

    public void Interrupt() => _interruption.Cancel();

    public Row AddRow(ulong id, params (string Name, Value Value)[] values)
    {
        var row = new Row(Clients, id, values.ToImmutableDictionary(v => v.Name, v => v.Value), isDynamic: false);
        Rows.Add(row);
        return row;
    }

    private void AddVerbs(Menu menu)
    {
        string[] properties = [.. menu.Properties.Select(p => p.Name)];
        menu.Add(Recorded("add", [".id", .. properties], menu: menu));
        menu.Add(Recorded("set", ["numbers", .. properties], unnamed: menu.Kind == MenuKind.Settings ? [] : ["numbers"], menu: menu));
        menu.Add(Recorded("remove", ["numbers"], unnamed: ["numbers"]));
        menu.Add(Recorded("get", ["numbers", "value-name"], unnamed: ["numbers", "value-name"]));
        menu.Add(new MenuCommand("print", "prints")
        {
            Arguments = [new("detail", "long", IsBare: true), new("terse", "short", IsBare: true), new("proplist", "which")],
            TakesWhere = true,
            Run = Record,
        });
        menu.Add(new MenuCommand("find", "finds")
        {
            TakesWhere = true,
            WhereIsImplied = true,
            Run = call =>
            {
                Record(call);
                return ArrayValue.Of(Rows.Where(r => call.Where?.Invoke(r) ?? true).Select(r => new IdValue(r.Id)));
            },
        });
    }

    private MenuCommand Recorded(string name, string[] arguments, string[]? unnamed = null, string[]? bare = null, Menu? menu = null) =>
        new(name, name)
        {
            Arguments =
            [
                .. arguments.Select(a => new CommandArgument(a, a, Property: menu?.Property(a))),
                .. (bare ?? []).Select(b => new CommandArgument(b, b, IsBare: true)),
            ],
            UnnamedArguments = unnamed ?? [],
            TakesNegation = name is "add" or "set",
            Run = Record,
        };

    private Value Record(CommandInvocation call)
    {
        Last = call;
        IEnumerable<string> arguments = call.Arguments.Select(a => a.IsNegated ? "!" + a.Name : a.Name + "=" + a.Value.ToText());
        Calls.Add(string.Join(' ', arguments.Prepend(call.Command.Name).Prepend(call.Menu.Path)));
        OnCall?.Invoke(call);
        return Value.Nothing;
    }
}
