using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace SstpRouter.Fuzzing;

/// <summary>Runs a decoder over hostile inputs: it must not throw, must end, and must not take memory that its input does not account for.</summary>
/// <remarks><para>An execution is one input given to one decoder. <c>SSTP_ROUTER_CASES</c> sets how many; a line with the target and what was done goes to
/// the file that <c>SSTP_ROUTER_FUZZ_LOG</c> names.</para>
/// <para>What once failed stands in <c>Inputs/TARGET.hex</c> beside the test, an input a line, and is run first.</para></remarks>
internal static class Fuzz
{
    private const int PerChange = 3_000;

    /// <summary>The longest that one input may take; a machine that is busy with other things takes its time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>How many executions each target gets.</summary>
    public static int Executions { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("SSTP_ROUTER_CASES"), NumberStyles.None, CultureInfo.InvariantCulture, out int cases) ? cases : PerChange;

    /// <summary>Runs one target.</summary>
    /// <param name="target">Its name: <c>sstp-message</c>.</param>
    /// <param name="corpus">Sound inputs.</param>
    /// <param name="decode">The decoder and what must hold of its result; it catches the errors that it is documented to give.</param>
    /// <param name="memory">The most that one input may make it allocate, in bytes.</param>
    /// <param name="test">The test's own file.</param>
    public static void Run(string target, IReadOnlyList<byte[]> corpus, Action<byte[]> decode, long memory = 64 * 1024, [CallerFilePath] string test = "")
    {
        var watched = new Watched(target);
        foreach (byte[] input in corpus.Concat(Saved(target, test)))
        {
            Execute(watched, "saved", input, decode, long.MaxValue); // and everything is compiled and made that is made once
        }

        using Timer watch = new(_ => watched.FailWhenStuck(), null, Patience, Patience);
        var mutator = new Mutator(corpus);
        long start = Stopwatch.GetTimestamp();
        for (int seed = 0; seed < Executions; seed++)
        {
            Execute(watched, $"seed {seed}", mutator.Make(seed), decode, memory);
        }

        watched.Ended();
        Report(target, Executions, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Tells of executions that a test with a loop of its own has done.</summary>
    public static void Report(string target, long executions, TimeSpan took)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{target}: {executions} executions, {executions / Math.Max(took.TotalSeconds, 0.001):F0}/s");
        System.Console.WriteLine("fuzz " + line);
        if (Environment.GetEnvironmentVariable("SSTP_ROUTER_FUZZ_LOG") is { Length: > 0 } log)
        {
            File.AppendAllText(log, line + "\n");
        }
    }

    private static void Execute(Watched watched, string which, byte[] input, Action<byte[]> decode, long memory)
    {
        watched.Begins(input);
        byte[] given = [.. input];
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            decode(given);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"{watched.Target}, {which}: {failure.Message}\ninput: {Convert.ToHexString(input)}", failure);
        }

        long taken = GC.GetAllocatedBytesForCurrentThread() - before;
        if (taken > memory)
        {
            throw new InvalidOperationException($"{watched.Target}, {which}: {taken} bytes allocated, {memory} are allowed\ninput: {Convert.ToHexString(input)}");
        }
    }

    private static IEnumerable<byte[]> Saved(string target, string test)
    {
        string file = Path.Combine(Path.GetDirectoryName(test)!, "Inputs", target + ".hex");
        return File.Exists(file)
            ? File.ReadLines(file).Where(l => l.Length > 0 && l[0] != '#').Select(Convert.FromHexString)
            : [];
    }

    private sealed class Watched(string target)
    {
        private byte[] _input = [];
        private long _since;

        public string Target => target;

        public void Begins(byte[] input)
        {
            Volatile.Write(ref _input, input);
            Interlocked.Exchange(ref _since, Stopwatch.GetTimestamp());
        }

        public void Ended() => Interlocked.Exchange(ref _since, 0);

        // The test's own thread will not come back: the process says what it hangs on, and ends.
        public void FailWhenStuck()
        {
            long since = Interlocked.Read(ref _since);
            if (since != 0 && Stopwatch.GetElapsedTime(since) > Patience)
            {
                Environment.FailFast($"{target} does not end\ninput: {Convert.ToHexString(Volatile.Read(ref _input))}");
            }
        }
    }
}
