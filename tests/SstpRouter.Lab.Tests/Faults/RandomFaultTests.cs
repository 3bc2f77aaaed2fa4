using System.Collections.Concurrent;
using System.Globalization;
using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests.Faults;

/// <summary>Faults at random, of random length: how long traffic takes to be back. A long run has hundreds.</summary>
public sealed class RandomFaultTests
{
    private const string CountVariable = "SSTP_ROUTER_FAULTS";
    private const string ReportVariable = "SSTP_ROUTER_FAULTS_REPORT";
    private const int UsualCount = 3;
    private const int Pairs = 3;

    /// <summary>The promise, in milliseconds.</summary>
    private const long Median = 3_000;
    private const long Worst = 10_000;

    [RootFact]
    public void Traffic_is_back_within_seconds_of_a_faults_end()
    {
        bool isLong = int.TryParse(Environment.GetEnvironmentVariable(CountVariable), CultureInfo.InvariantCulture, out int count);
        count = isLong ? count : UsualCount;
        int seed = isLong ? Environment.TickCount : 1;
        var results = new ConcurrentBag<Result>();
        int next = 0;
        void Carry(int pair)
        {
            var random = new Random(seed + pair);
            using var network = new FaultyNetwork(seed + pair);
            for (int number; (number = Interlocked.Increment(ref next)) <= count;)
            {
                Fault fault = Fault.All[number % Fault.All.Length];
                TimeSpan outage = TimeSpan.FromSeconds(isLong ? Length(random) : 1 + random.NextDouble());
                long took = fault.Strike(network, outage);
                results.Add(new Result(fault, outage, took));
                network.AwaitUp();
            }
        }

        Task[] pairs = [.. Enumerable.Range(0, isLong ? Pairs : 1).Select(pair => Task.Factory.StartNew(() => Carry(pair), TaskCreationOptions.LongRunning))];
        try
        {
            Task.WaitAll(pairs);
        }
        finally
        {
            Report(results, seed);
        }

        // A handful says nothing about the middle.
        Assert.True(results.Max(r => r.Took) <= Worst, string.Join('\n', results.OrderByDescending(r => r.Took)));
        Assert.True(!isLong || Middle(results) <= Median, $"median {Middle(results)} ms");
    }

    /// <summary>Mostly short, as real outages are, and now and then up to half a minute, in seconds.</summary>
    private static double Length(Random random) => Math.Min(30, 1 - (5 * Math.Log(1 - random.NextDouble())));

    private static long Middle(IEnumerable<Result> results)
    {
        long[] sorted = [.. results.Select(r => r.Took).Order()];
        return sorted[sorted.Length / 2];
    }

    private static void Report(IReadOnlyCollection<Result> results, int seed)
    {
        if (Environment.GetEnvironmentVariable(ReportVariable) is not { Length: > 0 } file || results.Count == 0)
        {
            return;
        }

        static string Line(string name, IReadOnlyCollection<Result> of) => string.Create(
            CultureInfo.InvariantCulture,
            $"- {name}: {of.Count} times, median {Middle(of) / 1000.0:0.0} s, worst {of.Max(r => r.Took) / 1000.0:0.0} s, outages up to {of.Max(r => r.Outage.TotalSeconds):0} s");
        File.WriteAllLines(
            file,
            [
                .. Fault.All.Select(fault => (fault.Name, Of: results.Where(r => r.Fault == fault).ToArray())).Where(f => f.Of.Length > 0).Select(f => Line(f.Name, f.Of)),
                Line($"all, seed {seed}", results),
            ]);
    }

    private sealed record Result(Fault Fault, TimeSpan Outage, long Took)
    {
        public override string ToString() => $"{Fault.Name}, {Outage.TotalSeconds:0.0} s: back after {Took} ms";
    }
}
