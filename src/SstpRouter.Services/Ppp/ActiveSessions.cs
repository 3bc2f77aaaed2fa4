using System.Collections.Immutable;
using System.Globalization;
using SstpRouter.Linux;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;
using SstpRouter.Services.Scripts;
using SstpRouter.Tunnels.Server;

namespace SstpRouter.Services.Ppp;

/// <summary>A user who is in, or just about to be.</summary>
internal sealed class ActiveSession
{
    private static long _lastNumber = Random.Shared.Next(0x1000, 0xFFFF);

    public ActiveSession(ulong id, string userName, ulong secretId, string interfaceName, ulong? bindingId)
    {
        Id = id;
        UserName = userName;
        SecretId = secretId;
        InterfaceName = interfaceName;
        BindingId = bindingId;
        SessionId = string.Create(CultureInfo.InvariantCulture, $"0x{0x81000000L + Interlocked.Increment(ref _lastNumber):X8}");
    }

    public ulong Id { get; }

    public string UserName { get; }

    public ulong SecretId { get; }

    public string InterfaceName { get; }

    /// <summary>The static binding that gave the interface its name, or null for a dynamic interface.</summary>
    public ulong? BindingId { get; }

    public string SessionId { get; }

    /// <summary>The address that the user is given; null for a user without IPv4.</summary>
    public System.Net.IPAddress? RemoteAddress { get; init; }

    /// <summary>Our address in the link; null for a user without IPv4.</summary>
    public System.Net.IPAddress? LocalAddress { get; init; }

    /// <summary>The profile that the session uses.</summary>
    public string ProfileName { get; init; } = "";

    /// <summary>The link as its scripts see it; null until it carries traffic.</summary>
    public PppLink? Link { get; set; }

    public System.Net.IPAddress? PooledAddress { get; init; }

    public System.Net.IPAddress? PooledLocalAddress { get; init; }

    /// <summary>The call; null until the login is complete.</summary>
    public ServerCall? Call { get; set; }

    /// <summary>When the login was complete, in milliseconds of the monotonic clock.</summary>
    public long Since { get; set; }

    public TimeSpan Uptime => TimeSpan.FromSeconds((MonotonicClock.Milliseconds - Since) / 1000);
}

/// <summary>The users who are in: <c>/ppp/active</c>.</summary>
internal sealed class ActiveSessions : IMenuState
{
    /// <summary>Ids of what PPP makes by itself start here, as RouterOS's do (<c>*F00012</c>), far from those of stored items.</summary>
    private const ulong FirstId = 0xF00000;

    private readonly Menu _menu;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ActiveSession> _byInterface = [];
    private readonly Dictionary<ulong, ActiveSession> _byBinding = [];
    private ulong _lastId = FirstId;

    public ActiveSessions(Menu root)
    {
        _menu = root.Find("ppp/active")!;
        _menu.State = this;
    }

    /// <summary>All sessions, those included whose login is not complete, oldest first.</summary>
    public IReadOnlyList<ActiveSession> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _byInterface.Values.OrderBy(s => s.Id)];
            }
        }
    }

    /// <summary>Adds the session that <paramref name="make"/> builds from what is there already, by interface, in one step.</summary>
    public ActiveSession? Add(Func<ulong, IReadOnlyDictionary<string, ActiveSession>, ActiveSession?> make)
    {
        lock (_gate)
        {
            ActiveSession? session = make(_lastId + 1, _byInterface);
            if (session is not null)
            {
                _lastId++;
                _byInterface.Add(session.InterfaceName, session);
                if (session.BindingId is { } binding)
                {
                    _byBinding.Add(binding, session);
                }
            }

            return session;
        }
    }

    /// <summary>The session with that interface.</summary>
    public ActiveSession? WithInterface(string name)
    {
        lock (_gate)
        {
            return _byInterface.GetValueOrDefault(name);
        }
    }

    /// <summary>The session that a static binding names.</summary>
    public ActiveSession? WithBinding(ulong id)
    {
        lock (_gate)
        {
            return _byBinding.GetValueOrDefault(id);
        }
    }

    /// <summary>Takes the session with that interface out.</summary>
    public ActiveSession? Remove(string interfaceName)
    {
        lock (_gate)
        {
            _ = _byInterface.Remove(interfaceName, out ActiveSession? session);
            if (session?.BindingId is { } binding)
            {
                _byBinding.Remove(binding);
            }

            return session;
        }
    }

    public void Describe(Row row)
    {
    }

    public IEnumerable<Row> DynamicRows() => All.Where(s => s.Call is not null).Select(Row);

    public bool TryRemove(ulong id)
    {
        ServerCall? call = All.FirstOrDefault(s => s.Id == id)?.Call;
        call?.HangUp();
        return call is not null;
    }

    private Row Row(ActiveSession session)
    {
        ServerCall call = session.Call!;
        Row row = new Row(_menu, session.Id, ImmutableDictionary<string, Value>.Empty, isDynamic: true)
            .Show("name", Value.Of(session.UserName))
            .Show("service", Value.Of("sstp"))
            .Show("caller-id", Value.Of(call.Peer.Address.ToString()))
            .Show("uptime", new TimeValue(session.Uptime))
            .Show("encoding", Value.Of(call.State.Encoding))
            .Show("session-id", Value.Of(session.SessionId))
            .Show("limit-bytes-in", Value.Of(0))
            .Show("limit-bytes-out", Value.Of(0))
            .Show("bytes", Value.Of($"{call.Counters.BytesIn}/{call.Counters.BytesOut}"))
            .Show("packets", Value.Of($"{call.Counters.PacketsIn}/{call.Counters.PacketsOut}"));
        return call.AssignedAddress is { } address ? row.Show("address", new AddressValue(address)) : row;
    }
}
