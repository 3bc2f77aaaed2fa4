using System.Net;
using SstpRouter.Linux;
using SstpRouter.Tunnels;

namespace SstpRouter.Services.Interfaces;

/// <summary>Tells when interfaces, addresses and routes come, go or change, from a thread of its own.</summary>
internal sealed class LinkWatch : IDisposable
{
    private const long MonitorToken = 1;
    private const long StopToken = 2;

    private readonly RouteMonitor _monitor = new();
    private readonly EventFd _stop = new();
    private readonly Epoll _epoll = new();
    private readonly KernelInterfaces _kernel;
    private readonly Action _linksChanged;
    private readonly Action<PathChange> _pathChanged;
    private readonly Thread _thread;

    /// <summary>Starts to watch.</summary>
    /// <param name="kernel">Asked for the addresses that are left when one went.</param>
    /// <param name="linksChanged">Called once for each burst of changes of interfaces; must not throw.</param>
    /// <param name="pathChanged">Called once for each burst of changes of any kind; must not throw.</param>
    public LinkWatch(KernelInterfaces kernel, Action linksChanged, Action<PathChange> pathChanged)
    {
        _kernel = kernel;
        _linksChanged = linksChanged;
        _pathChanged = pathChanged;
        _epoll.Add(_monitor.Descriptor, EpollEvents.Readable, MonitorToken);
        _epoll.Add(_stop.Descriptor, EpollEvents.Readable, StopToken);
        _thread = new Thread(Run) { Name = "link-watch", IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _stop.Signal();
        _thread.Join();
        _epoll.Dispose();
        _stop.Dispose();
        _monitor.Dispose();
    }

    private void Run()
    {
        Span<EpollReady> ready = stackalloc EpollReady[2];
        while (true)
        {
            int count = _epoll.Wait(ready, -1);
            for (int i = 0; i < count; i++)
            {
                if (ready[i].Token == StopToken)
                {
                    return;
                }
            }

            Read();
        }
    }

    private void Read()
    {
        bool any = false;
        bool links = false;
        bool addressesWent = false;
        while (_monitor.TryRead(out RouteEvent? change))
        {
            any = true;
            links |= change is RouteEvent.LinkChanged or RouteEvent.LinkRemoved or RouteEvent.ResyncNeeded;
            addressesWent |= change is RouteEvent.AddressRemoved or RouteEvent.LinkRemoved or RouteEvent.ResyncNeeded;
        }

        if (links)
        {
            _linksChanged();
        }

        if (any)
        {
            _pathChanged(new PathChange(addressesWent ? Addresses() : null));
        }
    }

    /// <summary>What is there now, after the burst: an address that went and came back within it stays.</summary>
    private HashSet<IPAddress>? Addresses()
    {
        try
        {
            return [.. _kernel.Ask(s => s.Addresses()).Select(a => new IPAddress(a.Address.GetAddressBytes()))];
        }
        catch (LinuxException)
        {
            return null; // the next change asks again
        }
    }
}
