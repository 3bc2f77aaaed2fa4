using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Verbs;
using SstpRouter.Services.Certificates;
using SstpRouter.Tls;

namespace SstpRouter.Services.Sstp;

/// <summary>Works TLS policies out from the menus that have a say in them.</summary>
internal sealed class TlsPolicies
{
    private readonly ConfigurationStore _store;
    private readonly CertificateService _certificates;
    private readonly DateTimeOffset? _builtAt;

    /// <param name="root">The menus.</param>
    /// <param name="store">The configuration.</param>
    /// <param name="certificates">Whose certificates they use.</param>
    /// <param name="pins">What is known of servers.</param>
    /// <param name="builtAt">When the program was built, or null: a clock that shows an earlier time is wrong.</param>
    public TlsPolicies(
        Menu root, ConfigurationStore store, CertificateService certificates, ServerPins pins, DateTimeOffset? builtAt = null)
    {
        _store = store;
        _certificates = certificates;
        Menus = [root.Find("certificate")!, root.Find("certificate/settings")!];
        RevocationLists = () => _certificates.RevocationLists(_store.Current);
        Pins = pins;
        _builtAt = builtAt;
    }

    /// <summary>What is known of servers.</summary>
    public ServerPins Pins { get; }

    /// <summary>The menus that a policy follows, beside its own.</summary>
    public IReadOnlyList<Menu> Menus { get; }

    /// <summary>One object for all policies, so that two of them compare equal.</summary>
    private Func<IReadOnlyList<byte[]>> RevocationLists { get; }

    /// <summary>False where an item names a certificate that is not there.</summary>
    public bool HasCertificateOf(Item item, StoreSnapshot snapshot) =>
        item.Text("certificate") is var name && (name == "none" || snapshot.Items(Menus[0]).Any(c => c.Text("name") == name));

    /// <summary>The policy of an <c>/interface/sstp-client</c> item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="snapshot">The configuration.</param>
    /// <param name="pin">What is known of its server.</param>
    /// <exception cref="RouterOs.Language.ScriptError">Its certificate has no key.</exception>
    public TlsClientPolicy ForClient(Item item, StoreSnapshot snapshot, ServerPin pin)
    {
        bool verifies = item.IsYes("verify-server-certificate");
        return new TlsClientPolicy
        {
            Versions = TlsWords.Versions(item),
            Pfs = TlsWords.Pfs(item),
            PfsExplicit = item.IsSet("pfs"),
            Ciphers = TlsWords.Ciphers(item),
            CiphersExplicit = item.IsSet("ciphers"),
            VerifyServer = verifies,
            VerifyServerAddress = item.IsYes("verify-server-address-from-certificate"),
            ServerName = item.Text("connect-to"),
            SendSni = item.IsYes("add-sni"),
            Pin = pin,
            Identity = _certificates.Identity(snapshot, item.Text("certificate")),
            TrustedCertificates = verifies ? _certificates.Trusted(snapshot) : [],
            SystemRoots = verifies && _certificates.TrustsSystem(snapshot) ? TlsPolicy.HostRoots : null,
            CheckRevocation = verifies && _certificates.UsesRevocationLists(snapshot),
            RevocationLists = RevocationLists,
            SetCommand = $"/interface sstp-client set {Quoting.Quote(item.Text("name"))}",
            CertainlyPast = _builtAt,
        };
    }

    /// <summary>The policy of <c>/interface/sstp-server/server</c>.</summary>
    /// <exception cref="RouterOs.Language.ScriptError">Its certificate has no key.</exception>
    public TlsServerPolicy ForServer(Item settings, StoreSnapshot snapshot)
    {
        bool verifies = settings.IsYes("verify-client-certificate");
        return new TlsServerPolicy
        {
            Versions = TlsWords.Versions(settings),
            Pfs = TlsWords.Pfs(settings),
            PfsExplicit = settings.IsSet("pfs"),
            Ciphers = TlsWords.Ciphers(settings),
            CiphersExplicit = settings.IsSet("ciphers"),
            VerifyClient = verifies,
            Identity = _certificates.Identity(snapshot, settings.Text("certificate")),
            TrustedCertificates = verifies ? _certificates.Trusted(snapshot) : [],
            // Not the system's roots: whoever has a certificate of a public authority would be let in.
            CheckRevocation = verifies && _certificates.UsesRevocationLists(snapshot),
            RevocationLists = RevocationLists,
            SetCommand = "/interface sstp-server server set",
            CertainlyPast = _builtAt,
        };
    }
}
