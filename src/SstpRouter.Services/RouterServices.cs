using SstpRouter.Certificates;
using SstpRouter.Linux;
using SstpRouter.RouterOs.History;
using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Logging;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Users;
using SstpRouter.Services.Certificates;
using SstpRouter.Services.Http;
using SstpRouter.Services.Interfaces;
using SstpRouter.Services.Ip;
using SstpRouter.Services.Ppp;
using SstpRouter.Services.Scripts;
using SstpRouter.Services.Sstp;
using SstpRouter.Services.Tools;
using SstpRouter.Services.Users;
using SstpRouter.Tunnels.Recording;
using SstpRouter.Tunnels.Workers;

namespace SstpRouter.Services;

/// <summary>Everything that the menus do, put together: from the start of a router to its stop.</summary>
public sealed class RouterServices : IDisposable
{
    private readonly TunnelWorkers _workers;
    private readonly NameResolver _resolver = new();
    private readonly KernelInterfaces _kernel;
    private readonly LinkWatch _links;
    private readonly HttpDocuments _documents;
    private readonly CertificateService _certificates;
    private readonly SstpClientService _clients;
    private readonly SstpServerService _server;
    private readonly ConfigurationHistory _history;
    private readonly UserService _users;
    private readonly ScriptJobs _scripts;
    private readonly SchedulerService _scheduler;

    /// <summary>Attaches the services to the menus and brings the system to what the store says.</summary>
    /// <param name="root">The menus; every one that needs a service must get it here.</param>
    /// <param name="store">The configuration.</param>
    /// <param name="log">The router's log.</param>
    /// <param name="certificates">The directory of certificates and keys.</param>
    /// <param name="workers">How many threads carry tunnels; at least 1.</param>
    /// <param name="recordings">Where tunnels are recorded, which must outlive the services; null where they are not.</param>
    /// <param name="builtAt">When the program was built, or null: a clock that shows an earlier time is wrong.</param>
    /// <exception cref="LinuxException">The kernel cannot be asked.</exception>
    /// <exception cref="InvalidOperationException">A menu or a command is served by nobody: a defect of the program.</exception>
    public RouterServices(
        Menu root,
        ConfigurationStore store,
        RouterLog log,
        CertificateDirectory certificates,
        int workers,
        RecordingDirectory? recordings = null,
        DateTimeOffset? builtAt = null)
    {
        // Before anything looks at the configuration: what was never confirmed is not brought up first.
        _history = new ConfigurationHistory(root, store, log);
        _users = new UserService(root, store, log, TimeProvider.System);
        void Fault(string text) => log.Write("system,error,critical", text);
        var tunnelLog = new TunnelLog(log);
        var names = new InterfaceNames();
        _workers = new TunnelWorkers(workers, Fault, recordings);
        _kernel = new KernelInterfaces(names);
        _kernel.BringLoopbackUp();
        _documents = new HttpDocuments(log);
        _certificates = new CertificateService(root, store, certificates, log, _documents);
        var policies = new TlsPolicies(root, store, _certificates, new ServerPins(new KnownServers(certificates.Location), tunnelLog), builtAt);
        var sessions = new ActiveSessions(root);
        _scripts = new ScriptJobs(root, Globals, log, TimeProvider.System);
        var library = new ScriptLibrary(root, store, Globals, TimeProvider.System);
        _scheduler = new SchedulerService(root, store, library, _scripts, log, TimeProvider.System);
        _ = new GlobalRows(root, store, Globals);
        _ = new ScriptCommands(root, Globals, _scripts, new UserFiles(store));
        var events = new PppScripts(root, store, library, _scripts, log);
        var users = new PppUsers(root, store, log, names, new AddressPools(root, store), sessions, events);
        _clients = new SstpClientService(root, store, _workers, _resolver, names, _certificates, policies, _kernel, events, tunnelLog);
        _server = new SstpServerService(root, store, _workers, _certificates, policies, users, sessions, tunnelLog);
        var addresses = new AddressService(root, store, _kernel, log);
        _ = new InterfaceService(root, store, _kernel, _clients, sessions);
        _ = new TrafficMonitor(root, store, TimeProvider.System);
        _ = new RouteService(root, _kernel);
        _ = new PingService(root, _kernel);
        RequireHandlers(root);

        var reconciler = new Reconciler([_users, _certificates, addresses, _server, _clients, _scheduler], Fault);
        reconciler.ApplyAll(store.Subscribe(reconciler));
        _links = new LinkWatch(_kernel, addresses.LinksChanged, _clients.PathChanged);
        _certificates.Start();
    }

    /// <summary>Calls back, from a thread of the pool, after tunnels have come up or ended and for a moment no other does.</summary>
    public void WhenSettled(Action action) => _workers.WhenSettled(action);

    /// <summary>Safe mode, for those who serve sessions.</summary>
    public ISafeMode SafeMode => _history.SafeMode;

    /// <summary>The users, for those who let somebody in.</summary>
    public IAccounts Accounts => _users;

    /// <summary>The global variables of scripts, which consoles share with them.</summary>
    public GlobalVariables Globals { get; } = new();

    /// <summary>Begins with the scheduler, once everything that its scripts may need is there.</summary>
    public void StartScheduler() => _scheduler.Start();

    /// <summary>Says good-bye on all tunnels: PPP terminates, SSTP disconnects, interfaces and routes go.</summary>
    /// <param name="limit">How long the peers may take; what is not done by then is dropped.</param>
    public void Stop(TimeSpan limit) => Task.WhenAll(_clients.Stop(), _server.Stop()).Wait(limit);

    /// <summary>Ends all threads. Interfaces go with their descriptors.</summary>
    public void Dispose()
    {
        _history.Dispose();
        _scheduler.Dispose();
        _scripts.Dispose();
        _certificates.Dispose();
        _documents.Dispose();
        _links.Dispose();
        _resolver.Dispose();
        _workers.Dispose();
        _kernel.Dispose();
    }

    private static void RequireHandlers(Menu root)
    {
        foreach (Menu menu in root.SelfAndDescendants())
        {
            if (menu is { NeedsState: true, State: null })
            {
                throw new InvalidOperationException($"nothing serves the menu {menu.Path}");
            }

            if (menu.Commands.FirstOrDefault(c => c.Run is null) is { } command)
            {
                throw new InvalidOperationException($"nothing serves the command {command.Name} in {menu.Path}");
            }
        }
    }
}
