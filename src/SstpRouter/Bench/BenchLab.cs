using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using SstpRouter.Control;
using SstpRouter.Lab;
using SstpRouter.Linux;

namespace SstpRouter.Bench;

/// <summary>Two real routers as <c>lab</c> makes them, and one tunnel between them once somebody needs it.</summary>
internal sealed class BenchLab : IDisposable
{
    private const string RsaFile = "rsa.pem";
    private const string P256File = "p256.pem";
    private const int LastLines = 20;

    private static readonly TimeSpan UpLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(10);

    private readonly Queue<string> _log = [];
    private readonly LabRouter _client;
    private readonly LabRouter _server;
    private bool _isDialled;

    /// <summary>Starts the routers. Must be called by the thread that lives as long as the benchmark.</summary>
    /// <exception cref="BenchFailure">A router refuses what it is told.</exception>
    public BenchLab()
    {
        string[] running = ["--workers", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)];
        _server = new LabRouter("server", Log, running);
        _client = new LabRouter("client", Log, running);
        try
        {
            _server.Connect(LabScreen.Width);
            _client.Connect(LabScreen.Width);
            LabWire.Connect(_server, _client);
            Near = _client.Namespace();
            Far = _server.Namespace();
            Configure();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The server's address on the cable.</summary>
    public static IPAddress CableAddress { get; } = IPAddress.Parse("192.168.62.2");

    /// <summary>The server's address in the tunnel.</summary>
    public static IPAddress ServerAddress { get; } = IPAddress.Parse("10.0.0.1");

    /// <summary>The client's address in the tunnel.</summary>
    public static IPAddress ClientAddress { get; } = IPAddress.Parse("10.0.0.5");

    /// <summary>The client's namespace.</summary>
    public NetworkNamespace Near { get; } = null!;

    /// <summary>The server's namespace.</summary>
    public NetworkNamespace Far { get; } = null!;

    public int ClientProcess => _client.ProcessId;

    public int ServerProcess => _server.ProcessId;

    /// <summary>The server's resident memory right after the first tunnel came up, in MB.</summary>
    public double IdleMegabytes { get; private set; }

    /// <summary>What the client shows of the tunnel, its cipher among it.</summary>
    public string Monitor() => Client("/interface sstp-client monitor bench once");

    /// <summary>Makes sure that the tunnel is up.</summary>
    /// <exception cref="BenchFailure">It does not come up.</exception>
    public void Dial()
    {
        if (!_isDialled)
        {
            Client("/interface sstp-client enable bench");
            WaitForRunning(1);
            IdleMegabytes = ProcessUsage.ResidentMegabytes(ServerProcess);
            _isDialled = true;
        }
    }

    /// <summary>Hangs the tunnel up, if it is up.</summary>
    public void HangUp()
    {
        if (_isDialled)
        {
            Client("/interface sstp-client disable bench");
            WaitForRunning(0);
            _isDialled = false;
        }
    }

    /// <summary>The certificate that the server shows to new calls: <c>rsa</c> or <c>p256</c>.</summary>
    public void ShowCertificate(string name) => Server($"/interface sstp-server server set certificate={name}");

    /// <summary>Says something to the client, which must take it.</summary>
    public string Client(string command) => Say(_client, command);

    /// <summary>Says something to the server, which must take it.</summary>
    public string Server(string command) => Say(_server, command);

    /// <summary>Waits until exactly so many tunnels of the client are up.</summary>
    public void WaitForRunning(int count)
    {
        string wanted = count.ToString(CultureInfo.InvariantCulture);
        long start = Stopwatch.GetTimestamp();
        string running;
        while ((running = Client(":put [:len [/interface sstp-client find where running]]").Trim()) != wanted)
        {
            if (Stopwatch.GetElapsedTime(start) > UpLimit)
            {
                throw Failure($"{running} of {wanted} tunnel(s) are up after {UpLimit.TotalSeconds:0} s");
            }

            Thread.Sleep(AskAgain);
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        Near?.Dispose();
        Far?.Dispose();
    }

    private void Configure()
    {
        _server.WriteFile(RsaFile, LabCertificate.Rsa("bench").Pem);
        _server.WriteFile(P256File, LabCertificate.P256("bench").Pem);
        Array.ForEach(
            [
                "/ip address add address=192.168.62.2/24 interface=ether1",
                $"/certificate import file-name={RsaFile} name=rsa passphrase=\"\"",
                $"/certificate import file-name={P256File} name=p256 passphrase=\"\"",
                "/ip pool add name=near ranges=10.65.0.1-10.65.15.254",
                "/ip pool add name=far ranges=10.64.0.1-10.64.15.254",
                "/ppp profile add name=many local-address=near remote-address=far",
                "/ppp secret add name=many password=StrongPass profile=many service=sstp",
                $"/ppp secret add name=bench password=StrongPass local-address={ServerAddress} remote-address={ClientAddress} service=sstp",
                "/interface sstp-server server set certificate=rsa enabled=yes",
            ],
            c => Server(c));
        Client("/ip address add address=192.168.62.1/24 interface=ether1");
        Client($"/interface sstp-client add name=bench connect-to={CableAddress} user=bench password=StrongPass disabled=yes");
    }

    private string Say(LabRouter router, string command)
    {
        var answer = new StringBuilder();
        CommandOutcome outcome = router.Client.Run(command, text => answer.Append(text));
        return outcome.Error.Length == 0 ? answer.ToString() : throw Failure($"{router.Name}: {command}\n{outcome.Error}");
    }

    private BenchFailure Failure(string text)
    {
        lock (_log)
        {
            return new BenchFailure($"{text}; the last lines of the logs:\n{string.Join('\n', _log)}");
        }
    }

    private void Log(string line)
    {
        lock (_log)
        {
            _log.Enqueue(line);
            if (_log.Count > LastLines)
            {
                _log.Dequeue();
            }
        }
    }
}
