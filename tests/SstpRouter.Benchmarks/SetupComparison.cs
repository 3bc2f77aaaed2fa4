using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using SstpRouter.Linux;
using SstpRouter.Ppp;
using SstpRouter.Tls;
using SstpRouter.Tunnels;
using SstpRouter.Tunnels.Client;
using SstpRouter.Tunnels.Server;
using SstpRouter.Tunnels.Workers;

namespace SstpRouter.Benchmarks;

/// <summary>Whole set-ups a second, both ends of them, beside full handshakes of <c>openssl s_time</c> with <c>openssl s_server</c>, with the same
/// certificate. Started with <c>taskset -c</c>, all of it shares one processor; it takes root, for the interfaces.</summary>
/// <remarks>A set-up is TCP, a full handshake of TLS, HTTP, SSTP and PPP with its login by MS-CHAPv2, and an interface with its address and route at
/// either end.</remarks>
internal static class SetupComparison
{
    private const int Rounds = 5;
    private const int Burst = 100;
    private const string User = "bench";
    private const string Password = "StrongPass";

    /// <summary>Prints a table in Markdown.</summary>
    public static void Run()
    {
        Console.WriteLine($"{Environment.ProcessorCount} processor(s); bursts of {Burst} tunnels, the median of {Rounds} rounds in turn\n");
        Console.WriteLine("| key | set-ups a second | ms of our processor time each | s_time, TLS 1.3, full handshakes a second | ratio |\n| --- | --- | --- | --- | --- |");
        foreach (BenchIdentity identity in BenchIdentity.OfEachKind())
        {
            Compare(identity);
        }
    }

    private static void Compare(BenchIdentity bench)
    {
        using Place place = new(bench.Identity);
        _ = place.RaiseAndLower(); // everything is compiled and made that is made once
        List<(double Rate, double Milliseconds)> ours = [];
        List<double> theirs = [];
        for (int round = 0; round < Rounds; round++)
        {
            ours.Add(place.RaiseAndLower());
            theirs.Add(HandshakeComparison.Theirs(bench.Pem, port => HandshakeComparison.Time(port, "-new -tls1_3")));
        }

        double rate = Median(ours.Select(o => o.Rate));
        double handshakes = Median(theirs);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {bench.Key} | {rate:F0} | {Median(ours.Select(o => o.Milliseconds)):F1} | {handshakes:F0} | {rate / handshakes:F2} |"));
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    /// <summary>A namespace with a listener, and those who dial it.</summary>
    private sealed class Place : ITunnelLog, ICallAdmission, IDisposable
    {
        private static readonly IPAddress Near = IPAddress.Parse("10.0.0.1");

        private readonly NetworkNamespace _space = NetworkNamespace.Create();
        private readonly NameResolver _resolver = new();
        private readonly TunnelWorkers _workers;
        private readonly SstpListener _listener;
        private readonly ConcurrentQueue<string> _said = new();
        private int _admitted;
        private int _connected;

        public Place(TlsIdentity identity)
        {
            (_workers, _listener) = _space.Run(() =>
            {
                using RouteSocket routes = new();
                routes.SetLinkUp(routes.Link("lo")!.Index);
                TunnelWorkers workers = new(1, _said.Enqueue);
                return (workers, new SstpListener(workers, this, this, new ListenOptions
                {
                    EndPoint = new IPEndPoint(IPAddress.Loopback, 443),
                    Tls = new TlsServerPolicy { Identity = identity },
                    EnableIpv6 = false,
                }));
            });
        }

        public void Write(TunnelLogLevel level, string text)
        {
            if (level == TunnelLogLevel.Warning)
            {
                _said.Enqueue(text);
            }
        }

        public AdmissionDecision Admit(IPEndPoint peer, PppAuthenticationAttempt attempt)
        {
            if (attempt.Verify(Password) is not { } proof)
            {
                return new AdmissionDecision.Denied("wrong password");
            }

            int number = _admitted++;
            IPAddress far = IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"10.{1 + (number / 40_000)}.{number / 200 % 200}.{1 + (number % 200)}"));
            return new AdmissionDecision.Admitted(
                new PppGrant { Proof = proof, LocalAddress = Near, RemoteAddress = far }, new InterfaceName($"<{number}>", $"in{number}", null), new TunnelLimits());
        }

        public PppAuthenticationProof? AdmitAgain(IPEndPoint peer, PppAuthenticationAttempt attempt) => attempt.Verify(Password);

        public void LoggedIn(ServerCall call)
        {
        }

        public void Connected(ServerCall call) => Interlocked.Increment(ref _connected);

        public void Ended(ServerCall call) => Interlocked.Decrement(ref _connected);

        /// <summary>Dials all at once, and hangs up when all are up.</summary>
        /// <returns>Tunnels a second, and the processor time of one.</returns>
        public (double Rate, double Milliseconds) RaiseAndLower()
        {
            SstpDialler[] diallers = [.. Enumerable.Range(0, Burst).Select(n => new SstpDialler(_workers.Next(), _resolver, this, Options(n), static _ => { }))];
            TimeSpan processor = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            Array.ForEach(diallers, d => d.Start());
            while (Volatile.Read(ref _connected) < Burst || !diallers.All(d => d.State.IsRunning))
            {
                if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromMinutes(2))
                {
                    throw new InvalidOperationException($"{_connected} of {Burst} are up\n{string.Join('\n', _said)}");
                }

                Thread.Sleep(2);
            }

            TimeSpan took = Stopwatch.GetElapsedTime(start);
            processor = Environment.CpuUsage.TotalTime - processor;
            Task.WaitAll([.. diallers.Select(d => d.Stop())]);
            SpinWait.SpinUntil(() => Volatile.Read(ref _connected) == 0);
            return (Burst / took.TotalSeconds, processor.TotalMilliseconds / Burst);
        }

        public void Dispose()
        {
            _listener.Stop().Wait();
            _workers.Dispose();
            _resolver.Dispose();
            _space.Dispose();
        }

        private static DialOptions Options(int number) => new()
        {
            Interface = new InterfaceName($"out{number}", $"out{number}", null),
            Host = "127.0.0.1",
            Port = 443,

            // What it demands allows no resumption.
            Tls = new TlsClientPolicy { ServerName = "127.0.0.1", Pfs = TlsPfs.Required },
            User = User,
            Password = Password,
            EnableIpv6 = false,
        };
    }
}
