using SstpRouter.RouterOs.Assistance;
using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Menus;
using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.RouterOs.Tests.Assistance;

/// <summary>The router's menus with a store, and an assistant that counts what it asks of the store.</summary>
internal sealed class Desk : IDisposable
{
    private readonly ConfigurationStore _store;
    private readonly Interpreter _interpreter;

    public Desk()
    {
        _store = ConfigurationStore.InMemory(Root);
        StandardVerbs.Attach(Root, _store);
        PrintVerb.Attach(Root, _store);
        _interpreter = new Interpreter(Root, new Session("admin", TextWriter.Null));
        Assistant = new Assistant(Root, () => new CountedReferences(this, _store.References));
    }

    public Menu Root { get; } = RouterMenus.Build();

    public Assistant Assistant { get; }

    /// <summary>How often names were asked for.</summary>
    public int LookUps { get; private set; }

    /// <summary>How many names were taken.</summary>
    public int NamesTaken { get; private set; }

    public void Dispose() => _store.Dispose();

    public void Run(string script) => _interpreter.Run(script);

    /// <summary>The line after Tab, and the words that a second Tab lists.</summary>
    public (string Line, string Words) Tab(string line, string menu = "/")
    {
        Completion completion = Assistant.Complete(line, Root.Find(menu)!);
        return (line[..completion.Start] + completion.Insert, string.Join(' ', completion.Candidates.Select(c => c.Name)));
    }

    private sealed class CountedReferences(Desk desk, IReferenceScope inner) : IReferenceScope
    {
        public IEnumerable<string> NamesOf(string menuPath)
        {
            desk.LookUps++;
            foreach (string name in inner.NamesOf(menuPath))
            {
                desk.NamesTaken++;
                yield return name;
            }
        }

        public bool IsComplete(string menuPath) => inner.IsComplete(menuPath);
    }
}
