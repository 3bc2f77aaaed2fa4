using System.Buffers.Binary;
using System.Collections.Concurrent;
using SstpRouter.Linux;

namespace SstpRouter.Tests.Shared;

/// <summary>What a cable does to packets in one direction.</summary>
internal sealed record CableQuality
{
    /// <summary>How long a packet is under way.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The most that a packet takes longer than that; packets stay in order.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>The part of the packets that is lost, 0 to 1.</summary>
    public double Loss { get; init; }

    /// <summary>Bytes per second; null: as fast as it goes.</summary>
    public long? Rate { get; init; }

    /// <summary>How many packets are under way at most; those beyond are lost.</summary>
    public int Queue { get; init; } = 1_000;

    /// <summary>Nothing arrives.</summary>
    public bool IsCut { get; init; }

    /// <summary>Nothing arrives of the TCP connection with this port at either end, as on a way with a NAT that has forgotten it.</summary>
    public int? ForgottenPort { get; init; }
}

/// <summary>A cable between two network namespaces that a test can make slow, bad or dead: a TUN device in each, and a thread that carries
/// packets from one to the other. A cut is silent: neither side sees its carrier go.</summary>
internal sealed class Cable : IDisposable
{
    private const long WakeToken = 2;
    private const int LongestPacket = 65_535;

    private readonly TunDevice[] _ends;
    private readonly Way[] _ways;
    private readonly Epoll _epoll = new();
    private readonly EventFd _wake = new();
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly Thread _thread;
    private readonly byte[] _buffer = new byte[LongestPacket];
    private volatile bool _ending;

    /// <summary>Joins two namespaces; both ends are down and without an address.</summary>
    /// <param name="name">The kernel's name of the interface, on either side.</param>
    /// <param name="near">One namespace.</param>
    /// <param name="far">The other.</param>
    /// <param name="seed">What decides which packets are lost, and how late others are.</param>
    public Cable(string name, NetworkNamespace near, NetworkNamespace far, int seed = 1)
    {
        Name = name;
        _ends = [near.Run(() => TunDevice.Create(name)), far.Run(() => TunDevice.Create(name))];
        _ways = [new Way(new Random(seed)), new Way(new Random(seed + 1))];
        for (int end = 0; end < _ends.Length; end++)
        {
            _epoll.Add(_ends[end].Descriptor, EpollEvents.Readable, end);
        }

        _epoll.Add(_wake.Descriptor, EpollEvents.Readable, WakeToken);
        _thread = new Thread(Run) { Name = "cable", IsBackground = true };
        _thread.Start();
    }

    public string Name { get; }

    /// <summary>From the near end to the far one.</summary>
    public CableQuality Outward { get => _ways[0].Quality; set => Set(0, value); }

    /// <summary>From the far end to the near one.</summary>
    public CableQuality Inward { get => _ways[1].Quality; set => Set(1, value); }

    /// <summary>Packets carried since the start, both ways.</summary>
    public long Carried => _ways.Sum(w => Interlocked.Read(ref w.Carried));

    /// <summary>Packets lost since the start, both ways.</summary>
    public long Lost => _ways.Sum(w => Interlocked.Read(ref w.Lost));

    /// <summary>The same for both directions.</summary>
    public void Be(CableQuality quality) => (Outward, Inward) = (quality, quality);

    /// <summary>Nothing arrives any more, in either direction; what is under way is lost too.</summary>
    public void Cut() => Be(new CableQuality { IsCut = true });

    /// <summary>Everything arrives again, at once.</summary>
    public void Mend() => Be(new CableQuality());

    /// <summary>Plugs the far end into another namespace, as one that took the place of the first.</summary>
    public void PlugFarEndInto(NetworkNamespace space) => Do(() =>
    {
        _epoll.Remove(_ends[1].Descriptor);
        _ends[1].Dispose();
        _ends[1] = space.Run(() => TunDevice.Create(Name));
        _epoll.Add(_ends[1].Descriptor, EpollEvents.Readable, 1);
    });

