using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SstpRouter.Certificates;
using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Routers;

/// <summary><c>server-fingerprint</c>: a client that knows its server's own certificate.</summary>
[Collection(OneAtATime.Name)]
public sealed class PinTests
{
    private const string Client = "/interface sstp-client";

    [RootFact]
    public void The_first_certificate_is_kept_and_another_one_is_refused_until_the_user_says_otherwise() => RunningRouter.Run(router =>
    {
        using var files = new PemFiles();
        string office = Serve(router, files, files.Office, "office");
        router.Type(Office.User);
        router.Type(Office.Client + " server-fingerprint=trust-first-use");
        router.WaitForTunnel("sstp-out1");
        router.WaitForLog($"sstp-out1: from now on 127.0.0.1 must have the certificate {office}");

        // What was learned dials nothing anew, and is no setting.
        Assert.Equal("trust-first-use", router.Get(Client, "sstp-out1", "server-fingerprint"));
        Assert.Single(Office.SessionIds(router));
        Assert.DoesNotContain(office, router.Type("/export"));

        string other = Serve(router, files, files.Authority, "other");
        router.Type($"{Client} disable sstp-out1; {Client} enable sstp-out1"); // a tunnel that is up outlives its server's certificate
        router.WaitForLog("sstp-out1: terminating... - server's fingerprint does not match");
        Assert.Contains(router.Desk.Logged(), m => m.StartsWith($"sstp-out1: expected {office}, seen {other}; ", StringComparison.Ordinal)
            && m.EndsWith($"/interface sstp-client set sstp-out1 server-fingerprint={other}", StringComparison.Ordinal));
        Assert.Equal($"server-fingerprint: {other}\n", router.Type($"{Client} pin sstp-out1"));
        router.WaitForTunnel("sstp-out1");
        Assert.Equal(other, router.Get(Client, "sstp-out1", "server-fingerprint"));
        Assert.Contains($"server-fingerprint={other}", router.Type("/export").Replace("\\\n    ", "", StringComparison.Ordinal));
    });

    [RootFact]
    public void A_pin_that_was_learned_outlives_a_restart_and_goes_with_the_wish()
    {
        var directory = Directory.CreateTempSubdirectory("router-pins-");
        try
        {
            var known = new KnownServers(directory.FullName);
            known.Remember(0x1F, "vpn.example", 443, new string('a', 64));

            var restarted = new KnownServers(directory.FullName);
            Assert.Equal(new string('a', 64), restarted.Find(0x1F, "vpn.example", 443));
            Assert.Null(restarted.Find(0x1F, "other.example", 443));
            Assert.Null(restarted.Find(0x1F, "vpn.example", 444));
            Assert.Null(restarted.Find(0x2F, "vpn.example", 443));
            restarted.KeepOnly(new HashSet<ulong> { 0x2F });
            Assert.Null(new KnownServers(directory.FullName).Find(0x1F, "vpn.example", 443));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("1F vpn.example 443")]
    [InlineData("1F vpn.example 443 abc")]
    [InlineData("x vpn.example 443 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("\0\0\0\0")]
    public void A_damaged_file_is_no_empty_one(string line)
    {
        var directory = Directory.CreateTempSubdirectory("router-pins-");
        try
        {
            File.WriteAllText(Path.Combine(directory.FullName, "known-servers"), line + "\n");

            string told = Assert.Throws<ImportError>(
                () => new KnownServers(directory.FullName).Find(1, "vpn.example", 443)).Message;

            Assert.Contains("known-servers is damaged", told);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [RootFact]
    public void A_fingerprint_is_read_as_people_write_it_and_anything_else_is_refused() => RunningRouter.Run(router =>
    {
        router.Type($"{Client} add name=out connect-to=192.0.2.1 user=x");
        string typed = string.Join(':', Enumerable.Repeat("AB", 32));

        router.Type($"{Client} set out server-fingerprint={typed}");

        Assert.Equal(string.Concat(Enumerable.Repeat("ab", 32)), router.Get(Client, "out", "server-fingerprint"));
        Assert.StartsWith("invalid value for argument server-fingerprint", router.Desk.Refused($"{Client} set out server-fingerprint=abc"));
        router.Type($"{Client} set out server-fingerprint=none");
        Assert.StartsWith("failure: this server has shown no certificate yet", router.Desk.Refused($"{Client} pin out"));
        Assert.DoesNotContain("server-fingerprint", router.Type($"{Client} print"));
    });

    private static string Serve(
        RunningRouter router, PemFiles files, X509Certificate2 certificate, string name)
    {
        router.Type($"/certificate import file-name={files.Pair(name + ".pem", certificate)} name={name}");
        router.Type($"{Office.Server} certificate={name}");
        return Fingerprint(certificate.RawData);
    }

    private static string Fingerprint(byte[] der) => Convert.ToHexStringLower(SHA256.HashData(der));
}
