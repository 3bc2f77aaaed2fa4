using System.Net.Security;
using System.Net.Sockets;
using SstpRouter.Lab.Tests.Harness;
using SstpRouter.Ppp;
using SstpRouter.Tunnels.Tests.Recording;

namespace SstpRouter.Lab.Tests;

/// <summary><c>run --record</c> on two real routers: every file replays, and none holds a secret.</summary>
/// <remarks><c>SSTP_ROUTER_SAVE_RECORDINGS=DIR</c> copies the files there: some of them are the saved ones that the unit tests replay.</remarks>
public sealed class RecordTests
{
    private const string Password = "StrongPass";
    private const string WrongPassword = "WeakPass9";
    private static readonly string[] Methods = ["pap", "chap", "mschap1", "mschap2"];

    [RootFact]
    public void Calls_of_every_kind_are_recorded_without_their_secrets_and_replay()
    {
        using var network = new TwoRouters();
        string hq = Record(network.Hq);
        string branch = Record(network.Branch);
        network.CertifyHq();
        for (int i = 0; i < Methods.Length; i++)
        {
            network.Hq.Exec($"/ppp secret add name={Methods[i]} password={Password} service=sstp local-address=10.0.0.1 remote-address=10.0.0.{i + 5}");
        }

        network.Hq.Exec("/interface sstp-server server set enabled=yes");
        foreach (string method in Methods)
        {
            network.Branch.Exec($"/interface sstp-client add name={method} connect-to=192.168.62.2 user={method} password={Password} authentication={method} disabled=no");
            network.Branch.WaitUntilRunning(method);
            network.Branch.Ping("10.0.0.1", $"interface={method}");
        }

        foreach (string method in Methods)
        {
            network.Branch.Exec($"/interface sstp-client add name=wrong-{method} connect-to=192.168.62.2 user={method} password={WrongPassword} authentication={method} disabled=no");
            network.Branch.Program.WaitForLine($"wrong-{method}: disconnected");
            network.Branch.Exec($"/interface sstp-client disable wrong-{method}");
        }

        network.Branch.Host.Run(() =>
        {
            Speak("GET / HTTP/1.1\r\nHost: hq\r\nAuthorization: Basic U3Ryb25nUGFzcw==\r\n\r\n");
            Speak("SSTP_DUPLEX_POST /sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/ HTTP/1.1\r\nHost: hq\r\n\r\nnothing of the kind");
        });

        // Calls are hung up by the client, replaced, hung up by the server, and cut off by a crash.
        network.Branch.Exec("/interface sstp-client disable pap");
        network.Branch.Program.WaitForLine(" pap: disconnected");
        network.Branch.Exec("/interface sstp-client set chap user=nobody");
        network.Branch.Program.WaitForLine(" chap: disconnected");
        network.Branch.Exec("/interface sstp-client disable chap");
        network.Hq.Exec("/ppp active remove [find name=mschap1]");
        network.Branch.Program.WaitForLine(" mschap1: disconnected");
        network.Branch.Program.Kill();
        network.Hq.Program.Terminate();

        Check(ReadAll(branch), ReadAll(hq));
    }

    [RootFact]
    public void A_directory_that_cannot_be_written_stops_the_start()
    {
        Finished done = RunningProgram.Router(["run", "--state", "/proc/nothing", "--record", "/proc/records"]);

        Assert.Equal(1, done.Status);
        Assert.StartsWith("sstp-router: cannot record into /proc/records: ", done.Error, StringComparison.Ordinal);
    }

    private static string Record(Router router)
    {
        string directory = Path.Combine(Path.GetDirectoryName(router.State)!, "records");
        router.Program.Terminate();
        router.Start("--record", directory);
        Assert.Equal(1, router.Program.Count($"tunnels are recorded into {directory}"));
        return directory;
    }

    private static void Speak(string text)
    {
        using var socket = new TcpClient("192.168.62.2", 443);
        using var tls = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        tls.AuthenticateAsClient("hq");
        tls.Write(System.Text.Encoding.ASCII.GetBytes(text));
        while (tls.Read(new byte[1_000]) > 0)
        {
        }
    }

