using SstpRouter.Linux;

namespace SstpRouter.Services.Interfaces;

/// <summary>Tells when interfaces come, go or change, from a thread of its own.</summary>
internal sealed class LinkWatch : IDisposable
{
    private const long MonitorToken = 1;
    private const long StopToken = 2;

    private readonly RouteMonitor _monitor = new();
    private readonly EventFd _stop = new();
    private readonly Epoll _epoll = new();
    private readonly Action _changed;
    private readonly Thread _thread;

    /// <summary>Starts to watch.</summary>
    /// <param name="changed">Called once for each burst of changes; must not throw.</param>
    public LinkWatch(Action changed)
    {
        _changed = changed;
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

            bool links = false;
            while (_monitor.TryRead(out RouteEvent? change))
            {
                links |= change is RouteEvent.LinkChanged or RouteEvent.LinkRemoved or RouteEvent.ResyncNeeded;
            }

            if (links)
            {
                _changed();
            }
        }
    }
}
