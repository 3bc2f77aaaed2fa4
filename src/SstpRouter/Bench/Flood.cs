using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SstpRouter.Linux;

namespace SstpRouter.Bench;

/// <summary>UDP datagrams from one namespace to another, at a pace.</summary>
internal sealed class Flood : IDisposable
{
    /// <summary>Enough for a receiver that is kept from running for a moment.</summary>
    private const int ReceiveBuffer = 4 * 1024 * 1024;

    // socket(7): SO_RCVBUFFORCE of SOL_SOCKET goes beyond what others are allowed.
    private const int LevelSocket = 1;
    private const int ForceReceiveBuffer = 33;

    /// <summary>Packets at once that any path should take: a TUN device queues 500.</summary>
    private const int HarmlessBurst = 256;

    private const int ReceiveTimeout = 100;
    private const int MillisecondsOfPace = 1;

    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(5);

    private readonly Socket _sender;
    private readonly Socket _receiver;
    private readonly Thread _thread;
    private readonly int _length;
    private long _received;
    private volatile bool _ending;

    /// <summary>Makes the sockets; nothing is sent yet.</summary>
    /// <param name="from">Where they are sent.</param>
    /// <param name="to">Where they arrive.</param>
    /// <param name="target">An address of <paramref name="to"/>.</param>
    /// <param name="length">The payload of each, in octets.</param>
    public Flood(NetworkNamespace from, NetworkNamespace to, IPAddress target, int length)
    {
        _length = length;
        _receiver = to.Run(Open);
        _receiver.SetRawSocketOption(LevelSocket, ForceReceiveBuffer, BitConverter.GetBytes(ReceiveBuffer));
        _receiver.ReceiveTimeout = ReceiveTimeout;
        _receiver.Bind(new IPEndPoint(target, 0));
        _sender = from.Run(Open);
        _sender.Connect(_receiver.LocalEndPoint!);
        _thread = new Thread(Receive) { Name = "flood", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Sends for a while, and waits until no more comes.</summary>
    /// <param name="rate">Packets a second, 1 or more; fewer where this thread cannot keep the pace.</param>
    /// <param name="time">How long.</param>
    /// <returns>Packets sent and received, and how long the sending took.</returns>
    public (long Sent, long Received, TimeSpan Took) Send(double rate, TimeSpan time)
    {
        byte[] payload = new byte[_length];
        long before = Interlocked.Read(ref _received);
        long sent = 0;
        long forgiven = 0;
        long largest = Math.Max(HarmlessBurst, (long)(rate * 2 * MillisecondsOfPace / 1_000));
        long start = Stopwatch.GetTimestamp();
        TimeSpan taken;
        while ((taken = Stopwatch.GetElapsedTime(start)) < time)
        {
            // What a pause of this thread left undone is not made up for: it would be a burst that nobody could take.
            long due = (long)(rate * taken.TotalSeconds) + 1 - sent - forgiven;
            long now = Math.Min(due, largest);
            forgiven += due - now;
            for (long i = 0; i < now; i++)
            {
                _ = _sender.Send(payload, SocketFlags.None, out _); // a full queue is a loss like any other
            }

            sent += now;
            Thread.Sleep(MillisecondsOfPace);
        }

        return (sent, Drain() - before, taken);
    }

    public void Dispose()
    {
        _ending = true;
        _thread.Join();
        _sender.Dispose();
        _receiver.Dispose();
    }

    private static Socket Open() => new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    private long Drain()
    {
        long start = Stopwatch.GetTimestamp();
        long last;
        do
        {
            last = Interlocked.Read(ref _received);
            Thread.Sleep(Quiet);
        }
        while (Interlocked.Read(ref _received) != last && Stopwatch.GetElapsedTime(start) < DrainLimit);
        return Interlocked.Read(ref _received);
    }

    private void Receive()
    {
        byte[] buffer = new byte[_length];
        while (!_ending)
        {
            if (_receiver.Receive(buffer, SocketFlags.None, out SocketError error) > 0 && error == SocketError.Success)
            {
                Interlocked.Increment(ref _received);
            }
        }
    }
}
