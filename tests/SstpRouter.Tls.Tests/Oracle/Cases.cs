using System.Security.Cryptography.X509Certificates;

namespace SstpRouter.Tls.Tests.Oracle;

/// <summary>The generated cases, by what is wrong with them.</summary>
internal sealed class Cases(int seed)
{
    private const string ServerAuth = CertificateWish.ServerAuth;
    private const string ClientAuth = CertificateWish.ClientAuth;
    private const string CodeSigning = "1.3.6.1.5.5.7.3.3";
    private const string AnyPurpose = "2.5.29.37.0";

    // In the middle of all validities, and not today: both verifiers are told the time.
    private static readonly DateTimeOffset Now = new(2025, 6, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly Workshop _shop = new(seed, Now);
    private readonly List<VerificationCase> _all = [];

    public IReadOnlyList<VerificationCase> All()
    {
        for (var round = 0; round < 3; round++)
        {
            Validity();
            Purposes();
            Authorities();
            PathLengths();
            Chains();
            Constraints();
            Revocation();
        }
        Names();
        return _all;
    }

    private void Validity()
    {
        foreach (var (name, at) in new[] { ("valid", 0), ("leaf not yet valid", -20), ("leaf expired", 200), ("intermediate expired", 600), ("root expired", 2000) })
        {
            var chain = ThreeLevels();
            Add("validity", name, chain.Leaf, [chain.Middle], [chain.Root], at: Now.AddDays(at).AddHours(_shop.Number(48)));
        }
        // RFC 5280 4.1.2.5 counts the last second in, OpenSSL does not.
        var exact = ThreeLevels();
        Add("validity", "last second", exact.Leaf, [exact.Middle], [exact.Root], at: Now.AddDays(100));
        Add("validity", "first second after", exact.Leaf, [exact.Middle], [exact.Root], at: Now.AddDays(100).AddSeconds(1));
        Add("validity", "first second", exact.Leaf, [exact.Middle], [exact.Root], at: Now.AddDays(-10));
        Add("validity", "last second before", exact.Leaf, [exact.Middle], [exact.Root], at: Now.AddDays(-10).AddSeconds(-1));
    }

    private void Purposes()
    {
        const X509KeyUsageFlags signs = X509KeyUsageFlags.DigitalSignature;
        (string, Func<Wish, Wish>)[] leaves =
        [
            ("tls-server", w => w with { Purposes = [ServerAuth] }),
            ("tls-server and tls-client", w => w with { Purposes = [ServerAuth, ClientAuth] }),
            ("tls-client", w => w with { Purposes = [ClientAuth] }),
            ("code-sign", w => w with { Purposes = [CodeSigning] }),
            ("any purpose", w => w with { Purposes = [AnyPurpose] }),
            ("usage digital-signature", w => w with { Usage = signs }),
            ("usage key-cert-sign alone", w => w with { Usage = X509KeyUsageFlags.KeyCertSign }),
            ("usage crl-sign alone", w => w with { Usage = X509KeyUsageFlags.CrlSign }),
            ("usage digital-signature, tls-client", w => w with { Usage = signs, Purposes = [ClientAuth] }),
        ];
        foreach (var (name, change) in leaves)
        {
            var chain = ThreeLevels(change);
            Add("purpose", name, chain.Leaf, [chain.Middle], [chain.Root]);
        }
        var root = _shop.Root();
        var clientsOnly = _shop.Intermediate(root, "clients only", w => w with { Purposes = [ClientAuth] });
        Add("purpose", "intermediate for clients only", _shop.Make(new Wish("leaf"), clientsOnly), [clientsOnly], [root]);
    }

    private void Authorities()
    {
        (string, Func<Wish, Wish>)[] middles =
        [
            ("CA flag missing", w => w with { IsAuthority = false }),
            ("no basic constraints", w => w with { IsAuthority = null }),
            ("no basic constraints nor usage", w => w with { IsAuthority = null, Usage = null }),
            ("usage without key-cert-sign", w => w with { Usage = X509KeyUsageFlags.DigitalSignature }),
            ("no usage at all", w => w with { Usage = null }),
            ("unknown critical extension", w => w with { UnknownCriticalExtension = true }),
        ];
        foreach (var (name, change) in middles)
        {
            var root = _shop.Root();
            var middle = _shop.Intermediate(root, "middle", change);
            Add("authority", name, _shop.Make(new Wish("leaf"), middle), [middle], [root]);
        }
        var chain = ThreeLevels(w => w with { UnknownCriticalExtension = true });
        Add("authority", "unknown critical extension in the leaf", chain.Leaf, [chain.Middle], [chain.Root]);
        var oldRoot = _shop.Root("version 1 like root", w => w with { IsAuthority = null, Usage = null });
        Add("authority", "root without extensions", _shop.Make(new Wish("leaf"), oldRoot), [], [oldRoot]);
    }

    private void PathLengths()
    {
        foreach (var length in new[] { 0, 1, 2 })
        {
            var root = _shop.Root("root", w => w with { PathLength = length });
            var one = _shop.Intermediate(root, "one");
            var two = _shop.Intermediate(one, "two");
            Add("path length", $"{length} at the root, one below", _shop.Make(new Wish("leaf"), one), [one], [root]);
            Add("path length", $"{length} at the root, two below", _shop.Make(new Wish("leaf"), two), [two, one], [root]);
            Add("path length", $"{length} at a trusted intermediate's root", _shop.Make(new Wish("leaf"), two), [two], [one]);
        }
        var narrow = _shop.Root();
        var first = _shop.Intermediate(narrow, "first", w => w with { PathLength = 0 });
        var second = _shop.Intermediate(first, "second");
        Add("path length", "0 at the intermediate, one below", _shop.Make(new Wish("leaf"), second), [second, first], [narrow]);
    }

    private void Chains()
    {
        var chain = ThreeLevels();
        var other = ThreeLevels();
        var upper = _shop.Intermediate(chain.Root, "upper");
        var lower = _shop.Intermediate(upper, "lower");
        var deep = _shop.Make(new Wish("deep"), lower);
        var self = _shop.Make(new Wish("self"), null);
        var selfAuthority = _shop.Root("self authority");
        Add("chain", "whole", chain.Leaf, [chain.Middle], [chain.Root]);
        Add("chain", "with its root", chain.Leaf, [chain.Middle, chain.Root], [chain.Root]);
        Add("chain", "missing intermediate", chain.Leaf, [], [chain.Root]);
        Add("chain", "missing intermediate in the middle", deep, [lower], [chain.Root]);
        Add("chain", "wrong order", deep, [upper, lower], [chain.Root]);
        Add("chain", "right order", deep, [lower, upper], [chain.Root]);
        Add("chain", "strangers between", deep, [other.Middle, lower, other.Root, upper], [chain.Root]);
        Add("chain", "of another authority of the same name", other.Leaf, [other.Middle], [chain.Root]);
        Add("chain", "of another authority, root sent", other.Leaf, [other.Middle, other.Root], [chain.Root]);
        Add("chain", "two roots trusted", other.Leaf, [other.Middle], [chain.Root, other.Root]);
        Add("chain", "nothing trusted", chain.Leaf, [chain.Middle], []);
        Add("chain", "nothing trusted, root sent", chain.Leaf, [chain.Middle, chain.Root], []);
        Add("chain", "trusted intermediate", chain.Leaf, [chain.Middle], [chain.Middle]);
        Add("chain", "trusted intermediate, not sent", chain.Leaf, [], [chain.Middle]);
        Add("chain", "trusted leaf", chain.Leaf, [], [chain.Leaf]);
        Add("chain", "self-signed", self, [], [chain.Root]);
        Add("chain", "self-signed and trusted", self, [], [self]);
        Add("chain", "self-signed authority", selfAuthority, [], [chain.Root]);
        Add("chain", "self-signed authority and trusted", selfAuthority, [], [selfAuthority]);
        var broken = ThreeLevels(w => w with { BreakSignature = true });
        Add("chain", "broken signature of the leaf", broken.Leaf, [broken.Middle], [broken.Root]);
        var brokenMiddle = _shop.Intermediate(chain.Root, "broken", w => w with { BreakSignature = true });
        Add("chain", "broken signature of an intermediate", _shop.Make(new Wish("leaf"), brokenMiddle), [brokenMiddle], [chain.Root]);
    }

    private void Constraints()
    {
        (string, bool, string, string)[] rows =
        [
            ("permitted, inside", true, "example.com", "vpn.example.com"),
            ("permitted, outside", true, "example.com", "vpn.example.org"),
            ("permitted, the domain itself", true, "example.com", "example.com"),
            ("permitted, a name that only ends alike", true, "example.com", "badexample.com"),
            ("excluded, inside", false, "example.com", "vpn.example.com"),
            ("excluded, outside", false, "example.com", "vpn.example.org"),
            ("permitted subdomains, inside", true, ".example.com", "vpn.example.com"),
            ("permitted subdomains, the domain itself", true, ".example.com", "example.com"),
        ];
        foreach (var (name, permitted, subtree, host) in rows)
        {
            var root = _shop.Root();
            var middle = _shop.Intermediate(root, "bound", w => w with { NameConstraints = Workshop.DnsConstraint(permitted, subtree) });
            Add("name constraints", name, _shop.Make(new Wish("leaf") { DnsNames = [host] }, middle), [middle], [root]);
            Add("name constraints", name + ", in the common name", _shop.Make(new Wish(host), middle), [middle], [root]);
        }
    }

    private void Revocation()
    {
        var chain = ThreeLevels();
        var (leaf, middle, root) = (chain.Leaf, chain.Middle, chain.Root);
        var rootList = _shop.List(root, []);
        var middleList = _shop.List(middle, []);
        var other = _shop.Make(new Wish("other"), middle);
        AddRevocation("good", chain, [rootList, middleList]);
        AddRevocation("leaf revoked", chain, [rootList, _shop.List(middle, [leaf])]);
        AddRevocation("another leaf revoked", chain, [rootList, _shop.List(middle, [other])]);
        AddRevocation("intermediate revoked", chain, [_shop.List(root, [middle]), middleList]);
        AddRevocation("both revoked", chain, [_shop.List(root, [middle]), _shop.List(middle, [leaf, other])]);
        AddRevocation("no list at all", chain, []);
        AddRevocation("no list of the intermediate", chain, [rootList]);
        AddRevocation("no list of the root", chain, [middleList]);
        AddRevocation("list expired", chain, [rootList, _shop.List(middle, [], fromDays: -5, toDays: -1)]);
        AddRevocation("list not yet valid", chain, [rootList, _shop.List(middle, [], fromDays: 5, toDays: 10)]);
        AddRevocation("list of a stranger", chain, [rootList, _shop.List(ThreeLevels().Middle, [])]);
        var broken = _shop.List(middle, []);
        broken[^3] ^= 1;
        AddRevocation("list with a broken signature", chain, [rootList, broken]);
        AddRevocation("not a list beside the right ones", chain, [[0x30, 0x03, 1, 2, 3], rootList, middleList]);
    }

    private void Names()
    {
        (string[] Dns, string[] Addresses, string CommonName, string ConnectTo)[] rows =
        [
            (["vpn.example.com"], [], "x", "vpn.example.com"),
            (["vpn.example.com"], [], "x", "VPN.Example.COM"),
            (["VPN.EXAMPLE.COM"], [], "x", "vpn.example.com"),
            (["vpn.example.com"], [], "x", "vpn.example.com."),
            (["vpn.example.com"], [], "x", "example.com"),
            (["vpn.example.com"], [], "x", "a.vpn.example.com"),
            (["*.example.com"], [], "x", "vpn.example.com"),
            (["*.example.com"], [], "x", "example.com"),
            (["*.example.com"], [], "x", "a.b.example.com"),
            (["*.example.com"], [], "x", ".example.com"),
            (["*.com"], [], "x", "example.com"),
            (["*"], [], "x", "localhost"),
            (["*.*.example.com"], [], "x", "a.b.example.com"),
            (["a.*.example.com"], [], "x", "a.b.example.com"),
            (["v*.example.com"], [], "x", "vpn.example.com"),
            (["*n.example.com"], [], "x", "vpn.example.com"),
            (["xn--*.example.com"], [], "x", "xn--abc.example.com"),
            (["*.example.com"], [], "x", "xn--bcher-kva.example.com"),
            (["xn--bcher-kva.example.com"], [], "x", "xn--bcher-kva.example.com"),
            (["vpn.example.com "], [], "x", "vpn.example.com"),
            (["vpn.example.com."], [], "x", "vpn.example.com"),
            (["a.example", "b.example", "vpn.example.com"], [], "x", "vpn.example.com"),
            ([], [], "vpn.example.com", "vpn.example.com"),
            ([], [], "*.example.com", "vpn.example.com"),
            ([], [], "vpn.example.org", "vpn.example.com"),
            (["other.example"], [], "vpn.example.com", "vpn.example.com"),
            ([], ["192.0.2.9"], "vpn.example.com", "vpn.example.com"),
            ([], ["192.0.2.1"], "x", "192.0.2.1"),
            ([], ["192.0.2.1"], "x", "192.0.2.2"),
            ([], ["192.0.2.1", "2001:db8::1"], "x", "2001:db8::1"),
            ([], ["2001:db8::1"], "x", "2001:db8:0:0:0:0:0:1"),
            ([], ["2001:db8::1"], "x", "2001:db8::2"),
            (["192.0.2.1"], [], "x", "192.0.2.1"),
            (["*.0.2.1"], [], "x", "192.0.2.1"),
            ([], [], "192.0.2.1", "192.0.2.1"),
            ([], [], "192.0.2.2", "192.0.2.1"),
            ([], [], "*.0.2.1", "192.0.2.1"),
            (["vpn.example.com"], [], "192.0.2.1", "192.0.2.1"),
            ([], ["192.0.2.9"], "192.0.2.1", "192.0.2.1"),
            ([], [], "2001:db8::1", "2001:db8::1"),
        ];
        foreach (var (dns, addresses, commonName, connectTo) in rows)
        {
            var root = _shop.Root();
            var leaf = _shop.Make(new Wish(commonName) { DnsNames = dns, Addresses = addresses }, root);
            var names = string.Join(' ', dns.Select(d => $"DNS:{d}").Concat(addresses.Select(a => $"IP:{a}")).Prepend($"CN={commonName}"));
            Add("names", $"{connectTo} against {names}", leaf, [], [root], connectTo: connectTo);
        }
    }

    private (Made Leaf, Made Middle, Made Root) ThreeLevels(Func<Wish, Wish>? change = null)
    {
        var root = _shop.Root();
        var middle = _shop.Intermediate(root, "middle");
        var wish = new Wish("leaf") { Purposes = _shop.Number(2) == 0 ? [ServerAuth] : null };
        return (_shop.Make(change?.Invoke(wish) ?? wish, middle), middle, root);
    }

    private void AddRevocation(string name, (Made Leaf, Made Middle, Made Root) chain, IReadOnlyList<byte[]> lists) =>
        Add("revocation", name, chain.Leaf, [chain.Middle], [chain.Root], lists: lists);

    private void Add(
        string group, string name, Made leaf, Made[] sent, Made[] trusted, string? connectTo = null, DateTimeOffset? at = null,
        IReadOnlyList<byte[]>? lists = null) => _all.Add(new VerificationCase(group, name)
        {
            Chain = [leaf.Der, .. sent.Select(one => one.Der)],
            KeyPkcs8 = leaf.Key.ExportPkcs8PrivateKey(),
            Trusted = [.. trusted.Select(one => one.Der)],
            ConnectTo = connectTo,
            At = at ?? Now,
            ChecksRevocation = lists is not null,
            RevocationLists = lists ?? [],
        });
}
