using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using SstpRouter.Lab.Tests.Harness;
using SstpRouter.Linux;
using SstpRouter.Ppp;
using SstpRouter.Sstp;
using SstpRouter.Tls;

namespace SstpRouter.Lab.Tests.Many;

/// <summary>An attacker: so many new calls a second, each with one wrong password, all on one thread. He waits for no answer that is late.</summary>
internal sealed class Guesser : IDisposable
{
    private static readonly TimeSpan Impatience = TimeSpan.FromMilliseconds(300);

    private readonly IPEndPoint _server;
    private readonly int _perSecond;
    private readonly TlsContext _context = TlsContext.ForClient(new TlsClientPolicy());
    private readonly Dictionary<long, Guess> _guesses = [];
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly Thread _thread;
    private volatile bool _ending;
    private long _opened;
    private int _shown;

    /// <summary>Begins at once.</summary>
    public Guesser(Host host, IPEndPoint server, int perSecond)
    {
        _server = server;
        _perSecond = perSecond;
        _thread = new Thread(() => host.Namespace.Run(Run)) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Connections opened so far.</summary>
    public long Opened => Interlocked.Read(ref _opened);

    /// <summary>How many of them showed the server a password.</summary>
    public int Shown => Volatile.Read(ref _shown);

    public void Dispose()
    {
        _ending = true;
        _thread.Join();
        _context.Dispose();
    }

    private void Run()
    {
        using Epoll epoll = new();
        Span<EpollReady> ready = stackalloc EpollReady[128];
        long start = Stopwatch.GetTimestamp();
        while (!_ending)
        {
            while (_opened < Stopwatch.GetElapsedTime(start).TotalSeconds * _perSecond)
            {
                Open(epoll);
            }

            int count = epoll.Wait(ready, 2);
            for (int i = 0; i < count; i++)
            {
                Advance(epoll, ready[i]);
            }

            foreach ((long token, Guess guess) in _guesses)
            {
                if (guess.IsShown && Stopwatch.GetElapsedTime(guess.ShownAt) > Impatience)
                {
                    Close(token);
                }
            }
        }

        foreach (long token in _guesses.Keys)
        {
            Close(token);
        }
    }

    private void Open(Epoll epoll)
    {
        long token = Interlocked.Increment(ref _opened);
        Guess guess = new(TcpSocket.Connect(_server), _context.Connect());
        _guesses.Add(token, guess);
        epoll.Add(guess.Socket.Descriptor, EpollEvents.Writable, token);
    }

    private void Advance(Epoll epoll, EpollReady ready)
    {
        long token = ready.Token;
        if (!_guesses.TryGetValue(token, out Guess? guess))
        {
            return;
        }

        if ((ready.Events & EpollEvents.Writable) != 0)
        {
            // Connected: from here on the server speaks and he answers.
            epoll.Modify(guess.Socket.Descriptor, EpollEvents.Readable, token);
        }

        bool goesOn = guess.Advance(_buffer);
        if (guess is { IsShown: true, ShownAt: 0 })
        {
            guess.ShownAt = Stopwatch.GetTimestamp();
            Interlocked.Increment(ref _shown);
        }

        if (!goesOn)
        {
            Close(token);
        }
    }

    private void Close(long token)
    {
        if (_guesses.Remove(token, out Guess? guess))
        {
            guess.Dispose();
        }
    }

    /// <summary>One call, up to the answer.</summary>
    private sealed class Guess(TcpSocket socket, TlsConnection tls) : IDisposable
    {
        private readonly PppSession _ppp = new(
            new PppSessionOptions { Role = PppRole.Client, UserName = "MT-User", Password = "WeakPass", EnableIpv6 = false },
            RandomNumberGenerator.Fill);

        private SstpClientCall? _call;
        private byte[] _rest = [];

        public TcpSocket Socket => socket;

        /// <summary>The password has been sent.</summary>
        public bool IsShown { get; private set; }

        public long ShownAt { get; set; }

        /// <summary>Goes on with what has arrived.</summary>
        /// <returns>False where there is nothing more to do.</returns>
        public bool Advance(byte[] buffer)
        {
            int count = socket.Receive(buffer);
            if (count is 0 or TcpSocket.Failed)
            {
                return false;
            }

            tls.PutCiphertext(buffer.AsSpan(0, Math.Max(count, 0)));
            bool goesOn = Answer(buffer);
            for (int taken; (taken = tls.TakeCiphertext(buffer)) > 0;)
            {
                _ = socket.Send(buffer.AsSpan(0, taken));
            }

            return goesOn;
        }

        public void Dispose()
        {
            tls.Dispose();
            socket.Dispose();
        }

        private static long Now => MonotonicClock.Milliseconds;

        private bool Answer(byte[] buffer)
        {
            if (_call is null)
            {
                if (tls.Handshake() is TlsStatus.WantsInput or TlsStatus.Failed)
                {
                    return tls.Failure is null;
                }

                _call = new SstpClientCall(
                    new SstpClientOptions { Host = "hq", ServerCertificateDer = tls.PeerCertificateDer ?? [] }, RandomNumberGenerator.Fill);
                _call.Start(Now);
                CarryOut();
            }

            TlsStatus status;
            while ((status = tls.Read(buffer, out int count)) == TlsStatus.Data)
            {
                ReadOnlySpan<byte> input = (byte[])[.. _rest, .. buffer.AsSpan(0, count)];
                while (_call.TryRead(ref input, Now, out ReadOnlySpan<byte> frame))
                {
                    CarryOut();
                    _ppp.Receive(frame, Now);
                }

                _rest = input.ToArray();
                CarryOut();
            }

            return status == TlsStatus.WantsInput;
        }

        private void CarryOut()
        {
            while (_call!.TryTake(out SstpOutput? output))
            {
                if (output is SstpOutput.Send send)
                {
                    tls.Write(send.Bytes);
                }
                else if (output is SstpOutput.PppMayStart)
                {
                    _ppp.Start(Now);
                }
            }

            while (_ppp.TryTake(out PppOutput? output))
            {
                if (output is PppOutput.Frame frame)
                {
                    byte[] packet = new byte[SstpPacket.DataHeaderLength + frame.Bytes.Length];
                    SstpPacket.WriteDataHeader(packet, frame.Bytes.Length);
                    frame.Bytes.CopyTo(packet, SstpPacket.DataHeaderLength);
                    tls.Write(packet);
                    IsShown |= IsChapResponse(frame.Bytes);
                }
            }
        }

        // Address and control, then the protocol of CHAP, then the code of a Response: RFC 1994 4.1.
        private static bool IsChapResponse(ReadOnlySpan<byte> frame) => frame is [0xFF, 0x03, 0xC2, 0x23, 2, ..];
    }
}
