using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests.Certificates;

/// <summary>One router publishes whom it has revoked; the other fetches that over HTTP and heeds it.</summary>
public sealed class RevocationTests
{
    private const string Address = "192.168.62.2";

    [RootFact]
    public void A_server_is_refused_once_its_revocation_is_on_the_list_that_the_client_fetched()
    {
        using var network = new TwoRouters();
        Certify(network);
        network.Branch.Exec("/certificate settings set crl-use=yes");
        Serve(network, "server");
        network.Branch.Exec($"{TwoRouters.ClientLine} verify-server-certificate=yes verify-server-address-from-certificate=no");
        network.Branch.Program.WaitForLine("sstp-out1: terminating... - unable to get certificate CRL");

        // The list is where the client's own certificate says, of the same authority.
        network.Branch.Exec("/certificate settings set crl-download=yes");
        network.Branch.WaitUntilRunning();
        network.Branch.Ping("10.0.0.1");
        Assert.Contains("revoked=0", network.Branch.Exec(":put [/certificate crl print as-value]"));

        network.Hq.Exec("/certificate issued-revoke server");
        network.Branch.Exec("/certificate crl download");
        Assert.Contains("revoked=1", network.Branch.Exec(":put [/certificate crl print as-value]"));
        Assert.True(network.Branch.IsRunning("sstp-out1")); // whoever is up stays up
        network.Hq.Exec("/ppp active remove [find]");
        network.Branch.Program.WaitForLine("sstp-out1: terminating... - certificate revoked");
        Assert.Contains(network.Branch.LogOf("sstp-out1"), l => l.Contains("subject CN=server", StringComparison.Ordinal));

        network.Hq.Exec("/interface sstp-server server set certificate=spare");
        network.Branch.WaitUntilRunning();
    }

    [RootFact]
    public void A_client_is_refused_once_the_authority_has_revoked_it_here()
    {
        using var network = new TwoRouters("--debug");
        Certify(network);
        network.Hq.Exec("/certificate settings set crl-use=yes");
        Serve(network, "server", "verify-client-certificate=yes");
        network.Branch.Exec($"{TwoRouters.ClientLine} certificate=client verify-server-certificate=yes verify-server-address-from-certificate=no");
        network.Branch.WaitUntilRunning();

        network.Hq.Exec("/ppp active remove [find]");
        network.Branch.Program.WaitForLine("sstp-out1: connected", count: 2);
        Assert.Equal(1, network.Branch.Program.Count(", resumed"));
        Assert.Equal(1, network.Hq.Program.Count(", resumed"));

        network.Hq.Exec("/certificate issued-revoke client");
        network.Hq.Exec("/ppp active remove [find]");
        network.Hq.Program.WaitForLine(": certificate revoked");
        Assert.Equal(1, network.Hq.Program.Count(", resumed"));
        Assert.Equal(2, network.Branch.Program.Count("sstp-out1: connected"));
    }

    private static void Certify(TwoRouters network)
    {
        network.Hq.Exec("/certificate add name=myCa common-name=myCa key-usage=key-cert-sign,crl-sign key-size=prime256v1");
        network.Hq.Exec($"/certificate sign myCa ca-crl-host={Address}");
        foreach (string name in new[] { "server", "spare", "client" })
        {
            network.Hq.Exec($"/certificate add name={name} common-name={name} key-size=prime256v1; /certificate sign {name} ca=myCa");
        }

        network.Hq.Exec("/certificate set myCa trusted=yes");
        network.Hq.Exec("/certificate export-certificate myCa; /certificate export-certificate client export-passphrase=12345678");
        foreach (string file in new[] { "cert_export_myCa.crt", "cert_export_client.crt", "cert_export_client.key" })
        {
            network.Branch.WriteFile(file, File.ReadAllText(Path.Combine(network.Hq.State, "files", file)));
        }

        network.Branch.Exec("/certificate import file-name=cert_export_myCa.crt");
        network.Branch.Exec("/certificate import file-name=cert_export_client.crt name=client trusted=no");
        network.Branch.Exec("/certificate import file-name=cert_export_client.key passphrase=12345678");
    }

    private static void Serve(TwoRouters network, string certificate, string more = "")
    {
        network.Hq.Exec(TwoRouters.SecretLine);
        network.Hq.Exec($"{TwoRouters.ServerLine} certificate={certificate} {more}");
    }
}
