using BenchmarkDotNet.Attributes;
using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Menus;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.Benchmarks;

/// <summary>An export of 10,000 lines: reading it, and loading it into an empty router.</summary>
[MemoryDiagnoser]
public class LoadBenchmark
{
    private string _export = "";

    /// <summary>How many lines it has.</summary>
    [Params(1_000, 10_000)]
    public int Lines { get; set; }

    /// <summary>Writes the export.</summary>
    [GlobalSetup]
    public void Write() => _export = LargeExport.Of(Lines);

    /// <summary>Reads it alone.</summary>
    [Benchmark]
    public int Parse() => new Interpreter(Menus(out _), new Session("bench", TextWriter.Null)).Check(_export).Count;

    /// <summary>Loads it into an empty store.</summary>
    [Benchmark]
    public int Load()
    {
        Menus(out ConfigurationStore store);
        using (store)
        {
            return store.Import("export.rsc", _export, new Session("bench", TextWriter.Null)).Count;
        }
    }

    private static Menu Menus(out ConfigurationStore store)
    {
        Menu root = RouterMenus.Build();
        store = ConfigurationStore.InMemory(root);
        StandardVerbs.Attach(root, store);
        return root;
    }
}
