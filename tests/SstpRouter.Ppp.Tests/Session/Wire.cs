using System.Net;

namespace SstpRouter.Ppp.Tests.Session;

/// <summary>A client and a server on one virtual wire, which takes its time and may lose frames.</summary>
internal sealed class Wire
{
    private readonly Random _dice;
    private readonly double _loss;
    private readonly long _delay;
    private readonly PriorityQueue<(PppSession To, byte[] Frame), (long Time, int Order)> _flight = new();
    private readonly HashSet<(PppSession To, string Frame)> _launched = [];
    private int _order;

    internal Wire(
        PppAuthenticationMethods client,
        PppAuthenticationMethods server,
        int seed,
        double loss,
        string password = "secret",
        long delay = 10)
    {
        _dice = new Random(seed);
        _loss = loss;
        _delay = delay;
        Client = new PppSession(
            new PppSessionOptions
            {
                Role = PppRole.Client,
                Methods = client,
                UserName = "DOM\\alice",
                Password = password,
                RequestDns = true,
            },
            _dice.NextBytes);
        Server = new PppSession(
            new PppSessionOptions { Role = PppRole.Server, Methods = server, ServerName = "hq", FirstRequestDelay = 500 },
            _dice.NextBytes);
    }

    internal PppSession Client { get; }

    internal PppSession Server { get; }

    internal long Now { get; private set; }

    internal List<PppAuthentication> ClientResults { get; } = [];

    internal List<PppAuthentication> ServerResults { get; } = [];

    internal PppOutput.Closed? ClientClosed { get; private set; }

    internal PppOutput.Closed? ServerClosed { get; private set; }

    internal PppIpv4? ClientIpv4 { get; private set; }

    /// <summary>How often IPv4 came up, both ends together.</summary>
    internal int Ipv4Ups { get; private set; }

    /// <summary>Frames that one end had sent before, byte for byte.</summary>
    internal int Repeats { get; private set; }

    internal bool IsUp => Client is { Ipv4Up: true, Ipv6Up: true } && Server is { Ipv4Up: true, Ipv6Up: true };

    internal void Run(long until, Func<bool> done)
    {
        Client.Start(0);
        Server.Start(0);
        Drain();
        for (int step = 0; !done() && Now < until; step++)
        {
            Assert.True(step < 20_000, "the two do not come to rest");
            Step();
        }
    }

    private void Step()
    {
        long arrival = _flight.TryPeek(out _, out (long Time, int Order) first) ? first.Time : long.MaxValue;
        Now = Math.Max(Now, Math.Min(arrival, Math.Min(Client.NextDeadline, Server.NextDeadline)));
        if (Now == long.MaxValue)
        {
            return;
        }

        if (arrival <= Now)
        {
            (PppSession to, byte[] frame) = _flight.Dequeue();
            to.Receive(frame, Now);
        }

        Client.Tick(Now);
        Server.Tick(Now);
        Drain();
    }

    private void Drain()
    {
        while (Client.TryTake(out PppOutput? output))
        {
            switch (output)
            {
                case PppOutput.Frame frame:
                    Launch(Server, frame.Bytes);
                    break;
                case PppOutput.Authenticated authenticated:
                    ClientResults.Add(authenticated.Result);
                    break;
                case PppOutput.Ipv4Up up:
                    ClientIpv4 = up.Settings;
                    Ipv4Ups++;
                    break;
                case PppOutput.Closed closed:
                    ClientClosed = closed;
                    break;
            }
        }

        while (Server.TryTake(out PppOutput? output))
        {
            switch (output)
            {
                case PppOutput.Frame frame:
                    Launch(Client, frame.Bytes);
                    break;
                case PppOutput.Authenticated authenticated:
                    ServerResults.Add(authenticated.Result);
                    break;
                case PppOutput.Ipv4Up:
                    Ipv4Ups++;
                    break;
                case PppOutput.AuthenticationRequested asked:
                    Judge(asked.Attempt);
                    break;
                case PppOutput.Closed closed:
                    ServerClosed = closed;
                    break;
            }
        }
    }

    private void Judge(PppAuthenticationAttempt attempt)
    {
        if (attempt.UserName != "DOM\\alice" || attempt.Verify("secret") is not { } proof)
        {
            Server.Deny(Now);
            return;
        }

        Server.Grant(
            new PppGrant
            {
                Proof = proof,
                LocalAddress = IPAddress.Parse("10.0.0.1"),
                RemoteAddress = IPAddress.Parse("10.0.0.5"),
                DnsServers = [IPAddress.Parse("10.0.0.1")],
            },
            Now);
    }

    private void Launch(PppSession to, byte[] frame)
    {
        Repeats += _launched.Add((to, Convert.ToHexString(frame))) ? 0 : 1;
        if (_dice.NextDouble() >= _loss)
        {
            _flight.Enqueue((to, frame), (Now + _delay, _order++));
        }
    }
}
