using System.Globalization;
using SstpRouter.Control;
using SstpRouter.RouterOs.History;
using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Logging;
using SstpRouter.RouterOs.Menus;
using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.Console.Tests.Transcripts;

/// <summary>A router without a network whose consoles are real: the program on a pseudo-terminal, over the control socket.</summary>
internal sealed class ConsoleDesk : IDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("con-").FullName;
    private readonly ConfigurationStore _store;
    private readonly ControlServer _server;
    private readonly List<PseudoTerminal> _terminals = [];

    public ConsoleDesk()
    {
        Menu root = RouterMenus.Build();
        _store = ConfigurationStore.InMemory(root);
        StandardVerbs.Attach(root, _store);
        PrintVerb.Attach(root, _store);
        root.Find("interface/sstp-client")!.Command("monitor")!.Run = Monitor;
        root.Find("system")!
            .Add(new MenuCommand("reboot", "Restart the router") { Run = Reboot })
            .Add(new MenuCommand("flood", "Print without end") { Run = Flood });
        root.Add(new MenuCommand("password", "Change the password") { Run = Password });
        Run(root, "/system identity set name=hq");
        Setup = script => Run(root, script);
        _server = new ControlServer(Path.Combine(_state, "control.sock"), new ControlServerOptions
        {
            Root = root,
            Identity = () => _store.Current.Settings(root.Find("system/identity")!)["name"]!.ToText(),
            References = () => _store.References,
            SafeMode = SafeMode,
            HistoryDirectory = Path.Combine(_state, "console-history"),
            Log = Log,
        });
    }

    public FakeSafeMode SafeMode { get; } = new();

    public RouterLog Log { get; } = new(new Noon());

    /// <summary>Runs a script as the router itself.</summary>
    public Action<string> Setup { get; }

    /// <summary>The screens that <c>monitor</c> shows: one is shown each time that one is put in.</summary>
    public System.Collections.Concurrent.BlockingCollection<string> Screens { get; } = [];

    /// <summary>Set once a command that ran without end was ended.</summary>
    public ManualResetEventSlim Ended { get; } = new();

    public string HistoryFile => Path.Combine(_state, "console-history", "admin");

    /// <summary>A console that has shown its first prompt, on an empty screen.</summary>
    public PseudoTerminal Open(int width = 80, int height = 24, string user = "admin", string prompt = "[admin@hq] > \u2588")
    {
        PseudoTerminal terminal = Start(width, height, [], true, "cli", "--user", user);
        terminal.ExpectEnd(prompt);
        terminal.Type("\f");
        terminal.Expect(prompt);
        return terminal;
    }

    /// <summary>The program on a terminal.</summary>
    public PseudoTerminal Start(int width, int height, (string Name, string Value)[] environment, bool answersReports, params string[] arguments)
    {
        var terminal = new PseudoTerminal(width, height, environment, answersReports, [RouterProgram.Path, .. arguments, "--state", _state]);
        _terminals.Add(terminal);
        return terminal;
    }

    /// <summary>The program without a terminal: its output, and how it ended.</summary>
    public (string Output, int Status) Pipe(string input, (string Name, string Value)[] environment, params string[] arguments) =>
        RouterProgram.Run(input, environment, [arguments[0], "--state", _state, .. arguments[1..]]);

    public void Dispose()
    {
        _terminals.ForEach(t => t.Dispose());
        _server.Dispose();
        _store.Dispose();
        Directory.Delete(_state, recursive: true);
    }

    private static void Run(Menu root, string script) => new Interpreter(root, new Session("admin", TextWriter.Null)).Run(script);

    private static Value Reboot(CommandInvocation command)
    {
        command.Session.Output.WriteLine(command.Session.Confirm("Reboot, yes?") ? "system will reboot shortly" : "action cancelled");
        return Value.Nothing;
    }

    private static Value Password(CommandInvocation command)
    {
        string old = command.Session.Ask("old password: ", isHidden: true);
        string typed = command.Session.Ask("new password: ", isHidden: true);
        string again = command.Session.Ask("retype new password: ", isHidden: true);
        command.Session.Output.WriteLine(typed == again ? $"changed from {old} to {typed}" : "passwords do not match");
        return Value.Nothing;
    }

    private Value Monitor(CommandInvocation command)
    {
        try
        {
            while (true)
            {
                command.Session.Redraw(Screens.Take(command.Session.Cancellation));
            }
        }
        finally
        {
            Ended.Set();
        }
    }

    private Value Flood(CommandInvocation command)
    {
        try
        {
            for (long i = 0; ; i++)
            {
                command.Session.Output.WriteLine(i.ToString("D70", CultureInfo.InvariantCulture));
            }
        }
        finally
        {
            Ended.Set();
        }
    }

    // The time in the log's lines.
    private sealed class Noon : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(2026, 6, 10, 12, 0, 0, TimeSpan.Zero);
    }
}

/// <summary>Safe mode with nothing behind it.</summary>
internal sealed class FakeSafeMode : ISafeMode
{
    public event Action<SafeModeHolder, SafeModeLoss>? Lost;

    public SafeModeHolder? Holder { get; private set; }

    /// <summary>What was done, in order.</summary>
    public List<string> Done { get; } = [];

    public ManualResetEventSlim Undone { get; } = new();

    public SafeModeOutcome Take(ISession by)
    {
        if (Holder is { } holder)
        {
            return holder.SessionId == by.Id ? SafeModeOutcome.AlreadyTaken : SafeModeOutcome.TakenByAnother;
        }

        Holder = new SafeModeHolder(by.Id, by.UserName, DateTimeOffset.UnixEpoch);
        Done.Add("taken");
        return SafeModeOutcome.Done;
    }

    public SafeModeOutcome Release(ISession by) => Leave(by, "released", SafeModeLoss.Released);

    public SafeModeOutcome Unroll(ISession by) => Leave(by, "unrolled", SafeModeLoss.Unrolled);

    public void SessionEnded(ISession session)
    {
        if (Holder?.SessionId == session.Id)
        {
            Holder = null;
            Done.Add("undone");
            Undone.Set();
        }
    }

    private SafeModeOutcome Leave(ISession by, string what, SafeModeLoss loss)
    {
        SafeModeHolder? holder = Holder;
        Holder = null;
        Done.Add(what);
        if (holder is not null && holder.SessionId != by.Id)
        {
            Lost?.Invoke(holder, loss);
        }

        return holder is null ? SafeModeOutcome.NotTaken : SafeModeOutcome.Done;
    }
}
