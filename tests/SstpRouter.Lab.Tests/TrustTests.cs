using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SstpRouter.Lab.Tests.Golden;
using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests;

/// <summary>The ways in which one side trusts the other, and the lines that it logs where it does not.</summary>
public sealed class TrustTests : IDisposable
{
    private readonly TwoRouters? _network;
    private readonly Authority _authority = new("myCa");
    private readonly StringBuilder _screen = new();
    private int _clients;

    public TrustTests()
    {
        if (Linux.ProcessControl.EffectiveUserId != 0)
        {
            return;
        }

        _network = new TwoRouters();
        Import(Hq, "hq", _authority.Issue("hq", "192.168.62.2"));
        Import(Hq, "old", _authority.Issue("hq", "192.168.62.2", fromDays: -20, toDays: -10));
        Import(Hq, "early", _authority.Issue("hq", "192.168.62.2", fromDays: 10));
        Import(Hq, "ca", _authority.Pem);
        Import(Branch, "branch", _authority.Issue("branch"), "trusted=no");
        Import(Branch, "ca", _authority.Pem);
        Hq.Exec("/ip address add address=192.168.62.3/24 interface=ether1");
        Hq.Exec("/interface sstp-server server set enabled=yes certificate=hq");
    }

    private Router Hq => _network!.Hq;

    private Router Branch => _network!.Branch;

    [RootFact]
    public void A_server_that_is_trusted_is_dialled_and_one_that_is_not_is_refused_with_the_cause_and_the_next_step()
    {
        Works("verified", "verify-server-certificate=yes");
        Works("pinned", $"server-fingerprint={Fingerprint("hq")}");
        Works("first-use", "server-fingerprint=trust-first-use");
        Fails("wrong-name", "verify-server-certificate=yes", address: "192.168.62.3");
        Fails("wrong-pin", $"server-fingerprint={Fingerprint("old")}");
        Branch.Exec("/certificate set ca trusted=no");
        Fails("unknown-ca", "verify-server-certificate=yes");
        Branch.Exec("/certificate set ca trusted=yes");
        Hq.Exec("/interface sstp-server server set certificate=old");
        Fails("expired", "verify-server-certificate=yes");
        Branch.Exec("/interface sstp-client disable first-use; /interface sstp-client enable first-use"); // it is up with the old certificate
        Branch.Program.WaitForLine("first-use: terminating... - server's fingerprint does not match");
        Hq.Exec("/interface sstp-server server set certificate=early");
        Fails("not-yet-valid", "verify-server-certificate=yes");

        Screen.Check("trust-of-servers", Mask.Certificates(Mask.Volatile(_screen.ToString())));
    }

    [RootFact]
    public void With_certificates_on_both_sides_only_a_client_with_one_gets_in()
    {
        Hq.Exec("/interface sstp-server server set verify-client-certificate=yes");

        Works("mutual", "certificate=branch verify-server-certificate=yes");
        Fails("without", "verify-server-certificate=yes tls-version=only-1.2");
        Hq.Program.WaitForLine("client presented no certificate");
        using var stranger = new Authority("stranger");
        Import(Branch, "stranger", stranger.Issue("somebody"), "trusted=no");
        Fails("stranger", "certificate=stranger verify-server-certificate=yes tls-version=only-1.2");
        Hq.Program.WaitForLine("unable to get issuer certificate locally");
        _screen.Append("\n> the server's side\n");
        foreach (string line in Hq.Program.Lines.Where(l => l.Contains(" - client presented", StringComparison.Ordinal)
            || l.Contains(" - unable to get", StringComparison.Ordinal) || l.Contains("depth 0", StringComparison.Ordinal)).Select(Call).Distinct())
        {
            _screen.Append(line).Append('\n');
        }

        Screen.Check("trust-of-clients", Mask.Certificates(Mask.Volatile(_screen.ToString())));
    }

    public void Dispose()
    {
        _network?.Dispose();
        _authority.Dispose();
    }

    private static string Call(string line) => Mask.Certificates(line[line.IndexOf('<', StringComparison.Ordinal)..]);

    private static void Import(Router router, string name, string pem, string more = "")
    {
        router.WriteFile(name + ".pem", pem);
        router.Exec($"/certificate import file-name={name}.pem name={name} passphrase=\"\" {more}");
    }

    private void Works(string name, string settings)
    {
        Dial(name, settings, "192.168.62.2");
        Branch.WaitUntilRunning(name);
        Branch.Program.WaitForLine($"{name}: connected");
        Show(name, settings, Branch.LogOf(name));
    }

    private void Fails(string name, string settings, string address = "192.168.62.2")
    {
        Dial(name, settings, address);
        Branch.Program.WaitForLine($"{name}: initializing...", count: 2);
        Branch.Exec($"/interface sstp-client disable {name}");
        string[] log = Branch.LogOf(name);
        Show(name, settings, log.Take(Array.IndexOf(log, $"{name}: disconnected") + 1));
        Assert.DoesNotContain(log, l => l.EndsWith(": authenticated", StringComparison.Ordinal));
    }

    private void Dial(string name, string settings, string address)
    {
        int number = ++_clients;
        Hq.Exec($"/ppp secret add name={name} password=x service=sstp local-address=10.0.0.1 remote-address=10.0.1.{number}");
        Branch.Exec($"/interface sstp-client add name={name} connect-to={address} user={name} password=x authentication=mschap2 {settings} disabled=no");
    }

    private void Show(string name, string settings, IEnumerable<string> log)
    {
        _screen.Append($"\n> {name}: {settings}\n");
        foreach (string line in log.Where(l => !l.Contains("from now on", StringComparison.Ordinal)))
        {
            _screen.Append(line).Append('\n');
        }
    }

    private string Fingerprint(string name)
    {
        using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(Path.Combine(Hq.State, "files", name + ".pem")));
        return certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant();
    }
}
