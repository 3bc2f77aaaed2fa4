using SstpRouter.Lab.Tests.Harness;
using SstpRouter.Lab.Tests.Peers;
using SstpRouter.Linux;

namespace SstpRouter.Lab.Tests.Certificates;

/// <summary>Head office gets its certificate from an authority over ACME: the authority runs at the branch, and really fetches each proof from port 80.</summary>
public sealed class AcmeTests
{
    private const string Name = "hq.example.com";

    [PebbleFact]
    public void A_certificate_is_issued_and_renewed_under_a_tunnel_that_stays_up()
    {
        using var network = new TwoRouters();
        using var authority = new Authority("pebble's own");
        using var pebble = new Pebble(network.Branch.Host, "192.168.62.1", "192.168.62.2", authority, TimeSpan.FromDays(90));
        Router hq = network.Hq;

        Assert.Contains("is not trusted", hq.ExecFails($"/certificate enable-ssl-certificate dns-name={Name} directory-url={pebble.DirectoryUrl}"));
        Trust(hq, authority);
        string shown = hq.Exec($"/certificate enable-ssl-certificate dns-name={Name} directory-url={pebble.DirectoryUrl}");

        Assert.Contains("  progress: connecting to 192.168.62.1\n", shown);
        Assert.Contains($"  progress: proving that {Name} leads here\n", shown);
        Assert.EndsWith($"  progress: [success] certificate <{Name}> updated\n", shown);
        Assert.Contains("a - ACME-MANAGED", hq.Exec("/certificate print"));
        string detail = hq.Exec("/certificate print detail", columns: 400);
        Assert.Contains($"directory-url={pebble.DirectoryUrl}", detail.Replace("\"", "", StringComparison.Ordinal));
        Assert.Contains("acme-status=\"valid, renewed at ", detail);
        string account = Assert.Single(Directory.GetFiles(Path.Combine(hq.State, "certificates"), "acme-*.key"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(account));

        hq.Exec($"/interface sstp-server server set certificate={Name}");
        hq.WriteFile("root.pem", pebble.Root());
        string first = Fingerprint(hq);
        network.Dial();
        Assert.Equal(first, Seen(network));
        string session = hq.Exec(":put [/ppp active get 0 session-id]");
        using (var ping = new SteadyPing(network.Branch.Host, "10.0.0.1"))
        {
            ping.WaitForAnswerSince(MonotonicClock.Milliseconds);
            long start = MonotonicClock.Milliseconds;
            hq.Exec($"/certificate acme-renew {Name}");
            hq.Program.WaitForLine("new calls see the new certificates");
            string second = Fingerprint(hq);
            Assert.NotEqual(first, second);
            Assert.Equal(second, Seen(network));

            long end = MonotonicClock.Milliseconds;
            ping.WaitForAnswerSince(end);
            Assert.True(
                ping.LongestGap(start, end) < 3_000,
                $"no answer for {ping.LongestGap(start, end)} ms of {end - start} ms");
        }

        Assert.Equal(session, hq.Exec(":put [/ppp active get 0 session-id]"));
        Assert.DoesNotContain(network.Branch.Program.Lines, l => l.Contains("sstp-out1: terminating", StringComparison.Ordinal));
        Assert.Single(hq.Exec(":foreach i in=[/certificate find where acme-managed] do={:put $i}").Split('\n', StringSplitOptions.RemoveEmptyEntries));
        // One nonce of three is refused by chance: if none was so far, one is sooner or later.
        for (int turn = 0; turn < 20 && !pebble.HasRefusedNonce; turn++)
        {
            hq.Exec($"/certificate acme-renew {Name}");
        }

        Assert.True(pebble.HasRefusedNonce);
    }

    [PebbleFact]
    public void An_order_that_is_refused_says_why_and_what_to_do()
    {
        using var network = new TwoRouters();
        using var authority = new Authority("pebble's own");
        using var pebble = new Pebble(network.Branch.Host, "192.168.62.1", "192.168.62.2", authority, TimeSpan.FromDays(90));
        Router hq = network.Hq;
        Trust(hq, authority);
        string Refusal(string name) => hq.ExecFails($"/certificate enable-ssl-certificate dns-name={name} directory-url={pebble.DirectoryUrl}");

        pebble.Point("branch.example.com", "192.168.62.1");
        string closed = Refusal("branch.example.com");
        Assert.Contains("branch.example.com: ", closed);
        Assert.Contains("(connection); the name must lead to this router, and port 80 must be open to it from everywhere", closed);

        using (RunningProgram stranger = network.Branch.Host.Start("python3", ["-u", "-m", "http.server", "80", "--directory", "/var/empty"]))
        {
            stranger.WaitForLine("Serving HTTP");
            Assert.Contains("port 80 of that address must lead to this router", Refusal("branch.example.com"));
        }

        Assert.Contains("(rejectedIdentifier); this authority issues no certificate for such a name", Refusal("blocked.example.com"));
        using (RunningProgram other = hq.Host.Start("python3", ["-u", "-m", "http.server", "80", "--directory", "/var/empty"]))
        {
            other.WaitForLine("Serving HTTP");
            Assert.Contains("port 80 cannot be opened: Address already in use; stop what else uses it", Refusal(Name));
        }

        Assert.Contains("HTTP status 404; look at the directory-url", hq.ExecFails(
            $"/certificate enable-ssl-certificate dns-name={Name} directory-url={pebble.DirectoryUrl}ectory"));
        Assert.Equal("", hq.Exec(":foreach i in=[/certificate find where acme-managed] do={:put $i}"));
        Assert.Contains("[success]", hq.Exec($"/certificate add-acme domain-names={Name},www.example.com name=web directory-url={pebble.DirectoryUrl}"));
    }

    [PebbleFact]
    public void A_short_lived_certificate_is_renewed_when_four_fifths_of_its_life_are_over_after_a_restart_too()
    {
        using var network = new TwoRouters();
        using var authority = new Authority("pebble's own");
        using var pebble = new Pebble(
            network.Branch.Host, "192.168.62.1", "192.168.62.2", authority, TimeSpan.FromSeconds(15), needsExternalAccount: true);
        Router hq = network.Hq;
        Trust(hq, authority);
        string enable = $"/certificate enable-ssl-certificate dns-name={Name} directory-url={pebble.DirectoryUrl}";

        Assert.Contains("give eab-kid and eab-hmac-key", hq.ExecFails(enable));
        hq.Exec($"{enable} eab-kid={Pebble.ExternalId} eab-hmac-key={Pebble.ExternalKey}");
        hq.Exec($"/interface sstp-server server set certificate={Name}");
        string first = Fingerprint(hq);
        network.Dial();

        hq.Program.WaitForLine($"certificate <{Name}> was renewed");
        hq.Program.WaitForLine("new calls see the new certificates");
        Assert.NotEqual(first, Fingerprint(hq));
        network.Branch.Ping("10.0.0.1");
        Assert.DoesNotContain(network.Branch.Program.Lines, l => l.Contains("sstp-out1: terminating", StringComparison.Ordinal));

        hq.Program.Terminate();
        string before = File.ReadAllText(LeafFile(hq));
        hq.Start();
        hq.Program.WaitForLine($"certificate <{Name}> was renewed");
        Assert.NotEqual(before, File.ReadAllText(LeafFile(hq)));
        Assert.DoesNotContain(hq.Program.Lines, l => l.Contains(Pebble.ExternalKey, StringComparison.Ordinal));
    }

    private static void Trust(Router router, Authority authority)
    {
        router.WriteFile("pebble-ca.pem", authority.Pem);
        router.Exec("/certificate import file-name=pebble-ca.pem name=pebble-ca trusted=yes");
    }

    private static string Fingerprint(Router router) => router.Exec($":put [/certificate get {Name} fingerprint]").Trim();

    // The authority is the first item, and the certificate the next.
    private static string LeafFile(Router router) => Path.Combine(router.State, "certificates", "2.pem");

    /// <summary>The fingerprint of what a new caller is shown; OpenSSL also verifies the chain and the name.</summary>
    private static string Seen(TwoRouters network)
    {
        string root = Path.Combine(network.Hq.State, "files", "root.pem");
        using RunningProgram call = network.Branch.Host.Start(
            "openssl",
            [
                "s_client", "-connect", "192.168.62.2:443", "-servername", Name, "-verify_hostname", Name, "-verify_return_error", "-CAfile", root,
            ]);
        call.Input.Close();
        Finished done = call.WaitForEnd();
        Assert.Contains("Verify return code: 0 (ok)", done.Output);
        Finished print = RunningProgram.ToEnd(RunningProgram.StartInfo("openssl", ["x509", "-noout", "-fingerprint", "-sha256"]), done.Output);
        return print.Output.Split('=')[1].Trim().Replace(":", "", StringComparison.Ordinal).ToLowerInvariant();
    }
}
