using System.Collections.Concurrent;
using SstpRouter.Linux;
using SstpRouter.Tunnels.Data;

namespace SstpRouter.Tunnels.Workers;

/// <summary>Takes the interfaces of ended tunnels away, from a thread of its own. The kernel lets each removal wait until no processor can be using
/// the interface any more, tens of milliseconds in which a worker would move no packet; what ends meanwhile is removed with the next in one go.</summary>
internal sealed class InterfaceRemover : IDisposable
{
    /// <summary>A group for what is to go: "SSTP" in ASCII. Nothing else puts an interface there, and what is in it is on its way out.</summary>
    private const int Group = 0x53535450;

    private readonly RouteSocket _routes = new();
    private readonly BlockingCollection<(TunnelInterface Interface, Action Removed)> _leaving = [];
    private readonly Thread _thread;

    public InterfaceRemover()
    {
        _thread = new Thread(Run) { Name = "tunnels-remove", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Removes an interface, and says so from the remover's thread once it is gone.</summary>
    public void Remove(TunnelInterface leaving, Action removed) => _leaving.Add((leaving, removed));

    /// <summary>Ends the thread after it has removed what it was given.</summary>
    public void Dispose()
    {
        _leaving.CompleteAdding();
        _thread.Join();
        _leaving.Dispose();
        _routes.Dispose();
    }

    private void Run()
    {
        var batch = new List<(TunnelInterface Interface, Action Removed)>();
        foreach ((TunnelInterface Interface, Action Removed) first in _leaving.GetConsumingEnumerable())
        {
            batch.Add(first);
            while (_leaving.TryTake(out (TunnelInterface Interface, Action Removed) next))
            {
                batch.Add(next);
            }

            Remove(batch.ConvertAll(b => b.Interface));
            foreach ((TunnelInterface leaving, Action removed) in batch)
            {
                leaving.Dispose();
                removed();
            }

            batch.Clear();
        }
    }

    private void Remove(List<TunnelInterface> interfaces)
    {
        try
        {
            interfaces.ForEach(i => _routes.SetGroup(i.Device.Index, Group));
            _routes.DeleteGroup(Group);
        }
        catch (LinuxException)
        {
            // Closing their descriptors removes them as well, only one after the other.
        }
    }
}
