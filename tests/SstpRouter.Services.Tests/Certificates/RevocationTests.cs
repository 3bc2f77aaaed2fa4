using System.Net;
using System.Net.Sockets;
using System.Text;
using SstpRouter.Certificates;
using SstpRouter.Services.Certificates;
using SstpRouter.Services.Http;
using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Certificates;

/// <summary>Revocation lists of our own authorities and of others.</summary>
public sealed class RevocationTests : IDisposable
{
    private readonly CertificateShelf _shelf = new();

    public void Dispose() => _shelf.Dispose();

    [Fact]
    public async Task An_authority_with_a_host_publishes_its_list_from_the_start()
    {
        Assert.Equal(0, _shelf.Documents.Port);
        _shelf.MakeTheManuals();

        RevocationList list = await Published();

        Assert.Equal(1, list.Number);
        Assert.Equal(0, list.Count);
        Assert.True(list.IsMadeBy(_shelf.Certificate("myCa")));
    }

    [Fact]
    public async Task A_revoked_certificate_is_on_the_list_and_stays_there_when_it_is_removed()
    {
        _shelf.MakeTheManuals();
        string serial = CertificateDescription.Of(_shelf.Certificate("client").Der).SerialNumber;

        _shelf.Desk.Type("/certificate issued-revoke client");

        Assert.Equal(["myCa AKLT", "server IKT", "client KR"], _shelf.Names);
        RevocationList list = await Published();
        Assert.Equal(2, list.Number);
        Assert.Equal(serial, Assert.Single(list.Entries).SerialNumber);
        Assert.Equal("failure: certificate <client> is revoked already", _shelf.Desk.Refused("/certificate issued-revoke client"));
        Assert.Matches("revoked=", _shelf.Desk.Type("/certificate print detail"));

        _shelf.Desk.Type("/certificate remove client");
        _shelf.Restart();
        _shelf.Desk.Type("/certificate issued-revoke server");

        list = await Published();
        Assert.Equal(3, list.Number);
        Assert.Equal(2, list.Count);
        Assert.Equal([list.Der], _shelf.Service.RevocationLists(_shelf.Desk.Now));
    }

    [Fact]
    public async Task A_list_is_made_anew_before_it_expires()
    {
        _shelf.MakeTheManuals();

        _shelf.Clock.Now += OwnRevocationLists.Validity / 2 + TimeSpan.FromHours(1);
        _shelf.Service.Hourly();

        RevocationList list = await Published();
        Assert.Equal(2, list.Number);
        Assert.False(list.HasExpired(_shelf.Clock.Now.AddDays(6)));
    }

    [Fact]
    public void The_port_closes_with_the_last_authority()
    {
        _shelf.MakeTheManuals();
        Assert.NotEqual(0, _shelf.Documents.Port);

        _shelf.Desk.Type("/certificate remove myCa");

        Assert.True(SpinWait.SpinUntil(() => _shelf.Documents.Port == 0, TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void A_list_of_another_router_is_fetched_checked_and_kept()
    {
        using var other = new CertificateShelf();
        other.MakeTheManuals();
        other.Desk.Type("/certificate issued-revoke client");
        string url = $"http://127.0.0.1:{other.Documents.Port}/crl/1.crl";
        _shelf.Desk.Type("/certificate settings set crl-store=system");
        _shelf.Desk.Type($"/certificate crl add url={url}");

        _shelf.Desk.Type("/certificate crl download");
        Assert.Equal(["I"], Flags);
        Assert.Empty(_shelf.Service.RevocationLists(_shelf.Desk.Now));
        Assert.Contains("signed by no certificate here: CN=myCa", _shelf.Desk.Type("/certificate crl print"));

        other.Desk.Type("/certificate export-certificate myCa");
        _shelf.Import(other.ExportedPath("cert_export_myCa.crt"), "name=theirCa");
        _shelf.Desk.Type("/certificate crl download");
        GoldenScreen.Check("certificate-crl-print", _shelf.Desk.Type("/certificate crl print").Replace($"{other.Documents.Port}", "PORT1", StringComparison.Ordinal));
        Assert.Single(_shelf.Service.RevocationLists(_shelf.Desk.Now));

        other.Documents.Dispose();
        _shelf.Restart();
        _shelf.Service.Start();
        Assert.Single(_shelf.Service.RevocationLists(_shelf.Desk.Now));
        _shelf.Clock.Now += TimeSpan.FromDays(8);
        Assert.Equal(["E"], Flags);

        _shelf.Desk.Type("/certificate crl flush");
        Assert.Empty(_shelf.Service.RevocationLists(_shelf.Desk.Now));
        Assert.DoesNotContain(_shelf.Kept, f => f.StartsWith("url-", StringComparison.Ordinal));
    }

    [Fact]
    public void Lists_that_certificates_name_are_fetched_when_that_is_wanted()
    {
        using var other = new CertificateShelf();
        other.Desk.Type("/certificate add name=ca key-usage=key-cert-sign,crl-sign key-size=ed25519");
        other.Documents.Publish("/hello", "text/plain", [1]); // opens a port, whose number the authority then uses
        other.Desk.Type($"/certificate sign ca ca-crl-host=127.0.0.1:{other.Documents.Port}");
        other.Desk.Type("/certificate add name=x key-size=ed25519");
        other.Desk.Type("/certificate sign x ca=ca");
        other.Desk.Type("/certificate export-certificate ca,x");
        _shelf.Import(other.ExportedPath("cert_export_ca.crt"));
        _shelf.Import(other.ExportedPath("cert_export_x.crt"));
        _shelf.Service.Hourly();
        Assert.Empty(Flags);

        _shelf.Desk.Type("/certificate settings set crl-download=yes crl-use=yes");
        _shelf.Service.Hourly();

        Assert.Equal(["D"], Flags);
        Assert.Single(_shelf.Service.RevocationLists(_shelf.Desk.Now));
        Assert.True(_shelf.Service.UsesRevocationLists(_shelf.Desk.Now));
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\r\n\r\n", "the server says 404 Not Found")]
    [InlineData("SSH-2.0-OpenSSH_9\r\n", "the answer is not HTTP")]
    [InlineData("", "the answer is not HTTP")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nabc", "the answer was cut short")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nabc", "the revocation list is cut short, or something follows it")]
    public async Task A_bad_answer_is_told_beside_the_item_and_once_in_the_log(string answer, string fault)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        _shelf.Desk.Type($"/certificate crl add url=http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/x.crl");
        for (int i = 0; i < 2; i++)
        {
            Task served = Task.Run(() =>
            {
                using Socket connection = server.AcceptSocket();
                connection.Receive(new byte[4096]);
                connection.Send(Encoding.ASCII.GetBytes(answer));
            });

            Assert.Equal("failure: 1 revocation list(s) could not be fetched, see print", _shelf.Desk.Refused("/certificate crl download"));
            await served;
        }

        Assert.Equal(fault, _shelf.Desk.Rows("certificate/crl")[0].Fault);
        Assert.Single(_shelf.Desk.Logged("certificate", "warning"));
    }

    private IEnumerable<string> Flags => _shelf.Desk.Rows("certificate/crl").Select(r => string.Concat(r.Flags.Order()));

    private async Task<RevocationList> Published() => RevocationList.Read(await HttpFetch.Get(
        new Uri($"http://127.0.0.1:{_shelf.Documents.Port}/crl/1.crl"), RevocationList.LargestFile, TimeSpan.FromSeconds(60), CancellationToken.None));
}
