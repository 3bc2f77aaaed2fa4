using SstpRouter.Linux;

namespace SstpRouter.Services.Interfaces;

/// <summary>The kernel's interfaces under their RouterOS names. One socket, used by one thread at a time.</summary>
internal sealed class KernelInterfaces : IDisposable
{
    private readonly RouteSocket _socket = new();
    private readonly Lock _gate = new();
    private readonly InterfaceNames _names;
    private readonly HashSet<string> _foreign = [];

    public KernelInterfaces(InterfaceNames names)
    {
        _names = names;
    }

    /// <summary>Brings loopback up, as every router has it; a namespace starts without.</summary>
    /// <exception cref="LinuxException">The kernel refuses.</exception>
    public void BringLoopbackUp()
    {
        if (Links().FirstOrDefault(l => (l.Flags & LinkFlags.Loopback) != 0) is { IsUp: false } loopback)
        {
            Ask(s =>
            {
                s.SetLinkUp(loopback.Index);
                return true;
            });
        }
    }

    /// <summary>Asks the kernel something, or changes something.</summary>
    /// <exception cref="LinuxException">The kernel refuses.</exception>
    public T Ask<T>(Func<RouteSocket, T> question)
    {
        lock (_gate)
        {
            return question(_socket);
        }
    }

    /// <summary>All interfaces. One that is not ours gets its kernel name as RouterOS name, and leaves it free again when it has gone.</summary>
    public IReadOnlyList<Link> Links()
    {
        IReadOnlyList<Link> links = Ask(s => s.Links());
        lock (_foreign)
        {
            foreach (string gone in _foreign.Except(links.Select(l => l.Name)).ToList())
            {
                Forget(gone);
            }

            foreach (Link link in links)
            {
                Enter(link);
            }
        }

        return links;
    }

    /// <summary>True where an interface was not made by us: hardware, or another program's.</summary>
    public bool IsForeign(Link link)
    {
        lock (_foreign)
        {
            return _foreign.Contains(link.Name);
        }
    }

    /// <summary>The RouterOS name of an interface.</summary>
    public string NameOf(Link link) => _names.TryGetName(link.Name, out string? name) ? name : link.Name;

    /// <summary>RouterOS names by interface index.</summary>
    public IReadOnlyDictionary<int, string> NamesByIndex() => Links().ToDictionary(l => l.Index, NameOf);

    /// <summary>The interface with a RouterOS name, or null where it is not there now. Asks for this one only: there may be thousands.</summary>
    public Link? Find(string name)
    {
        string kernelName = _names.TryGetKernelName(name, out string? given) ? given : name;
        Link? link = Ask(s => s.Link(kernelName));
        lock (_foreign)
        {
            if (link is null)
            {
                Forget(kernelName);
                return null;
            }

            Enter(link);
        }

        // The kernel finds an interface by its further names too.
        return NameOf(link) == name ? link : null;
    }

    public void Dispose() => _socket.Dispose();

    private void Enter(Link link)
    {
        if (!_names.TryGetName(link.Name, out _) && _names.Bind(link.Name, link.Name))
        {
            _foreign.Add(link.Name);
        }
    }

    private void Forget(string gone)
    {
        if (_foreign.Remove(gone))
        {
            _names.Release(gone);
        }
    }
}
