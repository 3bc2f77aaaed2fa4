using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SstpRouter.Linux;
using SstpRouter.Tls;
using SstpRouter.Tunnels.Data;

namespace SstpRouter.Benchmarks;

/// <summary>One tunnel's way out on one thread and on two, with a ring of whole batches between them: packets are made from super-packets, sealed and
/// sent, and the ring is before the sealing or behind it.</summary>
/// <remarks>A batch is what one super-packet of 64 KB gives. Not in it: the read from TUN, a copy of the same length and a system call, which would
/// stay beside the splitting.</remarks>
internal sealed class CoreComparison : IDisposable
{
    private const int Rounds = 5;
    private const int RingLength = 4;
    private const int Wakes = 1_000;
    private static readonly TimeSpan Time = TimeSpan.FromMilliseconds(400);

    private readonly TlsContext _calling = TlsContext.ForClient(new TlsClientPolicy());
    private readonly TlsContext _serving = TlsContext.ForServer(new TlsServerPolicy());
    private readonly TlsConnection _tls;
    private readonly TlsConnection _peer;
    private readonly Batches _batches = new(new QueuePool());
    private readonly byte[][] _ring = [.. Enumerable.Range(0, RingLength).Select(_ => new byte[Batches.Length])];
    private readonly int[] _filled = new int[RingLength];
    private readonly byte[][] _sealed = [.. Enumerable.Range(0, RingLength).Select(_ => new byte[Batches.Length + 4096])];
    private readonly int[] _sealedLength = new int[RingLength];
    private readonly Socket _out;
    private readonly Socket _in;
    private readonly byte[] _ciphertext;
    private long _now;

    private CoreComparison()
    {
        _tls = _calling.Connect(new CiphertextPool());
        _peer = _serving.Accept();
        _ = MemoryWire.ShakeHands(_tls, _peer);
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _out = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _out.Connect(listener.LocalEndPoint!);
        _in = listener.Accept();
        new Thread(Drain) { IsBackground = true }.Start();
        Make(0);
        Seal(0);
        _ciphertext = _tls.Ciphertext.ToArray();
        Discard();
    }

    /// <summary>Prints two tables in Markdown.</summary>
    public static void Run()
    {
        using var comparison = new CoreComparison();
        (string Name, Func<Result> Measure)[] ways =
        [
            ("make packets: copy, split, queue, frame", () => comparison.Alone(() => comparison.Make(0))),
            ("seal: " + comparison._tls.CipherSuite, () => comparison.Alone(comparison.SealAndDiscard)),
            ("send: loopback TCP", () => comparison.Alone(() => comparison._out.Send(comparison._ciphertext))),
            ("make and seal, one thread", () => comparison.Alone(() =>
            {
                comparison.Make(0);
                comparison.SealAndDiscard();
            })),
            ("make &#124; seal, two threads", () => comparison.Beside(comparison.Make, comparison.SealAndDiscard)),
            ("make, seal and send, one thread", () => comparison.Alone(() =>
            {
                comparison.Make(0);
                comparison.SealAndSend(0);
            })),
            ("make &#124; seal and send, two threads", () => comparison.Beside(comparison.Make, comparison.SealAndSend)),
            ("make and seal &#124; send, two threads", () => comparison.Beside(comparison.MakeAndSeal, comparison.SendSealed)),
        ];

        // In turn, so that a busy moment hits all alike.
        Result[][] results = [.. Enumerable.Range(0, Rounds + 1).Select(_ => ways.Select(w => w.Measure()).ToArray())];
        double[] alone = new double[ways.Length];
        Console.WriteLine($"{Environment.ProcessorCount} processors; the median of {Rounds} rounds, a batch of {Batches.PacketsOfBulk} packets\n");
        Console.WriteLine("| what | µs a batch | Gbit/s | µs of processor a batch |\n| --- | --- | --- | --- |");
        for (int i = 0; i < ways.Length; i++)
        {
            double[] times = [.. results.Skip(1).Select(r => r[i].Microseconds).Order()];
            double[] processor = [.. results.Skip(1).Select(r => r[i].Processor).Order()];
            double median = times[Rounds / 2];
            alone[i] = processor[Rounds / 2];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {ways[i].Name} | {median:F1} | {comparison._filled[0] * 8 / median / 1_000:F1} | {processor[Rounds / 2]:F1} |"));
        }

        // The longer side decides. The processor time of sending is overrated: it has what drains the other end in it.
        double all = alone[0] + alone[1] + alone[2];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\nWith a processor for each thread and nothing lost between them: {all / Math.Max(alone[0], alone[1] + alone[2]):F2} times one thread where the ring is before the sealing, {all / Math.Max(alone[0] + alone[1], alone[2]):F2} times where it is behind, at best."));
        (double usual, double rare) = Wake();
        Console.WriteLine("\n| cost of the second thread | |\n| --- | --- |");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| a lone packet's way to a thread that sleeps in epoll, median | {usual:F1} µs |"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| the same, 99 of 100 | {rare:F1} µs |"));
        Console.WriteLine($"| memory, each tunnel that is busy | {RingLength * Batches.Length / 1024} KB |");
    }

