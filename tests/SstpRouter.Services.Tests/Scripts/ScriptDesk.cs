using System.Runtime.CompilerServices;
using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;
using SstpRouter.Services.Certificates;
using SstpRouter.Services.Scripts;
using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Scripts;

/// <summary>A desk with everything that scripts need behind it, and a clock that stands still.</summary>
internal sealed class ScriptDesk : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public ScriptDesk(Desk desk, TimeSpan? limit = null)
    {
        Desk = desk;
        Jobs = new ScriptJobs(desk.Root, Globals, desk.Log, Clock, limit);
        var library = new ScriptLibrary(desk.Root, desk.Store, Globals, Clock);
        Scheduler = new SchedulerService(desk.Root, desk.Store, library, Jobs, desk.Log, Clock);
        Ppp = new PppScripts(desk.Root, desk.Store, library, Jobs, desk.Log);
        _ = new GlobalRows(desk.Root, desk.Store, Globals);
        _ = new ScriptCommands(desk.Root, Globals, Jobs, new UserFiles(desk.Store));
        var reconciler = new Reconciler([Scheduler], text => Assert.Fail(text));
        reconciler.ApplyAll(desk.Store.Subscribe(reconciler));
    }

    public Desk Desk { get; }

    public ManualClock Clock { get; } = new(new DateTimeOffset(2026, 3, 14, 15, 9, 26, TimeSpan.Zero));

    public GlobalVariables Globals { get; } = new();

    public ScriptJobs Jobs { get; }

    public SchedulerService Scheduler { get; }

    public PppScripts Ppp { get; }

    public static ScriptDesk With(params string[] lines) => new(new Desk(lines));

    /// <summary>The text of a script beside the tests.</summary>
    public static string Fixture(string name, [CallerFilePath] string file = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(file)!, "Fixtures", name + ".rsc"));

    /// <summary>Types lines at a prompt that shares the global variables.</summary>
    public string Type(string lines, CancellationToken cancellation = default)
    {
        using var output = new StringWriter { NewLine = "\n" };
        new Interpreter(Desk.Root, new Session("admin", output, width: 100, cancellation), Globals).Run(lines);
        return output.ToString();
    }

    public string Refused(string line) => Assert.Throws<ScriptError>(() => Type(line)).Message;

    /// <summary>Keeps a script under its name, as an export would bring it.</summary>
    public void Keep(string name, string source, string policy = "read,write,test,reboot")
    {
        Menu menu = Desk.Menu("system/script");
        // What events may do: a script that asks for more would need dont-require-permissions.
        Desk.Type($"/system script add name={name} policy={policy}");
        Desk.Store.Commit(draft =>
        {
            var item = draft.Snapshot.Items(menu).Single(i => i.Text("name") == name);
            draft.Replace(item with { Values = item.Values.SetItem("source", Value.Of(source)) });
        });
    }

    /// <summary>Keeps a script of the fixtures and runs it as <c>/system script run</c> does.</summary>
    public string RunFixture(string name)
    {
        if (Desk.Now.Items(Desk.Menu("system/script")).All(i => i.Text("name") != name))
        {
            Keep(name, Fixture(name));
        }

        return Type($"/system script run {name}");
    }

    /// <summary>What the scripts have logged.</summary>
    public IReadOnlyList<string> Said => Desk.Logged("script");

    public void WaitFor(string what, Func<bool> happened) => Assert.True(
        SpinWait.SpinUntil(happened, Patience), $"waited in vain for: {what}; the log says:\n{string.Join('\n', Desk.Log.Lines.TakeLast(20))}");

    /// <summary>Waits until no script runs any more.</summary>
    public void WaitForRest() => WaitFor("all scripts are done", () => !Jobs.DynamicRows().Any());

    public void Dispose()
    {
        Scheduler.Dispose();
        Jobs.Dispose();
    }
}
