using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using SstpRouter.Linux;
using SstpRouter.Ppp;
using SstpRouter.RouterOs.Logging;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;
using SstpRouter.Services.Scripts;
using SstpRouter.Tunnels;
using SstpRouter.Tunnels.Server;

namespace SstpRouter.Services.Ppp;

/// <summary>Decides who may come in, and with what: <c>/ppp/secret</c> and <c>/ppp/profile</c> applied to a login.</summary>
internal sealed class PppUsers : ICallAdmission, IMenuState
{
    private static readonly IPAddress NoLocalAddress = IPAddress.Parse("10.112.112.112");

    private readonly ConfigurationStore _store;
    private readonly RouterLog _log;
    private readonly InterfaceNames _names;
    private readonly AddressPools _pools;
    private readonly ActiveSessions _sessions;
    private readonly PppScripts _scripts;
    private readonly Menu _secrets;
    private readonly Menu _profiles;
    private readonly Menu _bindings;
    private readonly Menu _server;
    private readonly ConcurrentDictionary<ulong, LastSession> _last = new();

    public PppUsers(Menu root, ConfigurationStore store, RouterLog log, InterfaceNames names, AddressPools pools, ActiveSessions sessions, PppScripts scripts)
    {
        _store = store;
        _log = log;
        _names = names;
        _pools = pools;
        _sessions = sessions;
        _scripts = scripts;
        _secrets = root.Find("ppp/secret")!;
        _profiles = root.Find("ppp/profile")!;
        _bindings = root.Find("interface/sstp-server")!;
        _server = root.Find("interface/sstp-server/server")!;
        _secrets.State = this;
    }

    public AdmissionDecision Admit(IPEndPoint peer, PppAuthenticationAttempt attempt)
    {
        StoreSnapshot snapshot = _store.Current;
        if (Check(snapshot, peer, attempt, out Item? secret, out PppAuthenticationProof? proof) is { } refusal)
        {
            return new AdmissionDecision.Denied(refusal);
        }

        return InTheWay(snapshot, secret!) is { Count: > 0 } rivals
            ? new AdmissionDecision.Contested(rivals, () => Settle(peer, attempt))
            : Admit(snapshot, secret!, proof!);
    }

    public PppAuthenticationProof? AdmitAgain(IPEndPoint peer, PppAuthenticationAttempt attempt)
    {
        _ = Check(_store.Current, peer, attempt, out _, out PppAuthenticationProof? proof);
        return proof;
    }

    public void LoggedIn(ServerCall call)
    {
        if (_sessions.WithInterface(call.InterfaceName) is { } session)
        {
            session.Since = MonotonicClock.Milliseconds;
            session.Call = call;
            _log.Write("sstp,ppp,info,account", $"{call.UserName} logged in, {Shown(call.AssignedAddress)} from {call.Peer.Address}");
        }
    }

    public void Connected(ServerCall call)
    {
        if (_sessions.WithInterface(call.InterfaceName) is { Link: null } session)
        {
            session.Link = new PppLink(
                session.ProfileName,
                session.BindingId ?? session.Id,
                call.UserName,
                call.State.LocalAddress ?? session.LocalAddress,
                call.AssignedAddress,
                CallerId: call.Peer.Address.ToString(),
                CalledId: "");
            _scripts.Up(session.Link);
        }
    }

    public void Ended(ServerCall call)
    {
        if (_sessions.Remove(call.InterfaceName) is not { } session)
        {
            return;
        }

        _names.Release(session.InterfaceName);
        GiveBack(session.PooledAddress);
        GiveBack(session.PooledLocalAddress);
        if (session.Call is null)
        {
            return;
        }

        _log.Write(
            "sstp,ppp,info,account",
            string.Create(CultureInfo.InvariantCulture, $"{call.UserName} logged out, {(long)session.Uptime.TotalSeconds} {Counts(call)} from {call.Peer.Address}"));
        if (session.Link is { } link)
        {
            _scripts.Down(link);
        }

        _last[session.SecretId] = new LastSession(DateTime.Now, call.Peer.Address.ToString(), DisconnectReason(call.End));
    }

