using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests.Certificates;

/// <summary>The manual's lines for a Windows client, typed as they stand there; OpenSSL then looks at what Windows looks at.</summary>
public sealed partial class WindowsRecipeTests : IDisposable
{
    private const string Name = "vpn.example.com";

    private readonly TwoRouters? _network = Linux.ProcessControl.EffectiveUserId == 0 ? new TwoRouters() : null;

    private Router Hq => _network!.Hq;

    private string Files => Path.Combine(Hq.State, "files");

    public void Dispose() => _network?.Dispose();

    [RootFact]
    public void The_name_the_purpose_the_chain_and_the_revocation_list_are_as_Windows_wants_them()
    {
        Follow(Recipe());

        Assert.Contains("Verify return code: 0 (ok)", Call(Name));
        Assert.Contains("IP address mismatch", Call("192.168.62.2"));
        Assert.Contains("hostname mismatch", Call("other.example.com"));
        string leaf = OpenSsl("x509", "-in", "leaf.pem", "-noout", "-text");
        Assert.Contains($"Subject: CN = {Name}", leaf);
        Assert.Contains($"DNS:{Name}", leaf);
        Assert.Contains("TLS Web Server Authentication", leaf);
        Assert.Contains("CA:TRUE", OpenSsl("x509", "-in", "ca.crt", "-noout", "-ext", "basicConstraints"));

        Match list = DistributionPoint().Match(leaf);
        Assert.Equal(Name, list.Groups["host"].Value);
        File.WriteAllBytes(Path.Combine(Files, "list.crl"), Fetch(list.Groups["path"].Value));
        Assert.Equal(
            "leaf.pem: OK\n",
            OpenSsl("verify", "-purpose", "sslserver", "-x509_strict", "-CAfile", "ca.crt", "-crl_check", "-CRLfile", "list.crl", "leaf.pem"));
    }

    [RootFact]
    public void An_authority_without_host_makes_certificates_that_name_no_list()
    {
        Follow(Recipe().Select(l => l.Replace($" ca-crl-host={Name}", "", StringComparison.Ordinal)));

        Assert.Contains("Verify return code: 0 (ok)", Call(Name));
        string leaf = OpenSsl("x509", "-in", "leaf.pem", "-noout", "-text");
        Assert.DoesNotContain("CRL Distribution Points", leaf);
        Assert.DoesNotContain("Authority Information Access", leaf);
    }

    /// <summary>The first block of the section.</summary>
    private static IEnumerable<string> Recipe()
    {
        string manual = File.ReadAllText(Path.Combine(RouterBinary.Root, "README.md"));
        string section = manual[manual.IndexOf("## A Windows client", StringComparison.Ordinal)..];
        string[] lines = [.. section.Split("```")[1].Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        Assert.All(lines, l => Assert.StartsWith("/", l));
        Assert.Equal(6, lines.Length);
        return lines;
    }

    private void Follow(IEnumerable<string> lines) => lines.ToList().ForEach(l => Hq.Exec(l));

    /// <summary>Calls as a client that trusts the exported authority alone, and keeps what the server shows.</summary>
    private string Call(string name)
    {
        using RunningProgram call = _network!.Branch.Host.Start(
            "openssl",
            [
                "s_client", "-connect", "192.168.62.2:443", "-servername", Name, "-purpose", "sslserver", "-CAfile", Path.Combine(Files, "ca.crt"),
                .. name[0] is >= '0' and <= '9' ? new[] { "-verify_ip", name } : ["-verify_hostname", name],
            ]);
        call.Input.Close();
        Finished done = call.WaitForEnd();
        File.WriteAllText(Path.Combine(Files, "leaf.pem"), done.Output);
        return done.Output + done.Error;
    }

    private byte[] Fetch(string path) => _network!.Branch.Host.Run(() =>
    {
        using var client = new TcpClient("192.168.62.2", 80);
        using NetworkStream stream = client.GetStream();
        stream.Write(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {Name}\r\n\r\n"));
        using var answer = new MemoryStream();
        stream.CopyTo(answer);
        byte[] all = answer.ToArray();
        Assert.StartsWith("HTTP/1.1 200 OK", Encoding.Latin1.GetString(all));
        return all[(all.AsSpan().IndexOf("\r\n\r\n"u8) + 4)..];
    });

    private string OpenSsl(params string[] arguments)
    {
        System.Diagnostics.ProcessStartInfo start = RunningProgram.StartInfo("openssl", arguments);
        start.WorkingDirectory = Files;
        Finished done = RunningProgram.ToEnd(start);
        Assert.True(done.Status == 0, done.Output + done.Error);
        return done.Output;
    }

    [GeneratedRegex("URI:http://(?<host>[^/]+)(?<path>/crl/[0-9]+\\.crl)")]
    private static partial Regex DistributionPoint();
}