    private static Dictionary<string, string> ReadAll(string directory)
    {
        Dictionary<string, string> files = Directory.GetFiles(directory).ToDictionary(f => Path.GetFileName(f)!, File.ReadAllText);
        Assert.All(Directory.GetFiles(directory), f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(f)));
        if (Environment.GetEnvironmentVariable("SSTP_ROUTER_SAVE_RECORDINGS") is { } place)
        {
            Directory.CreateDirectory(place);
            foreach ((string name, string text) in files)
            {
                File.WriteAllText(Path.Combine(place, name), text);
            }
        }

        return files;
    }

    private static void Check(Dictionary<string, string> branch, Dictionary<string, string> hq)
    {
        string all = string.Concat(branch.Values.Concat(hq.Values));
        foreach ((string name, string text) in branch.Concat(hq))
        {
            Replay replay = new(text);
            Assert.True(replay.Expected.Count > 0, name);
            Assert.True(replay.Expected.SequenceEqual(replay.Run()), $"{name}\n{text}\n--\n{string.Join('\n', replay.Run())}");
        }

        foreach (string method in Methods)
        {
            AssertSecretsAreGone(all, branch, hq, method, Password);
            AssertSecretsAreGone(all, branch, hq, "wrong-" + method, WrongPassword);
            Assert.Contains(hq.Values, t => t.Contains($"ppp authenticated by {Enum.Parse<PppAuthenticationMethods>(method, ignoreCase: true)}", StringComparison.Ordinal));
        }

        Assert.DoesNotContain("U3Ryb25nUGFzcw", all, StringComparison.Ordinal);
        Assert.Contains(hq.Values, t => t.Contains("sstp closed MalformedPacket", StringComparison.Ordinal));
        Assert.Contains(hq.Values, t => t.Contains("sstp closed HttpRejected", StringComparison.Ordinal));
        Assert.Contains(branch.Values, t => t.Contains("ppp closed UserRequest", StringComparison.Ordinal));
        Assert.Contains(branch.Values, t => t.Contains("sstp closed PeerDisconnected", StringComparison.Ordinal));
        Assert.Contains(branch.Values, t => t.Contains("ppp authenticated by MsChap2", StringComparison.Ordinal) && !t.Contains(" end ", StringComparison.Ordinal));
        Assert.All(hq.Values, t => Assert.Matches(@"\n\d+ end [a-z-]+\n$", t));
    }

    /// <summary>The same randomness and the same passwords give the same conversation once more, this time in the open.</summary>
    private static void AssertSecretsAreGone(string all, Dictionary<string, string> branch, Dictionary<string, string> hq, string client, string password)
    {
        string text = branch.OrderBy(f => f.Key, StringComparer.Ordinal).First(f => f.Value.Contains($"# {client} to ", StringComparison.Ordinal)).Value;
        RecordedEvent ack = new Replay(text).Events.First(e => e.Kind == "read" && e.Details.StartsWith("10010030", StringComparison.Ordinal));
        string nonce = ack.Details.Split(' ')[0][^64..];
        string other = hq.Values.First(t => t.Contains("random sstp " + nonce, StringComparison.Ordinal));
        var pair = new StationPair(
            new Replay(text).Reenact(password),
            new Replay(other).Reenact("", StationPair.Doorman(Password)));
        if (password == Password)
        {
            pair.TalkUntilConnected();
        }
        else
        {
            pair.Talk();
            pair.Wait(2);
        }

        IReadOnlyList<string> secrets = Secrets.Of(pair.Client, pair.Server, password);
        int least = password == Password ? client switch { "pap" => 10, "chap" => 14, _ => 30 } : 10;
        Assert.True(secrets.Count >= least, $"{client}: only {secrets.Count} secrets are known");
        Secrets.AssertNoneIn(all, secrets);
    }
}