    public void Describe(Row row)
    {
        if (_last.TryGetValue(row.Id, out LastSession? last))
        {
            row.Show("last-logged-out", Value.Of(last.LoggedOut.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)))
                .Show("last-caller-id", Value.Of(last.CallerId))
                .Show("last-disconnect-reason", Value.Of(last.Reason));
        }
    }

    public IEnumerable<Row> DynamicRows() => [];

    public bool TryRemove(ulong id) => false;

    private static string Shown(IPAddress? address) => address?.ToString() ?? "no address";

    private static string Counts(ServerCall call) => string.Create(
        CultureInfo.InvariantCulture,
        $"{call.Counters.BytesIn} {call.Counters.BytesOut} {call.Counters.PacketsIn} {call.Counters.PacketsOut}");

    /// <summary>The words of <c>last-disconnect-reason</c>.</summary>
    private static string DisconnectReason(TunnelEnd? end) => end?.Name switch
    {
        "peer-request" => "peer-request",
        "idle-timeout" => "idle-timeout",
        "session-timeout" => "session-timeout",
        "user-request" => "nas-request",
        "interface-failed" => "nas-error",
        _ => "hung-up",
    };

    /// <summary>Looks at the secret alone.</summary>
    /// <returns>Why the login is refused, or null with the secret and the proof.</returns>
    private string? Check(
        StoreSnapshot snapshot, IPEndPoint peer, PppAuthenticationAttempt attempt, out Item? secret, out PppAuthenticationProof? proof)
    {
        proof = null;
        secret = snapshot.Items(_secrets).FirstOrDefault(s => s.Text("name") == attempt.UserName);
        if (secret is null)
        {
            return "there is no secret with that name; see /ppp/secret";
        }

        if (secret.IsYes("disabled"))
        {
            return "its secret is disabled";
        }

        if (secret.Text("service") is not ("any" or "sstp"))
        {
            return $"its secret is for service={secret.Text("service")} only";
        }

        if (secret.Text("caller-id") is { Length: > 0 } caller && caller != peer.Address.ToString())
        {
            return $"its secret allows calls from {caller} only, this one came from {peer.Address}";
        }

        proof = attempt.Verify(secret.Text("password"));
        return proof is null ? "the password is wrong" : null;
    }

    /// <summary>The decision when whatever stands in the way has proved to live.</summary>
    private AdmissionDecision Settle(IPEndPoint peer, PppAuthenticationAttempt attempt)
    {
        // Read anew: the secret may have changed while the others were asked.
        StoreSnapshot snapshot = _store.Current;
        return Check(snapshot, peer, attempt, out Item? secret, out PppAuthenticationProof? proof) is { } refusal
            ? new AdmissionDecision.Denied(refusal)
            : Admit(snapshot, secret!, proof!);
    }

    /// <summary>The interfaces of sessions that keep a user from what the login would give: being in at all, the static binding, the address.</summary>
    private List<string> InTheWay(StoreSnapshot snapshot, Item secret)
    {
        string user = secret.Text("name");
        ProfileView profile = Profile(snapshot, secret);
        IPAddress? remote = secret.Address("remote-address") ?? (profile.RemoteAddress as AddressValue)?.Address;
        List<ActiveSession> own = [.. _sessions.All.Where(s => s.UserName == user)];
        bool isBindingFree = own.Count > 0 && snapshot.Items(_bindings).Any(b => IsBindingOf(b, user) && _sessions.WithBinding(b.Id) is null);
        return [.. own
            .Where(s => profile.OnlyOne || (s.BindingId is not null && !isBindingFree) || (remote is not null && remote.Equals(s.RemoteAddress)))
            .Select(s => s.InterfaceName)];
    }

    private ProfileView Profile(StoreSnapshot snapshot, Item secret)
    {
        string serverProfile = snapshot.Settings(_server).Text("default-profile");
        return ProfileView.Of(_profiles, snapshot, secret.IsSet("profile") ? secret.Text("profile") : serverProfile, serverProfile);
    }

    private AdmissionDecision Admit(StoreSnapshot snapshot, Item secret, PppAuthenticationProof proof)
    {
        ProfileView profile = Profile(snapshot, secret);
        string user = secret.Text("name");
        (IPAddress? remote, bool remotePooled) = Address(snapshot, secret, "remote-address", profile.RemoteAddress, user);
        (IPAddress? local, bool localPooled) = Address(snapshot, secret, "local-address", profile.LocalAddress, user);
        string? refusal = null;
        ActiveSession? session = _sessions.Add((id, others) =>
        {
            // One whose call is over only waits for his interface to go.
            if (profile.OnlyOne && others.Values.Any(s => s.UserName == user && s.Call?.End is null))
            {
                refusal = $"the user is connected already, and only-one=yes in profile {profile.Name}";
                return null;
            }

            Item? binding = Binding(snapshot, user, others);
            return new ActiveSession(id, user, secret.Id, binding?.Text("name") ?? DynamicName(user, others), binding?.Id)
            {
                ProfileName = profile.Name,
                RemoteAddress = remote,
                LocalAddress = remote is null ? null : local ?? NoLocalAddress,
                PooledAddress = remotePooled ? remote : null,
                PooledLocalAddress = localPooled ? local : null,
            };
        });
        if (session is null)
        {
            GiveBack(remotePooled ? remote : null);
            GiveBack(localPooled ? local : null);
            return new AdmissionDecision.Denied(refusal!);
        }

        WarnWithoutAddress(session, profile, remote, local);
        var grant = new PppGrant
        {
            Proof = proof,
            LocalAddress = remote is null ? null : local ?? NoLocalAddress,
            RemoteAddress = remote,
            DnsServers = profile.DnsServers,
            NbnsServers = profile.WinsServers,
        };
        string name = session.InterfaceName;
        return new AdmissionDecision.Admitted(grant, new InterfaceName(name, _names.Assign(name), _names.AltName(name)), profile.Limits);
    }

    private void WarnWithoutAddress(ActiveSession session, ProfileView profile, IPAddress? remote, IPAddress? local)
    {
        if (remote is null)
        {
            _log.Write(
                "sstp,ppp,warning",
                $"{session.InterfaceName}: could not determine remote address: neither the secret nor profile {profile.Name} has one that is free; set remote-address");
        }
        else if (local is null)
        {
            _log.Write(
                "sstp,ppp,warning",
                $"{session.InterfaceName}: could not determine local address, using {NoLocalAddress}; set local-address in the secret or in profile {profile.Name}");
        }
    }

    /// <summary>The secret's own address before the profile's, which may be a pool.</summary>
    private (IPAddress? Address, bool IsPooled) Address(StoreSnapshot snapshot, Item secret, string property, Value? profileValue, string user)
    {
        if (secret.Address(property) is { } own)
        {
            return (own, false);
        }

        return profileValue switch
        {
            AddressValue address => (address.Address, false),
            TextValue pool => (_pools.Take(snapshot, pool.Content, user), true),
            _ => (null, false),
        };
    }

    private void GiveBack(IPAddress? address)
    {
        if (address is not null)
        {
            _pools.GiveBack(address);
        }
    }

    /// <summary>A binding of the user's that is free; its name may still be that of a session that is on its way out.</summary>
    private Item? Binding(StoreSnapshot snapshot, string user, IReadOnlyDictionary<string, ActiveSession> others) =>
        snapshot.Items(_bindings).FirstOrDefault(b => IsBindingOf(b, user) && _sessions.WithBinding(b.Id) is null && !others.ContainsKey(b.Text("name")));

    private static bool IsBindingOf(Item binding, string user) => binding.Text("user") == user && !binding.IsYes("disabled");

    /// <summary><c>&lt;sstp-alice&gt;</c>, and for a second session of the same user <c>&lt;sstp-alice-1&gt;</c>.</summary>
    private static string DynamicName(string user, IReadOnlyDictionary<string, ActiveSession> others)
    {
        string name = $"<sstp-{user}>";
        for (int number = 1; others.ContainsKey(name); number++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"<sstp-{user}-{number}>");
        }

        return name;
    }

    private sealed record LastSession(DateTime LoggedOut, string CallerId, string Reason);
}