    public void Dispose()
    {
        _out.Dispose();
        _in.Dispose();
        _tls.Dispose();
        _peer.Dispose();
        _calling.Dispose();
        _serving.Dispose();
    }

    private void Make(int place)
    {
        _now++;
        _batches.Begin();
        _batches.AddBulk(_now);
        _filled[place] = _batches.Fill(_ring[place], _now);
        _batches.End();
    }

    private void Seal(int place) => _tls.Write(_ring[place].AsSpan(0, _filled[place]));

    private void SealAndDiscard() => SealAndDiscard(0);

    private void SealAndDiscard(int place)
    {
        Seal(place);
        Discard();
    }

    private void SealAndSend(int place)
    {
        Seal(place);
        while (!_tls.Ciphertext.IsEmpty)
        {
            _tls.Sent(_out.Send(_tls.Ciphertext));
        }
    }

    private void MakeAndSeal(int place)
    {
        Make(place);
        Seal(place);
        _sealedLength[place] = _tls.TakeCiphertext(_sealed[place]);
    }

    private void SendSealed(int place)
    {
        for (int at = 0; at < _sealedLength[place];)
        {
            at += _out.Send(_sealed[place].AsSpan(at, _sealedLength[place] - at));
        }
    }

    private void Discard() => _tls.Sent(_tls.PendingCiphertext);

    private Result Alone(Action batch)
    {
        long count = 0;
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Time)
        {
            batch();
            count++;
        }

        return new Result(Stopwatch.GetElapsedTime(start), Environment.CpuUsage.TotalTime - processor, count);
    }

    private Result Beside(Action<int> first, Action<int> second)
    {
        using var free = new SemaphoreSlim(RingLength);
        using var full = new SemaphoreSlim(0);
        bool ending = false;
        var thread = new Thread(() =>
        {
            for (int place = 0; ; place = (place + 1) % RingLength)
            {
                full.Wait();
                if (Volatile.Read(ref ending))
                {
                    return;
                }

                second(place);
                free.Release();
            }
        });
        thread.Start();
        int next = 0;
        Result result = Alone(() =>
        {
            free.Wait();
            first(next);
            next = (next + 1) % RingLength;
            full.Release();
        });
        Volatile.Write(ref ending, true);
        full.Release();
        thread.Join();
        return result;
    }

    private void Drain()
    {
        byte[] room = new byte[256 * 1024];
        try
        {
            while (_in.Receive(room) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // It is over.
        }
    }

    /// <summary>The time from a signal to the other thread's return from epoll, in microseconds: the middle one, and 99 of 100.</summary>
    private static (double Usual, double Rare) Wake()
    {
        using Epoll epoll = new();
        using EventFd signal = new();
        epoll.Add(signal.Descriptor, EpollEvents.Readable, 0);
        double[] times = new double[Wakes];
        long sent = 0;
        int taken = 0;
        var sleeper = new Thread(() =>
        {
            EpollReady[] ready = new EpollReady[1];
            while (taken < Wakes)
            {
                epoll.Wait(ready, -1);
                times[taken] = Stopwatch.GetElapsedTime(Volatile.Read(ref sent)).TotalMicroseconds;
                signal.Clear();
                Volatile.Write(ref taken, taken + 1);
            }
        });
        sleeper.Start();
        for (int i = 0; i < Wakes; i++)
        {
            Thread.Sleep(1); // it must be asleep
            Volatile.Write(ref sent, Stopwatch.GetTimestamp());
            signal.Signal();
            while (Volatile.Read(ref taken) == i)
            {
                Thread.Yield();
            }
        }

        sleeper.Join();
        Array.Sort(times);
        return (times[Wakes / 2], times[Wakes * 99 / 100]);
    }

    private readonly record struct Result(TimeSpan Elapsed, TimeSpan ProcessorTime, long Batches)
    {
        public double Microseconds => Elapsed.TotalMicroseconds / Batches;

        public double Processor => ProcessorTime.TotalMicroseconds / Batches;
    }
}
