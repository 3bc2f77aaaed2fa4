using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using SstpRouter.Linux;

namespace SstpRouter.Lab.Tests.Harness;

/// <summary>One machine of a test: a network namespace, and the thread in it that starts the machine's programs.</summary>
/// <remarks>Programs die with that thread, and so with the test process, however it ends.</remarks>
internal sealed class Host : IDisposable
{
    private readonly BlockingCollection<Action> _jobs = [];
    private readonly Thread _thread;

    public Host(string name)
    {
        Name = name;
        _thread = new Thread(Serve) { Name = name, IsBackground = true };
        _thread.Start();
        Namespace = Run(NetworkNamespace.Current);
        Run(() => BringUp("lo"));
    }

    public string Name { get; }

    public NetworkNamespace Namespace { get; }

    /// <summary>Joins two machines' interfaces by a cable, and brings both ends up.</summary>
    public static void Connect(Host one, Host other, string name = "ether1")
    {
        one.Run(() =>
        {
            using var routes = new RouteSocket();
            routes.AddVethPair(name, name, other.Namespace);
        });
        one.Run(() => BringUp(name));
        other.Run(() => BringUp(name));
    }

    /// <summary>Starts a program on this machine.</summary>
    public RunningProgram Start(string file, IEnumerable<string> arguments)
    {
        // setpriv(1) becomes the program: the process id is the program's own.
        ProcessStartInfo start = RunningProgram.StartInfo("setpriv", ["--pdeathsig", "KILL", file, .. arguments]);
        return new RunningProgram(Name, Run(() => Process.Start(start)!));
    }

    /// <summary>Does something inside the namespace.</summary>
    public void Run(Action action) => Run(() =>
    {
        action();
        return true;
    });

    /// <summary>Asks something inside the namespace.</summary>
    public T Run<T>(Func<T> function)
    {
        var done = new TaskCompletionSource<T>();
        _jobs.Add(() =>
        {
            try
            {
                done.SetResult(function());
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        });
        try
        {
            return done.Task.Result;
        }
        catch (AggregateException failure)
        {
            ExceptionDispatchInfo.Throw(failure.InnerException!);
            throw;
        }
    }

    /// <summary>Whether the kernel has seen the carrier of an interface, which it looks at once a second.</summary>
    public bool HasCarrier(string name) => Run(() =>
    {
        using var routes = new RouteSocket();
        return routes.Link(name)!.IsRunning;
    });

    /// <summary>The names that the kernel has for the interfaces, sorted.</summary>
    public string[] KernelInterfaces() => Run(() =>
    {
        using var routes = new RouteSocket();
        return routes.Links().Select(l => l.Name).Order(StringComparer.Ordinal).ToArray();
    });

    /// <summary>The destinations of the IPv4 routes in the main table, sorted.</summary>
    public string[] KernelRoutes() => Run(() =>
    {
        using var routes = new RouteSocket();
        return routes.Routes(System.Net.Sockets.AddressFamily.InterNetwork)
            .Where(r => r.Table == RouteSpec.MainTable)
            .Select(r => r.Destination.ToString())
            .Order(StringComparer.Ordinal)
            .ToArray();
    });

    public void Dispose()
    {
        _jobs.CompleteAdding();
        _thread.Join();
        Namespace.Dispose();
        _jobs.Dispose();
    }

    private static void BringUp(string name)
    {
        using var routes = new RouteSocket();
        routes.SetLinkUp(routes.Link(name)!.Index);
    }

    private void Serve()
    {
        NetworkNamespace.UnshareCurrentThread();
        foreach (Action job in _jobs.GetConsumingEnumerable())
        {
            job();
        }
    }
}
