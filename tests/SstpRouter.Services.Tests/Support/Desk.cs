using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Logging;
using SstpRouter.RouterOs.Menus;
using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.Services.Tests.Support;

/// <summary>A configuration in memory that is typed at, with no service behind it but those that a test puts there.</summary>
internal sealed class Desk
{
    public Desk(params string[] lines)
        : this(root => ConfigurationStore.InMemory(root)) => lines.ToList().ForEach(line => Type(line));

    private Desk(Func<Menu, ConfigurationStore> open)
    {
        Root = RouterMenus.Build();
        Store = open(Root);
        Log = new RouterLog(TimeProvider.System) { IncludesDebug = true };
        StandardVerbs.Attach(Root, Store);
        PrintVerb.Attach(Root, Store);
        LogRows.Attach(Root, Log);
    }

    /// <summary>A configuration that is kept in a directory, and read again from it.</summary>
    public static Desk In(string stateDirectory) => new(root => ConfigurationStore.Open(stateDirectory, root));

    public Menu Root { get; }

    public ConfigurationStore Store { get; }

    public RouterLog Log { get; }

    public StoreSnapshot Now => Store.Current;

    public Menu Menu(string path) => Root.Find(path)!;

    public IReadOnlyList<Row> Rows(string path) => Store.Rows(Menu(path));

    public Item Item(string path, string name) => Now.Items(Menu(path)).Single(i => i.Text("name") == name);

    /// <summary>Types lines at a prompt of 100 columns.</summary>
    /// <returns>What the router wrote.</returns>
    public string Type(string lines, CancellationToken cancellation = default)
    {
        using var output = new StringWriter { NewLine = "\n" };
        new Interpreter(Root, new Session("admin", output, width: 100, cancellation)).Run(lines);
        return output.ToString();
    }

    /// <summary>Types a line that must fail.</summary>
    /// <returns>What the router said.</returns>
    public string Refused(string line) => Assert.Throws<ScriptError>(() => Type(line)).Message;

    /// <summary>The messages of the log whose topics hold all of these, oldest first.</summary>
    public IReadOnlyList<string> Logged(params string[] topics) =>
        [.. Log.Lines.Where(l => topics.All(l.Topics.Split(',').Contains)).Select(l => l.Message)];
}
