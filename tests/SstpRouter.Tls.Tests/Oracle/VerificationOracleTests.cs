using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using SstpRouter.Tls.Tests.Golden;

namespace SstpRouter.Tls.Tests.Oracle;

/// <summary>Hundreds of chains, right and wrong in one way each: our handshake and <c>openssl verify</c> judge them alike.</summary>
public sealed partial class VerificationOracleTests : IDisposable
{
    private const int Seed = 20250615;

    private readonly string _directory = Directory.CreateTempSubdirectory("sstp-oracle-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Our_handshake_and_openssl_verify_agree()
    {
        var cases = new Cases(Seed).All();
        Assert.InRange(cases.Count, 200, 2000);
        var theirs = AskOpenSsl(cases);
        var ours = cases.Select(AskHandshake).ToArray();

        var text = new StringBuilder("# Verification, ours and that of `openssl verify`\n");
        foreach (var group in cases.Select((one, i) => (Case: one, Ours: ours[i], Theirs: theirs[i])).GroupBy(row => row.Case.Group))
        {
            text.Append($"\n## {group.Key}\n\n| case | verdict |\n| --- | --- |\n");
            foreach (var row in group.Select(Line).Distinct())
            {
                text.Append(row);
            }
        }
        var differing = Enumerable.Range(0, cases.Count).Where(i => ours[i] != theirs[i]).Select(i => cases[i].Name).Distinct();
        text.Append("""

            Where ours differs it is on purpose: RouterOS compares an address in `connect-to` with the common name as well (and where
            its users wrote it as a DNS name, that counts too), and a wildcard stands for a whole label (RFC 6125 7.2).

            """);
        GoldenText.Check("verification.md", text.ToString());
        Assert.All(differing, name => Assert.Matches(@"^(192|2001).* against CN=(192|2001|x DNS:192)|DNS:\w*\*\w*\.", name));
    }

    private static string Line((VerificationCase Case, Verdict Ours, Verdict Theirs) row) =>
        $"| {row.Case.Name} | {(row.Ours == row.Theirs ? row.Ours : $"**{row.Ours}**, openssl: {row.Theirs}")} |\n";

    private static Verdict AskHandshake(VerificationCase one)
    {
        using var pair = new TlsPair(
            new TlsClientPolicy
            {
                VerifyServer = true,
                VerifyServerAddress = one.ConnectTo is not null,
                ServerName = one.ConnectTo,
                TrustedCertificates = one.Trusted,
                CheckRevocation = one.ChecksRevocation,
                RevocationLists = () => one.RevocationLists,
                Now = one.At,
            },
            new TlsServerPolicy { Identity = new TlsIdentity(one.Chain, one.KeyPkcs8) });
        pair.Handshake();
        if (pair.Client.Failure is not { } failure)
        {
            return Verdict.Accepted;
        }
        var said = OurVerdict().Match(failure.Detail);
        Assert.True(said.Success, $"{one.Name}: {failure.Text}; {failure.Detail}");
        return new Verdict(said.Groups["error"].Value, int.Parse(said.Groups["depth"].Value, CultureInfo.InvariantCulture));
    }

    // One shell for all of them: a process of this size is slow to fork.
    private Verdict[] AskOpenSsl(IReadOnlyList<VerificationCase> cases)
    {
        var script = Path.Combine(_directory, "verify.sh");
        File.WriteAllLines(script, cases.Select((one, i) => $"openssl {string.Join(' ', Arguments(one, i))} 2>&1; echo '== '$?"));
        using var process = Process.Start(new ProcessStartInfo("sh", [script]) { RedirectStandardOutput = true })!;
        var answers = EndOfAnswer().Split(process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        Assert.Equal(cases.Count * 2, answers.Length - 1);
        return [.. cases.Select((one, i) => Judge(one, answers[i * 2], status: answers[(i * 2) + 1]))];
    }

    private static Verdict Judge(VerificationCase one, string answer, string status)
    {
        if (status == "0")
        {
            return Verdict.Accepted;
        }
        var said = TheirVerdict().Match(answer);
        Assert.True(said.Success, $"{one.Name}: {answer}");
        return new Verdict(said.Groups["error"].Value, int.Parse(said.Groups["depth"].Value, CultureInfo.InvariantCulture));
    }

    private List<string> Arguments(VerificationCase one, int number)
    {
        string Write(string name, IEnumerable<byte[]> all, string label)
        {
            var path = Path.Combine(_directory, $"{number}-{name}.pem");
            File.WriteAllText(path, string.Concat(all.Select(der => PemEncoding.WriteString(label, der) + "\n")));
            return path;
        }

        List<string> arguments =
        [
            "verify", "-no-CApath", "-no-CAstore", "-partial_chain", "-auth_level", "0", "-purpose", "sslserver",
            "-attime", one.At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        ];
        arguments.AddRange(one.Trusted.Count > 0 ? ["-CAfile", Write("trusted", one.Trusted, "CERTIFICATE")] : ["-no-CAfile"]);
        arguments.AddRange(one.Chain.Count > 1 ? ["-untrusted", Write("chain", one.Chain.Skip(1), "CERTIFICATE")] : []);
        if (one.ChecksRevocation)
        {
            // It reads no list behind one that is none.
            var lists = one.RevocationLists.Where(der => der.Length > 10).ToList();
            arguments.Add("-crl_check_all");
            arguments.AddRange(lists.Count > 0 ? ["-CRLfile", Write("lists", lists, "X509 CRL")] : []);
        }
        if (one.ConnectTo is { } name)
        {
            arguments.AddRange(IPAddress.TryParse(name, out _) ? ["-verify_ip", name] : ["-verify_hostname", name.TrimEnd('.')]);
        }
        arguments.Add(Write("leaf", one.Chain.Take(1), "CERTIFICATE"));
        return arguments;
    }

    [GeneratedRegex(@"== (\d+)\n")]
    private static partial Regex EndOfAnswer();

    [GeneratedRegex(@"depth (?<depth>\d+); OpenSSL: (?<error>[^;]*);")]
    private static partial Regex OurVerdict();

    [GeneratedRegex(@"error \d+ at (?<depth>\d+) depth lookup: (?<error>.*)")]
    private static partial Regex TheirVerdict();
}
