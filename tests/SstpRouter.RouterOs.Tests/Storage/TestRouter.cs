using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.RouterOs.Tests.Storage;

/// <summary>A router of nothing but menus and a store, that commands can be typed at.</summary>
internal sealed class TestRouter : ISession, IDisposable
{
    private readonly StringWriter _output = new();

    private TestRouter(Menu root, ConfigurationStore store)
    {
        Root = root;
        Store = store;
        StandardVerbs.Attach(root, store);
    }

    public Menu Root { get; }

    public ConfigurationStore Store { get; }

    public string UserName => "admin";

    public int Width { get; set; } = 80;

    public TextWriter Output => _output;

    public ItemNumbers Numbers { get; } = new();

    public CancellationToken Cancellation => CancellationToken.None;

    public static TestRouter InMemory()
    {
        Menu root = TestMenus.Build();
        return new TestRouter(root, ConfigurationStore.InMemory(root, new StoppedClock()));
    }

    public static TestRouter On(StateFolder folder)
    {
        Menu root = TestMenus.Build();
        return new TestRouter(root, ConfigurationStore.Open(folder.Path, root, new StoppedClock()));
    }

    /// <summary>The menu at a v7 path.</summary>
    public Menu this[string path] => Root.Find(path)!;

    /// <summary>Types a command; what it throws comes out.</summary>
    public Value Run(string command) => new Interpreter(Root, this).Run(command);

    /// <summary>The refusal of a command.</summary>
    public string Refusal(string command) => Assert.Throws<ScriptError>(() => Run(command)).Text;

    /// <summary>What a command prints.</summary>
    public string Printed(string command)
    {
        _output.GetStringBuilder().Clear();
        Run(command);
        return _output.ToString();
    }

    /// <summary>The names of the items of a menu, in their order.</summary>
    public string Names(string path) => string.Join(' ', Store.Current.Items(this[path]).Select(i => i["name"]!.ToText()));

    /// <summary>The item of that name.</summary>
    public Item Named(string path, string name) => Store.Current.Items(this[path]).Single(i => i["name"]!.ToText() == name);

    public void Dispose() => Store.Dispose();

    private sealed class StoppedClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(2026, 6, 10, 14, 48, 17, TimeSpan.Zero);
    }
}

/// <summary>A state directory that goes away with the test.</summary>
internal sealed class StateFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sstp-store-").FullName;

    public string this[string file] => System.IO.Path.Combine(Path, file);

    public string Read(string file) => File.ReadAllText(this[file]);

    public void Write(string file, string text) => File.WriteAllText(this[file], text);

    /// <summary>The files but the lock, in the order of their names.</summary>
    public string Files() => string.Join(' ', Directory.GetFiles(Path).Select(f => System.IO.Path.GetFileName(f)).Where(f => f != "lock").Order(StringComparer.Ordinal));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
