using BenchmarkDotNet.Attributes;
using SstpRouter.RouterOs.Assistance;
using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Menus;
using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.Benchmarks;

/// <summary>What the router does for a key at the prompt, with a thousand PPP users.</summary>
[MemoryDiagnoser]
public class CompletionBenchmark
{
    private const int Secrets = 1000;

    private readonly Menu _root = RouterMenus.Build();
    private readonly Assistant _assistant;

    /// <summary>Makes the users.</summary>
    public CompletionBenchmark()
    {
        ConfigurationStore store = ConfigurationStore.InMemory(_root);
        StandardVerbs.Attach(_root, store);
        PrintVerb.Attach(_root, store);
        var interpreter = new Interpreter(_root, new Session("admin", TextWriter.Null));
        for (int i = 0; i < Secrets; i++)
        {
            interpreter.Run($"/ppp secret add name=user{i}");
        }

        _assistant = new Assistant(_root, () => store.References);
    }

    /// <summary>Tab at the name of a user.</summary>
    [Benchmark(Baseline = true)]
    public Completion NameOfAUser() => _assistant.Complete("/ppp secret set user99", _root);

    /// <summary>Tab where every user fits.</summary>
    [Benchmark]
    public Completion EveryUser() => _assistant.Complete("/ppp secret remove ", _root);

    /// <summary>Tab at a command.</summary>
    [Benchmark]
    public Completion Command() => _assistant.Complete("/ppp secret pr", _root);

    /// <summary>The colours of a line, as for every key.</summary>
    [Benchmark]
    public IReadOnlyList<WordKind> Colours() => _assistant.Colours("/ppp secret set [find where name=\"user99\"] profile=default comment=x", _root);
}
