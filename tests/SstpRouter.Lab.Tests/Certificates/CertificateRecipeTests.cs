using System.Net.Sockets;
using System.Text;
using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests.Certificates;

/// <summary>The manual's certificates, made on one router and used on two.</summary>
public sealed class CertificateRecipeTests
{
    // The manual's address of the CA is head office's here.
    private static readonly string[] AtHq =
    [
        "/certificate add name=ca-template common-name=myCa key-usage=key-cert-sign,crl-sign",
        "/certificate add name=server-template common-name=server",
        "/certificate add name=client-template common-name=client",
        "/certificate sign ca-template ca-crl-host=192.168.62.2 name=myCa",
        "/certificate sign server-template ca=myCa name=server",
        "/certificate sign client-template ca=myCa name=client",
        "/certificate set myCa,server trusted=yes",
        "/certificate export-certificate myCa",
        "/certificate export-certificate client export-passphrase=12345678",
    ];

    private static readonly string[] AtBranch =
    [
        "/certificate import file-name=cert_export_myCa.crt passphrase=\"\"",
        "/certificate import file-name=cert_export_client.crt name=client trusted=no passphrase=\"\"",
        "/certificate import file-name=cert_export_client.key passphrase=12345678",
    ];

    [RootFact]
    public void Both_ends_prove_themselves_with_certificates_of_the_manual()
    {
        using var network = new TwoRouters();
        Certify(network);

        network.Hq.Exec("/interface sstp-server server set certificate=server verify-client-certificate=yes");
        network.Dial(more: "verify-server-certificate=yes certificate=client verify-server-address-from-certificate=no");

        network.Branch.Ping("10.0.0.1");
        Assert.Equal("true", ValueOf(network.Branch, "client", "private-key"));
        network.Branch.Exec("/certificate remove cert_export_myCa.crt_0");
        network.Branch.Program.WaitForLine("sstp-out1: terminating...");
        Assert.False(network.Branch.IsRunning("sstp-out1"));
    }

    [RootFact]
    public void A_client_without_certificate_and_one_of_a_stranger_are_turned_away()
    {
        using var network = new TwoRouters();
        Certify(network);
        network.Hq.Exec("/interface sstp-server server set certificate=server verify-client-certificate=yes");
        network.Hq.Exec(TwoRouters.SecretLine);
        network.Hq.Exec(TwoRouters.ServerLine);

        network.Branch.Exec(TwoRouters.ClientLine);
        network.Branch.Program.WaitForLine("sstp-out1: terminating...");
        network.Branch.Exec("/certificate add name=mine common-name=client key-size=prime256v1; /certificate sign mine");
        network.Branch.Exec("/interface sstp-client set sstp-out1 certificate=mine");
        network.Branch.Program.WaitForLine("sstp-out1: terminating...", count: 3);

        Assert.False(network.Branch.IsRunning("sstp-out1"));
        network.Branch.Exec("/interface sstp-client set sstp-out1 certificate=client");
        network.Branch.WaitUntilRunning();
    }

    [RootFact]
    public void The_servers_address_is_verified_where_its_certificate_names_it()
    {
        using var network = new TwoRouters();
        network.Hq.Exec("/certificate add name=ca common-name=ca key-usage=key-cert-sign,crl-sign key-size=secp384r1; /certificate sign ca");
        network.Hq.Exec("/certificate add name=hq common-name=hq subject-alt-name=IP:192.168.62.2 key-size=ed25519; /certificate sign hq ca=ca");
        network.Hq.Exec("/certificate export-certificate ca");
        Carry(network, "cert_export_ca.crt");
        network.Branch.Exec("/certificate import file-name=cert_export_ca.crt");
        network.Hq.Exec("/interface sstp-server server set certificate=hq");

        network.Dial(more: "verify-server-certificate=yes");

        network.Branch.Ping("10.0.0.1");
    }

    [RootFact]
    public void A_revoked_certificate_is_on_the_list_that_others_fetch()
    {
        using var network = new TwoRouters();
        Certify(network);
        string client = ValueOf(network.Hq, "client", "serial-number");

        network.Hq.Exec("/certificate issued-revoke client");

        string directory = Path.Combine(network.Branch.State, "files");
        File.WriteAllBytes(Path.Combine(directory, "list.crl"), FetchList(network.Branch.Host));
        string text = OpenSsl(directory, "crl", "-inform", "DER", "-in", "list.crl", "-CAfile", "cert_export_myCa.crt", "-noout", "-text");
        Assert.Contains("verify OK", text);
        Assert.Contains(client, text);
        network.Branch.Exec("/certificate settings set crl-download=yes");
        Await.Until(
            () => network.Branch.Exec(":put [/certificate crl print as-value]").Contains("num=2;revoked=1", StringComparison.Ordinal),
            () => network.Branch.Exec("/certificate crl print"));
    }

