using System.Net;
using SstpRouter.Ppp;
using SstpRouter.Sstp;
using SstpRouter.Tunnels.Recording;

namespace SstpRouter.Tunnels.Tests.Recording;

/// <summary>A client and a server that talk to each other by a clock of their own.</summary>
internal sealed class StationPair
{
    public const string User = "MT-User";
    public const string Password = "StrongPass";

    public static readonly byte[] Certificate = [.. Enumerable.Range(0, 300).Select(i => (byte)i)];

    private readonly Random _random;
    private int _carriedToServer;
    private int _carriedToClient;

    public StationPair(Station client, Station server, Random? random = null)
    {
        (Client, Server, _random) = (client, server, random ?? new Random(1));
        Client.Start(Now);
        Server.Start(Now);
    }

    public Station Client { get; }

    public Station Server { get; }

    public long Now { get; private set; }

    /// <summary>Lets in who has the password.</summary>
    public static Action<Station, PppAuthenticationAttempt, long> Doorman(string password) => (station, attempt, now) =>
    {
        if (attempt.Verify(password) is null)
        {
            station.Deny(now);
            return;
        }

        station.Grant(
            proof => new PppGrant
            {
                Proof = proof,
                LocalAddress = IPAddress.Parse("10.0.0.1"),
                RemoteAddress = IPAddress.Parse("10.0.0.5"),
                DnsServers = [IPAddress.Parse("10.0.0.53")],
            },
            [password],
            now);
    };

    public static StationPair Of(
        PppAuthenticationMethods method,
        string password,
        Func<PppSessionOptions, TunnelRecording?> record,
        Action<Station, PppAuthenticationAttempt, long> judge,
        Random random)
    {
        var tools = new StationTools { Record = record };
        var client = new Station(
            new SstpClientOptions { Host = "sstp.example.com", ServerCertificateDer = Certificate },
            new PppSessionOptions { Role = PppRole.Client, Methods = method, UserName = User, Password = password, RequestDns = true },
            tools);
        var server = new Station(
            new SstpServerOptions { Certificates = [Certificate], Date = () => DateTimeOffset.UnixEpoch },
            new PppSessionOptions { Role = PppRole.Server, FirstRequestDelay = 500 },
            tools)
        { Judge = judge };
        return new StationPair(client, server, random);
    }

    /// <summary>Carries what both say, cut anywhere, until neither has more to say.</summary>
    public void Talk()
    {
        while (Carry(Client, Server, ref _carriedToServer) | Carry(Server, Client, ref _carriedToClient))
        {
            Now += _random.Next(3);
        }
    }

    /// <summary>Lets time pass to the next deadline, so many times.</summary>
    public void Wait(int deadlines = 1)
    {
        for (int i = 0; i < deadlines; i++)
        {
            long next = Math.Min(Client.IsOver ? long.MaxValue : Client.NextDeadline, Server.IsOver ? long.MaxValue : Server.NextDeadline);
            if (next == long.MaxValue)
            {
                return;
            }

            Now = next;
            Tick(Client);
            Tick(Server);
            Talk();
        }
    }

    public void TalkUntilConnected()
    {
        for (int i = 0; i < 10 && !(IsUp(Client) && IsUp(Server)); i++)
        {
            Talk();
            Wait();
        }

        Assert.True(IsUp(Client) && IsUp(Server), string.Join('\n', [.. Client.Outcome, "--", .. Server.Outcome]));
    }

    private static bool IsUp(Station station) => station.Outcome.Any(o => o.Contains("ipv4 up", StringComparison.Ordinal));

    private void Tick(Station station)
    {
        if (!station.IsOver)
        {
            station.Tick(Now);
        }
    }

    private bool Carry(Station from, Station to, ref int carried)
    {
        bool any = false;
        while (carried < from.Sent.Count)
        {
            any = true;
            int length = Math.Min(_random.Next(4) == 0 ? _random.Next(1, 400) : _random.Next(1, 40), from.Sent.Count - carried);
            byte[] chunk = [.. from.Sent.GetRange(carried, length)];
            carried += length;
            if (!to.IsOver)
            {
                to.Receive(chunk, Now);
            }
        }

        return any;
    }
}
