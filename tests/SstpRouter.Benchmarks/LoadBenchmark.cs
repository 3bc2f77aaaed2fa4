using System.Text;
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

    /// <summary>Writes the export: pools, users, tunnels and what a router of ours does not have.</summary>
    [GlobalSetup]
    public void Write()
    {
        var text = new StringBuilder("# 2026-01-01 00:00:00 by RouterOS 7.20\n/ip pool\n");
        int part = Lines / 4;
        for (int i = 0; i < part; i++)
        {
            text.Append($"add name=pool{i} ranges=10.{i / 200}.{i % 200}.2-10.{i / 200}.{i % 200}.99\n");
        }

        text.Append("/interface sstp-client\n");
        for (int i = 0; i < part; i++)
        {
            text.Append($"add connect-to=192.0.2.{i % 250} disabled=yes name=out{i} password=\"p \\\"{i}\\\"\" profile=default-encryption \\\n    user=user{i}\n");
        }

        text.Append("/ppp secret\n");
        for (int i = 0; i < part; i++)
        {
            text.Append($"add comment=\"user number {i}\" name=user{i} password=x{i} profile=default remote-address=pool{i} service=sstp\n");
        }

        text.Append("/ip firewall filter\n");
        for (int i = 0; i < part; i++)
        {
            text.Append($"add action=accept chain=forward comment=\"rule {i}\" dst-port={i} protocol=tcp\n");
        }

        _export = text.ToString();
    }

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
