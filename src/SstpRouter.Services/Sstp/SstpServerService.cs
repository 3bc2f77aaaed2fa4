using System.Collections.Immutable;
using System.Net;
using SstpRouter.Linux;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;
using SstpRouter.Services.Certificates;
using SstpRouter.Services.Ppp;
using SstpRouter.Tls;
using SstpRouter.Tunnels;
using SstpRouter.Tunnels.Server;
using SstpRouter.Tunnels.Workers;

namespace SstpRouter.Services.Sstp;

/// <summary>Keeps the listener that <c>/interface/sstp-server/server</c> describes, and shows its calls in <c>/interface/sstp-server</c>.</summary>
internal sealed class SstpServerService : IRouterService, IMenuState
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    private readonly Menu _menu;
    private readonly Menu _server;
    private readonly Menu _profiles;
    private readonly ConfigurationStore _store;
    private readonly TunnelWorkers _workers;
    private readonly TlsPolicies _policies;
    private readonly PppUsers _users;
    private readonly ActiveSessions _sessions;
    private readonly ITunnelLog _log;
    private readonly Lock _gate = new();
    private readonly Timer _retry;
    private string? _fault;
    private bool _isStopped;
    private SstpListener? _listener;
    private ListenOptions? _running;
    private Task _stopping = Task.CompletedTask;

    public SstpServerService(
        Menu root,
        ConfigurationStore store,
        TunnelWorkers workers,
        CertificateService certificates,
        TlsPolicies policies,
        PppUsers users,
        ActiveSessions sessions,
        ITunnelLog log)
    {
        _menu = root.Find("interface/sstp-server")!;
        _server = root.Find("interface/sstp-server/server")!;
        _profiles = root.Find("ppp/profile")!;
        _store = store;
        _workers = workers;
        _policies = policies;
        _users = users;
        _sessions = sessions;
        _log = log;
        _menu.State = this;
        _menu.Command("monitor")!.Run = Monitor;
        _retry = new Timer(_ => Resume());
        certificates.ContentChanged += Resume;
    }

    public IReadOnlyCollection<Menu> Menus => [_server, _menu, _profiles, .. _policies.Menus];

    public void Prepare(IReadOnlyList<ItemChange> changes, StoreSnapshot after)
    {
        foreach (ItemChange change in changes)
        {
            if (change.Menu == _server && change.After is { } settings)
            {
                TlsPolicyCheck.Server(settings, after, _policies);
            }
        }
    }

    public void Reconcile(StoreSnapshot snapshot)
    {
        lock (_gate)
        {
            if (_isStopped)
            {
                return;
            }

            HangUpUnbound(snapshot);
            ListenOptions? wanted = Options(snapshot);
            if (Same(wanted, _running))
            {
                return;
            }

            if (wanted is not null && _listener is not null && DiffersInTrustAlone(wanted, _running!))
            {
                Follow(wanted);
                return;
            }

            if (_listener is not null)
            {
                // The port is free at once; the calls say good-bye meanwhile.
                _stopping = Task.WhenAll(_stopping, _listener.Stop());
                _listener = null;
            }

            _running = wanted;
            if (wanted is not null)
            {
                Open(wanted);
            }
        }
    }

    /// <summary>Closes the port and hangs all calls up.</summary>
    public Task Stop()
    {
        lock (_gate)
        {
            _running = null;
            _isStopped = true;
            _retry.Dispose();
            Task last = _listener?.Stop() ?? Task.CompletedTask;
            _listener = null;
            return Task.WhenAll(_stopping, last);
        }
    }

    public void Describe(Row row)
    {
        if (_sessions.WithBinding(row.Id) is { Call: not null } session)
        {
            Show(row, session);
        }
    }

    public IEnumerable<Row> DynamicRows() =>
        _sessions.All.Where(s => s is { BindingId: null, Call: not null }).Select(session =>
        {
            var row = new Row(_menu, session.Id, ImmutableDictionary<string, Value>.Empty, isDynamic: true);
            row.Show("name", Value.Of(session.InterfaceName)).Show("user", Value.Of(session.UserName));
            Show(row, session);
            return row;
        });

    public bool TryRemove(ulong id)
    {
        ServerCall? call = _sessions.All.FirstOrDefault(s => s.Id == id)?.Call;
        call?.HangUp();
        return call is not null;
    }

    private Value Monitor(CommandInvocation invocation) => TunnelMonitor.Run(invocation, _store, row => TunnelMonitor.Values(
        _sessions.WithBinding(row.Id) ?? _sessions.All.FirstOrDefault(s => s.Id == row.Id)));

    private static void Show(Row row, ActiveSession session)
    {
        TunnelState state = session.Call!.State;
        if (state.IsRunning)
        {
            row.Flags.Add('R');
        }

        row.Show("mtu", Value.Of(state.Mtu))
            .Show("client-address", Value.Of(session.Call.Peer.Address.ToString()))
            .Show("uptime", new TimeValue(session.Uptime))
            .Show("encoding", Value.Of(state.Encoding));
    }

    private static bool Same(ListenOptions? one, ListenOptions? other)
    {
        if (one is null || other is null)
        {
            return one is null && other is null;
        }

        var bare = new TlsServerPolicy();
        return (one with { Tls = bare }) == (other with { Tls = bare }) && TlsWords.Fingerprint(one.Tls) == TlsWords.Fingerprint(other.Tls);
    }

    /// <summary>True where the server shows another certificate or trusts others, and nothing else is new: a call that is up keeps what it has agreed
    /// on, so that the renewal of a certificate drops no tunnel.</summary>
    private static bool DiffersInTrustAlone(ListenOptions one, ListenOptions other)
    {
        static ListenOptions Bare(ListenOptions options) =>
            options with { Tls = options.Tls with { Identity = null, TrustedCertificates = Array.Empty<byte[]>() } };
        return one.Tls.Identity is null == other.Tls.Identity is null && Bare(one) == Bare(other);
    }

    private void Follow(ListenOptions wanted)
    {
        try
        {
            _listener!.Follow(wanted.Tls);
            _running = wanted;
            _fault = null;
            _log.Write(TunnelLogLevel.Info, "sstp server: new calls see the new certificates, those that are up go on");
        }
        catch (TlsPolicyException exception)
        {
            Report(exception.Message);
        }
    }

    private void Resume()
    {
        lock (_gate)
        {
            // Read inside: a change that comes in between would else be followed by what was before it.
            Reconcile(_store.Current);
        }
    }

    /// <summary>A session whose binding was taken away, switched off or made another one loses its interface.</summary>
    private void HangUpUnbound(StoreSnapshot snapshot)
    {
        foreach (ActiveSession session in _sessions.All)
        {
            bool isBound = session.BindingId is not { } id
                || (snapshot.Find(_menu, id) is { } binding && !binding.IsYes("disabled")
                    && binding.Text("name") == session.InterfaceName && binding.Text("user") == session.UserName);
            if (!isBound)
            {
                session.Call?.HangUp();
            }
        }
    }

    private ListenOptions? Options(StoreSnapshot snapshot)
    {
        Item settings = snapshot.Settings(_server);
        if (!settings.IsYes("enabled"))
        {
            return null;
        }

        try
        {
            string profileName = settings.Text("default-profile");
            return new ListenOptions
            {
                EndPoint = new IPEndPoint(AnyAddress, settings.Number("port")),
                Tls = _policies.ForServer(settings, snapshot),
                Methods = TlsWords.Methods(settings),
                MaximumWaiting = MaximumWaiting,
                MaximumMru = settings.Number("max-mru"),
                MaximumMtu = settings.Number("max-mtu"),
                KeepaliveTimeout = settings.Seconds("keepalive-timeout"),
                EnableIpv6 = ProfileView.Of(_profiles, snapshot, profileName, profileName).EnableIpv6,
            };
        }
        catch (ScriptError error)
        {
            Report(error.Text);
            return null;
        }
    }

    /// <summary>Who waits must not take the descriptors that tunnels need: two for each.</summary>
    private static int MaximumWaiting => Math.Min(ListenOptions.UsualWaiting, ProcessControl.DescriptorLimit / 4);

    private static IPAddress AnyAddress => System.Net.Sockets.Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;

    private void Open(ListenOptions options)
    {
        try
        {
            _listener = new SstpListener(_workers, _log, _users, options);
            _fault = null;
        }
        catch (Exception exception) when (exception is LinuxException or TlsPolicyException)
        {
            // The port may be another program's for the moment.
            _running = null;
            _retry.Change(RetryInterval, Timeout.InfiniteTimeSpan);
            Report(exception.Message);
        }
    }

    /// <summary>Says what keeps the server from running, once for each cause.</summary>
    private void Report(string fault)
    {
        if (_fault != fault)
        {
            _fault = fault;
            _log.Write(TunnelLogLevel.Error, $"sstp server: {fault}");
        }
    }
}