    public void Dispose()
    {
        _ending = true;
        _wake.Signal();
        _thread.Join();
        Array.ForEach(_ends, end => end.Dispose());
        _epoll.Dispose();
        _wake.Dispose();
    }

    private void Set(int way, CableQuality quality) => Do(() => _ways[way].Change(quality));

    /// <summary>Does something on the cable's thread, and waits for it.</summary>
    private void Do(Action action)
    {
        var done = new TaskCompletionSource();
        _posted.Enqueue(() =>
        {
            try
            {
                action();
                done.SetResult();
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        });
        _wake.Signal();
        done.Task.GetAwaiter().GetResult();
    }

    private void Run()
    {
        var ready = new EpollReady[3];
        while (!_ending)
        {
            long next = Math.Min(_ways[0].NextDue, _ways[1].NextDue);
            int wait = next == long.MaxValue ? -1 : (int)Math.Clamp(next - MonotonicClock.Milliseconds, 0, 1_000);
            int count = _epoll.Wait(ready, wait);
            for (int i = 0; i < count; i++)
            {
                if (ready[i].Token == WakeToken)
                {
                    _wake.Clear();
                }
                else
                {
                    Take((int)ready[i].Token);
                }
            }

            while (_posted.TryDequeue(out Action? action))
            {
                action();
            }

            for (int way = 0; way < _ways.Length; way++)
            {
                _ways[way].Deliver(_ends[1 - way]);
            }
        }
    }

    private void Take(int end)
    {
        int length;
        while ((length = _ends[end].Read(_buffer)) > 0)
        {
            _ways[end].Take(_buffer.AsSpan(0, length));
        }
    }

    /// <summary>One direction; only the cable's thread uses it.</summary>
    private sealed class Way(Random random)
    {
        public long Carried;
        public long Lost;

        private readonly Queue<(long Due, byte[] Packet)> _underWay = new();
        private long _lastDue;
        private double _free;

        public CableQuality Quality { get; private set; } = new();

        public long NextDue => _underWay.TryPeek(out (long Due, byte[]) first) ? first.Due : long.MaxValue;

        public void Change(CableQuality quality)
        {
            Quality = quality;
            if (quality.IsCut)
            {
                Interlocked.Add(ref Lost, _underWay.Count);
                _underWay.Clear();
            }
        }

        public void Take(ReadOnlySpan<byte> packet)
        {
            if (Quality.IsCut || IsForgotten(packet) || _underWay.Count >= Quality.Queue || random.NextDouble() < Quality.Loss)
            {
                Interlocked.Increment(ref Lost);
                return;
            }

            long now = MonotonicClock.Milliseconds;
            _free = Math.Max(_free, now) + (Quality.Rate is { } rate ? packet.Length * 1_000.0 / rate : 0);
            double late = Quality.Delay.TotalMilliseconds + (random.NextDouble() * Quality.Jitter.TotalMilliseconds);
            _lastDue = Math.Max(_lastDue, (long)(_free + late));
            _underWay.Enqueue((_lastDue, packet.ToArray()));
        }

        private bool IsForgotten(ReadOnlySpan<byte> packet) =>
            Quality.ForgottenPort is { } port
            && packet[0] >> 4 == 4
            && packet[9] == 6
            && packet[((packet[0] & 0xF) * 4)..] is var tcp
            && (BinaryPrimitives.ReadUInt16BigEndian(tcp) == port || BinaryPrimitives.ReadUInt16BigEndian(tcp[2..]) == port);

        public void Deliver(TunDevice end)
        {
            long now = MonotonicClock.Milliseconds;
            while (_underWay.TryPeek(out (long Due, byte[] Packet) first) && first.Due <= now)
            {
                _underWay.Dequeue();
                Interlocked.Increment(ref end.Write(first.Packet) ? ref Carried : ref Lost);
            }
        }
    }
}
