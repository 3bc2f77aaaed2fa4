using System.Net;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;
using SstpRouter.Tunnels;

namespace SstpRouter.Services.Ppp;

/// <summary>What a PPP profile says, where <c>default</c> means what the interface's own profile says.</summary>
internal sealed class ProfileView
{
    private readonly IPropertySource _profile;
    private readonly IPropertySource _fallback;

    private ProfileView(IPropertySource profile, IPropertySource fallback)
    {
        _profile = profile;
        _fallback = fallback;
    }

    public string Name => _profile.Text("name");

    public bool OnlyOne => Choice("only-one", otherwise: false);

    public bool EnableIpv6 => Choice("use-ipv6", otherwise: true);

    public TunnelLimits Limits => new()
    {
        ClampTcpMss = Choice("change-tcp-mss", otherwise: true),
        SessionTimeout = _profile.Span("session-timeout"),
        IdleTimeout = _profile.Span("idle-timeout"),
    };

    public IReadOnlyList<IPAddress> DnsServers => _profile.Addresses("dns-server");

    public IReadOnlyList<IPAddress> WinsServers => _profile.Addresses("wins-server");

    /// <summary>An address (<see cref="AddressValue"/>) or the name of a pool (<see cref="TextValue"/>), or null.</summary>
    public Value? LocalAddress => _profile["local-address"];

    /// <summary>The same for the peer's end.</summary>
    public Value? RemoteAddress => _profile["remote-address"];

    /// <summary>Finds a profile.</summary>
    /// <param name="menu">The menu of profiles.</param>
    /// <param name="snapshot">The configuration.</param>
    /// <param name="name">The profile.</param>
    /// <param name="interfaceProfile">The profile of the interface, for what the first leaves at <c>default</c>.</param>
    public static ProfileView Of(Menu menu, StoreSnapshot snapshot, string name, string interfaceProfile) =>
        new(Find(menu, snapshot, name), Find(menu, snapshot, interfaceProfile));

    private static IPropertySource Find(Menu menu, StoreSnapshot snapshot, string name) =>
        snapshot.Items(menu).FirstOrDefault(i => i.Text("name") == name) ?? snapshot.Items(menu)[0];

    private bool Choice(string property, bool otherwise) => Word(_profile.Text(property)) ?? Word(_fallback.Text(property)) ?? otherwise;

    private static bool? Word(string word) => word switch
    {
        "yes" or "required" => true,
        "no" => false,
        _ => null,
    };
}
