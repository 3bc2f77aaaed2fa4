namespace SstpRouter.RouterOs.Schema;

/// <summary>For types that refer to nothing.</summary>
internal sealed class NoReferences : IReferenceScope
{
    public static NoReferences Instance { get; } = new();

    public IEnumerable<string> NamesOf(string menuPath) => [];
}
