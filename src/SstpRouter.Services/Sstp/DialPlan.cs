using SstpRouter.Linux;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.Services.Ppp;
using SstpRouter.Services.Scripts;
using SstpRouter.Tls;
using SstpRouter.Tunnels;
using SstpRouter.Tunnels.Client;

namespace SstpRouter.Services.Sstp;

/// <summary>An <c>/interface/sstp-client</c> item and what it refers to, worked out. Two plans are equal where a tunnel need not be dialled anew.</summary>
internal sealed class DialPlan : IEquatable<DialPlan>
{
    private static readonly TlsClientPolicy AnyTls = new();

    private readonly string _tls;

    private readonly string _profile;
    private readonly ulong _interface;

    private DialPlan(DialOptions options, string profile, ulong @interface)
    {
        Options = options;
        _profile = profile;
        _interface = @interface;
        _tls = TlsWords.Fingerprint(options.Tls);
    }

    public DialOptions Options { get; }

    /// <summary>Works a plan out.</summary>
    /// <exception cref="ScriptError">The item cannot be dialled; the text says why.</exception>
    public static DialPlan Of(Item item, StoreSnapshot snapshot, Menu profiles, InterfaceNames names, TlsPolicies policies)
    {
        string profileName = item.Text("profile");
        var profile = ProfileView.Of(profiles, snapshot, profileName, profileName);
        TlsClientPolicy tls = policies.ForClient(item, snapshot, policies.Pins.For(item));
        string name = item.Text("name");
        return new DialPlan(new DialOptions
        {
            Interface = new InterfaceName(name, names.Assign(name), names.AltName(name)),
            Host = item.Text("connect-to"),
            Port = item.Number("port"),
            Tls = tls,
            User = item.Text("user"),
            Password = item.Text("password"),
            Methods = TlsWords.Methods(item),
            MaximumMru = item.Number("max-mru"),
            MaximumMtu = item.Number("max-mtu"),
            KeepaliveTimeout = item.Seconds("keepalive-timeout"),
            AddDefaultRoute = item.IsYes("add-default-route"),
            DefaultRouteDistance = item.Number("default-route-distance"),
            EnableIpv6 = profile.EnableIpv6,
            Limits = profile.Limits,
        }, profileName, item.Id);
    }

    /// <summary>The tunnel, now that it is up, as the scripts of its profile see it.</summary>
    public PppLink Link(TunnelState state) => new(
        _profile,
        _interface,
        Options.User,
        state.LocalAddress,
        state.RemoteAddress,
        CallerId: "",
        CalledId: state.PeerEndPoint?.Address.ToString() ?? Options.Host);

    public bool Equals(DialPlan? other) =>
        other is not null && _tls == other._tls && (Options with { Tls = AnyTls }) == (other.Options with { Tls = AnyTls });

    public override bool Equals(object? obj) => Equals(obj as DialPlan);

    public override int GetHashCode() => HashCode.Combine(_tls, Options.Host, Options.User);
}
