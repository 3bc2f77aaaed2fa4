using BenchmarkDotNet.Attributes;
using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Menus;
using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.Benchmarks;

/// <summary>A configuration of many users: making it line by line, showing it, exporting it.</summary>
[MemoryDiagnoser]
public class ConfigurationBenchmark
{
    private string _script = "";
    private ConfigurationStore _store = null!;
    private Interpreter _full = null!;

    /// <summary>How many users there are.</summary>
    [Params(1_000, 10_000)]
    public int Users { get; set; }

    /// <summary>Makes the configuration that is shown.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _script = string.Join('\n', Enumerable.Range(0, Users).Select(i => $"/ppp secret add name=user{i} password=secret{i} service=sstp comment=\"number {i}\""));
        (_full, _store) = Router();
        _full.Run(_script);
    }

    /// <summary>Closes the configuration that is shown.</summary>
    [GlobalCleanup]
    public void CleanUp() => _store.Dispose();

    /// <summary>Each line is parsed, checked and made a transaction; nothing is saved.</summary>
    [Benchmark]
    public void Add()
    {
        (Interpreter interpreter, ConfigurationStore store) = Router();
        interpreter.Run(_script);
        store.Dispose();
    }

    /// <summary>The table of all users.</summary>
    [Benchmark]
    public void Print() => _full.Run("/ppp secret print");

    /// <summary>The property lists of all users.</summary>
    [Benchmark]
    public void PrintDetail() => _full.Run("/ppp secret print detail");

    /// <summary>The script that makes all users.</summary>
    [Benchmark]
    public void Export() => _full.Run("/export");

    private static (Interpreter Interpreter, ConfigurationStore Store) Router()
    {
        Menu root = RouterMenus.Build();
        var store = ConfigurationStore.InMemory(root);
        StandardVerbs.Attach(root, store);
        PrintVerb.Attach(root, store);
        return (new Interpreter(root, new Session("admin", TextWriter.Null, width: 80)), store);
    }
}