    [RootFact]
    public void OpenSSL_reads_what_the_router_writes()
    {
        using var network = new TwoRouters();
        Certify(network);
        network.Hq.Exec("/certificate export-certificate client,server type=pkcs12 export-passphrase=12345678");
        network.Hq.Exec("/certificate add name=guest common-name=guest key-size=ed25519");
        network.Hq.Exec("/certificate create-certificate-request template=guest key-passphrase=12345678 challenge-passphrase=sesame");
        network.Hq.Exec("/certificate sign-certificate-request file-name=certificate-request.pem ca=myCa");
        string directory = Path.Combine(network.Hq.State, "files");

        Assert.Contains("OK", OpenSsl(directory, "verify", "-x509_strict", "-purpose", "sslclient", "-CAfile", "cert_export_myCa.crt", "cert_export_client.crt"));
        Assert.Contains("OK", OpenSsl(directory, "verify", "-x509_strict", "-CAfile", "cert_export_myCa.crt", "certificate-response.pem"));
        Assert.Contains("Key is valid", OpenSsl(directory, "pkey", "-in", "cert_export_client.key", "-passin", "pass:12345678", "-check", "-noout"));
        Assert.Contains("verify OK", OpenSsl(directory, "req", "-in", "certificate-request.pem", "-verify", "-noout"));
        Assert.Contains("PRIVATE KEY", OpenSsl(directory, "pkey", "-in", "certificate-request_key.pem", "-passin", "pass:12345678"));
        Assert.Contains("PRIVATE KEY", OpenSsl(directory, "pkcs12", "-in", "cert_export_server.p12", "-passin", "pass:12345678", "-noenc"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(directory, "cert_export_client.key")));
    }

    [RootFact]
    public void Private_keys_stay_out_of_logs_and_core_files_and_are_sealed_with_the_devices_key()
    {
        using var router = new Router("hq");
        string key = Path.Combine(Directory.CreateTempSubdirectory("device-").FullName, "device.key");
        File.WriteAllText(key, "the fuses of this board");
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        router.Start();
        router.Exec("/certificate add name=x key-size=prime256v1; /certificate sign x");
        string file = Path.Combine(router.State, "certificates", "1.pem");
        string[] pem = File.ReadAllLines(file);
        string secret = pem[Array.IndexOf(pem, "-----BEGIN PRIVATE KEY-----") + 1];
        Assert.Equal(64, secret.Length);

        router.Program.Terminate();
        router.Start("--device-key", key, "--debug");

        Assert.Contains("SEALED PRIVATE KEY", File.ReadAllText(file));
        Assert.DoesNotContain(Directory.EnumerateFiles(router.State, "*", SearchOption.AllDirectories), f => !f.EndsWith("lock", StringComparison.Ordinal)
            && !f.EndsWith(".sock", StringComparison.Ordinal) && File.ReadAllText(f).Contains(secret, StringComparison.Ordinal));
        Assert.DoesNotContain(router.Program.Lines, l => l.Contains(secret[..20], StringComparison.Ordinal));
        Assert.Contains("private-key=true", router.Exec(":put [/certificate get x]"));
        Assert.Matches(@"Max core file size\s+0\s+0\s", File.ReadAllText($"/proc/{router.Program.Id}/limits"));

        router.Program.Terminate();
        router.Start();
        Assert.Contains("its private key is encrypted with the device's key", router.Exec("/certificate print").ReplaceLineEndings(" "));
        Directory.Delete(Path.GetDirectoryName(key)!, recursive: true);
    }

    private static void Certify(TwoRouters network)
    {
        foreach (string line in AtHq)
        {
            network.Hq.Exec(line);
        }

        Carry(network, "cert_export_myCa.crt", "cert_export_client.crt", "cert_export_client.key");
        foreach (string line in AtBranch)
        {
            network.Branch.Exec(line);
        }
    }

    private static void Carry(TwoRouters network, params string[] files)
    {
        foreach (string file in files)
        {
            network.Branch.WriteFile(file, File.ReadAllText(Path.Combine(network.Hq.State, "files", file)));
        }
    }

    private static string ValueOf(Router router, string certificate, string property) =>
        router.Exec($":put [/certificate get {certificate} {property}]").TrimEnd('\n');

    private static byte[] FetchList(Host host) => host.Run(() =>
    {
        using var client = new TcpClient("192.168.62.2", 80);
        using NetworkStream stream = client.GetStream();
        stream.Write(Encoding.ASCII.GetBytes("GET /crl/1.crl HTTP/1.1\r\nHost: 192.168.62.2\r\n\r\n"));
        using var answer = new MemoryStream();
        stream.CopyTo(answer);
        byte[] all = answer.ToArray();
        Assert.StartsWith("HTTP/1.1 200 OK\r\nContent-Type: application/pkix-crl\r\n", Encoding.Latin1.GetString(all));
        return all[(all.AsSpan().IndexOf("\r\n\r\n"u8) + 4)..];
    });

    private static string OpenSsl(string directory, params string[] arguments)
    {
        System.Diagnostics.ProcessStartInfo start = RunningProgram.StartInfo("openssl", arguments);
        start.WorkingDirectory = directory;
        Finished done = RunningProgram.ToEnd(start);
        Assert.True(done.Status == 0, done.Output + done.Error);
        return done.Output + done.Error;
    }
}
