using System.Collections.Immutable;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;
using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Scripts;

/// <summary>Items that are up because a test says so.</summary>
internal sealed class RunningFlags : IMenuState
{
    public HashSet<ulong> Ids { get; } = [];

    public void Describe(Row row)
    {
        if (Ids.Contains(row.Id))
        {
            row.Flags.Add('R');
        }
    }

    public IEnumerable<Row> DynamicRows() => [];

    public bool TryRemove(ulong id) => false;
}

/// <summary>Interfaces that a test has made up.</summary>
internal sealed class NamedInterfaces(Desk desk, params (ulong Id, string Name)[] interfaces) : IMenuState
{
    public void Describe(Row row)
    {
    }

    public IEnumerable<Row> DynamicRows() => interfaces.Select(i =>
        new Row(desk.Menu("interface"), i.Id, ImmutableDictionary<string, Value>.Empty, isDynamic: false).Show("name", Value.Of(i.Name)));

    public bool TryRemove(ulong id) => false;
}
