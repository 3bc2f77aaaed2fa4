using SstpRouter.Linux;
using SstpRouter.Services.Sstp;
using SstpRouter.Services.Tests.Certificates;

namespace SstpRouter.Services.Tests.Sstp;

/// <summary>What makes a tunnel dial anew, and what leaves it up.</summary>
public sealed class DialPlanTests : IDisposable
{
    private readonly CertificateShelf _shelf = new();
    private readonly InterfaceNames _names = new();
    private readonly TlsPolicies _policies;

    public DialPlanTests()
    {
        _policies = _shelf.Policies();
        _shelf.Import(_shelf.Files.Pair("branch.pem", _shelf.Files.Office), "name=branch trusted=no");
        _shelf.Import(_shelf.Files.Certificate("authority.pem", _shelf.Files.Authority), "name=authority");
        _shelf.Desk.Type("/ppp profile add name=dial");
        _shelf.Desk.Type(
            "/interface sstp-client add name=out connect-to=hq.example user=u password=p profile=dial certificate=branch " +
            "verify-server-certificate=yes disabled=no");
    }

    [Theory]
    [InlineData("/interface sstp-client set out comment=x")]
    [InlineData("/interface sstp-client set out port=443 keepalive-timeout=60 user=u password=p authentication=pap,chap,mschap1,mschap2")]
    [InlineData("/ppp profile set dial name=renamed")]
    [InlineData("/ppp profile set dial comment=x only-one=yes local-address=10.0.0.1 dns-server=10.0.0.2")]
    [InlineData("/certificate set branch name=renamed")]
    [InlineData("/ppp secret add name=somebody password=x")]
    [InlineData("/interface sstp-client add name=other connect-to=x user=y")]
    public void It_stays_up_after(string line) => Assert.Equal(Plan(), After(line));

    [Theory]
    [InlineData("/interface sstp-client set out connect-to=other.example")]
    [InlineData("/interface sstp-client set out port=444")]
    [InlineData("/interface sstp-client set out user=v")]
    [InlineData("/interface sstp-client set out password=q")]
    [InlineData("/interface sstp-client set out authentication=mschap2")]
    [InlineData("/interface sstp-client set out max-mtu=1400")]
    [InlineData("/interface sstp-client set out max-mru=1400")]
    [InlineData("/interface sstp-client set out keepalive-timeout=disabled")]
    [InlineData("/interface sstp-client set out add-default-route=yes")]
    [InlineData("/interface sstp-client set out default-route-distance=7")]
    [InlineData("/interface sstp-client set out add-sni=yes")]
    [InlineData("/interface sstp-client set out tls-version=only-1.2")]
    [InlineData("/interface sstp-client set out pfs=yes")]
    [InlineData("/interface sstp-client set out ciphers=aes256-gcm-sha384,aes256-sha")]
    [InlineData("/interface sstp-client set out certificate=none")]
    [InlineData("/interface sstp-client set out verify-server-certificate=no")]
    [InlineData("/interface sstp-client set out server-fingerprint=trust-first-use")]
    [InlineData("/interface sstp-client set out verify-server-address-from-certificate=no")]
    [InlineData("/interface sstp-client set out profile=default-encryption; /ppp profile set default-encryption use-ipv6=no")]
    [InlineData("/ppp profile set dial session-timeout=1h")]
    [InlineData("/ppp profile set dial idle-timeout=1h")]
    [InlineData("/ppp profile set dial change-tcp-mss=no")]
    [InlineData("/ppp profile set dial use-ipv6=no")]
    [InlineData("/certificate set authority trusted=no")]
    [InlineData("/certificate set branch trusted=yes")]
    public void It_is_dialled_anew_after(string line) => Assert.NotEqual(Plan(), After(line));

    [Fact]
    public void It_is_dialled_anew_under_another_name()
    {
        DialPlan before = Plan();
        _shelf.Desk.Type("/interface sstp-client set out name=renamed");

        Assert.NotEqual(before, Plan("renamed"));
    }

    [Fact]
    public void Trust_in_others_does_not_matter_where_nothing_is_verified()
    {
        _shelf.Desk.Type("/interface sstp-client set out verify-server-certificate=no");

        Assert.Equal(Plan(), After("/certificate set authority trusted=no"));
    }

    [Fact]
    public void Every_property_arrives_where_it_belongs()
    {
        _shelf.Desk.Type(
            "/interface sstp-client set out port=444 max-mtu=1400 max-mru=1300 keepalive-timeout=30 add-default-route=yes " +
            "default-route-distance=9 authentication=chap,mschap2");

        var options = Plan().Options;

        Assert.Equal(("hq.example", 444, "u", "p"), (options.Host, options.Port, options.User, options.Password));
        Assert.Equal((1400, 1300), (options.MaximumMtu, options.MaximumMru));
        Assert.Equal((TimeSpan.FromSeconds(30), true, 9), (options.KeepaliveTimeout, options.AddDefaultRoute, options.DefaultRouteDistance));
        Assert.Equal(SstpRouter.Ppp.PppAuthenticationMethods.Chap | SstpRouter.Ppp.PppAuthenticationMethods.MsChap2, options.Methods);
        Assert.Equal("hq.example", options.Tls.ServerName);
        Assert.True(options.Tls.VerifyServer && options.Tls.VerifyServerAddress && !options.Tls.SendSni);
    }

    public void Dispose() => _shelf.Dispose();

    private DialPlan After(string line)
    {
        _shelf.Desk.Type(line);
        return Plan();
    }

    private DialPlan Plan(string name = "out") => DialPlan.Of(
        _shelf.Desk.Item("interface/sstp-client", name), _shelf.Desk.Now, _shelf.Desk.Menu("ppp/profile"), _names, _policies);
}
