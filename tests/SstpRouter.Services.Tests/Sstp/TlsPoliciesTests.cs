using SstpRouter.Services.Sstp;
using SstpRouter.Services.Tests.Certificates;
using SstpRouter.Tls;

namespace SstpRouter.Services.Tests.Sstp;

/// <summary>What the certificate settings mean for the TLS of both ends.</summary>
public sealed class TlsPoliciesTests : IDisposable
{
    private readonly CertificateShelf _shelf = new();
    private readonly TlsPolicies _policies;

    public TlsPoliciesTests()
    {
        _policies = _shelf.Policies();
        _shelf.Import(_shelf.Files.Pair("office.pem", _shelf.Files.Office), "name=office trusted=no");
        _shelf.Import(_shelf.Files.Certificate("authority.pem", _shelf.Files.Authority), "name=authority");
        _shelf.Desk.Type("/interface sstp-client add name=\"to hq\" connect-to=hq.example user=u verify-server-certificate=yes");
        _shelf.Desk.Type("/interface sstp-server server set certificate=office verify-client-certificate=yes");
    }

    [Fact]
    public void The_system_s_authorities_vouch_for_servers_when_the_user_says_so_and_never_for_clients()
    {
        Assert.Null(Client().SystemRoots);

        _shelf.Desk.Type("/certificate settings set builtin-trust-anchors=trusted");

        Assert.Equal("/etc/ssl/certs/ca-certificates.crt", Client().SystemRoots);
        Assert.Null(Server().SystemRoots);
        Assert.Equal([_shelf.Files.Authority.RawData], Server().TrustedCertificates);
    }

    [Fact]
    public void Revocation_is_looked_into_on_both_ends_when_the_user_says_so()
    {
        Assert.False(Client().CheckRevocation || Server().CheckRevocation);

        _shelf.Desk.Type("/certificate settings set crl-use=yes");

        Assert.True(Client().CheckRevocation && Server().CheckRevocation);
        Assert.Empty(Client().RevocationLists!());
    }

    [Fact]
    public void Nothing_of_it_matters_to_a_client_that_does_not_verify()
    {
        _shelf.Desk.Type("/certificate settings set builtin-trust-anchors=trusted crl-use=yes");
        _shelf.Desk.Type("/interface sstp-client set [find] verify-server-certificate=no");

        Assert.Null(Client().SystemRoots);
        Assert.False(Client().CheckRevocation);
        Assert.Empty(Client().TrustedCertificates);
    }

    [Fact]
    public void Commands_in_refusals_name_the_tunnel_as_it_must_be_typed()
    {
        Assert.Equal("/interface sstp-client set \"to hq\"", Client().SetCommand);
        Assert.Equal("/interface sstp-server server set", Server().SetCommand);
    }

    [Fact]
    public void A_policy_reads_the_same_as_long_as_nothing_is_changed() =>
        Assert.Equal(TlsWords.Fingerprint(Client()), TlsWords.Fingerprint(Client()));

    public void Dispose() => _shelf.Dispose();

    private TlsClientPolicy Client()
    {
        var item = _shelf.Desk.Item("interface/sstp-client", "to hq");
        return _policies.ForClient(item, _shelf.Desk.Now, ServerPins.Like(item));
    }

    private TlsServerPolicy Server() =>
        _policies.ForServer(_shelf.Desk.Now.Settings(_shelf.Desk.Menu("interface/sstp-server/server")), _shelf.Desk.Now);
}
