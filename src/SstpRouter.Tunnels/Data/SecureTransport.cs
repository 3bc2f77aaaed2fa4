using System.Net;
using SstpRouter.Linux;
using SstpRouter.Tls;
using SstpRouter.Tunnels.Workers;

namespace SstpRouter.Tunnels.Data;

/// <summary>Who owns a <see cref="SecureTransport"/>. Calls come on the worker's thread.</summary>
internal interface ITransportOwner
{
    /// <summary>The TLS handshake is complete.</summary>
    void TlsReady(long now);

    /// <summary>Plaintext can be read.</summary>
    void Readable(long now);

    /// <summary>What was backed up has left; there is room to send again.</summary>
    void Writable(long now);

    /// <summary>What was sent stays unacknowledged, or, after that, is acknowledged again: see <see cref="SecureTransport.IsStalled"/>.</summary>
    void StallChanged(long now);

    /// <summary>The connection is lost; called at most once, and never after <see cref="SecureTransport.Dispose"/>.</summary>
    void Lost(TransportLoss loss, long now);
}

/// <summary>How a connection was lost.</summary>
/// <param name="Errno">The socket's error, or 0.</param>
/// <param name="Tls">What TLS said, or null.</param>
/// <param name="Orderly">True where the peer closed TLS or TCP as it should.</param>
internal sealed record TransportLoss(int Errno, TlsFailure? Tls, bool Orderly);

/// <summary>A TCP socket and the TLS on top of it, on one worker.</summary>
internal sealed class SecureTransport : PollTarget, ITimed, IDisposable
{
    /// <summary>Ciphertext waiting beyond this stops the reading of the socket as well: a peer that asks but never reads cannot make us grow.</summary>
    private const int ReadStopMark = 256 * 1024;

    /// <summary>After <see cref="Close"/>, what waits has this long to leave, in milliseconds: a peer may never read again.</summary>
    private const long LingerLimit = 5_000;

    /// <summary>The longest wait between retransmissions while the path is suspect, in milliseconds, and Linux's own.</summary>
    private const int HurriedWait = 1_000;
    private const int UsualWait = 120_000;

    /// <summary>What may wait in the socket unsent, in bytes: enough to keep a fast path busy until the worker comes round.</summary>
    private const int MostUnsent = 128 * 1024;

    /// <summary>And on a slow path, where each byte that waits is felt: two of the largest packets, and two segments where those are larger.</summary>
    private const int LeastUnsent = 8 * 1024;

    /// <summary>How long what waits there may take to leave, in milliseconds.</summary>
    private const long UnsentTime = 4;

    /// <summary>How often the speed of the path is looked at, in milliseconds.</summary>
    private const long SpeedInterval = 100;

    /// <summary>Reads at most this often before the worker's other tunnels have their turn.</summary>
    private const int ReceivesAtOnce = 8;

    private readonly TunnelWorker _worker;
    private readonly TcpSocket _socket;
    private readonly TlsConnection _tls;
    private readonly ITransportOwner _owner;
    private readonly long _token;
    private EpollEvents _watched = EpollEvents.Readable;
    private StallWatch _stall = new();
    private long _nextSpeedLook;
    private bool _handshaking = true;
    private bool _closing;
    private bool _closed;
    private long _lingerEnds = long.MaxValue;

    public SecureTransport(TunnelWorker worker, TcpSocket socket, TlsConnection tls, ITransportOwner owner)
    {
        _worker = worker;
        _socket = socket;
        _tls = tls;
        _owner = owner;
        _socket.LimitUnsent(WriteLimit);
        _token = worker.Watch(socket.Descriptor, _watched, this);
    }

    /// <summary>True while the socket takes no more: nothing should be added that can wait.</summary>
    public bool IsBackedUp { get; private set; }

    /// <summary>How many bytes should be written at once at most, for others to be able to overtake what comes behind them.</summary>
    public int WriteLimit { get; private set; } = MostUnsent;

    public bool IsClosed => _closed;

    public long QueuedDeadline { get; set; } = long.MaxValue;

    public long NextDeadline => _closed ? long.MaxValue : Math.Min(_lingerEnds, _stall.NextLook);

    public TlsConnection Tls => _tls;

    public IPEndPoint RemoteEndPoint => _socket.RemoteEndPoint;

    /// <summary>True while the path is suspect: nothing was acknowledged for seconds, and something is outstanding.</summary>
    public bool IsStalled => _stall.IsStalled;

    /// <summary>When bytes last came from the peer.</summary>
    public long LastReceived { get; private set; } = long.MinValue;

    /// <summary>In milliseconds: how soon it must show if the path is back.</summary>
    public long Moment => _closed ? 0 : StallWatch.Moment(_socket.ReadInfo());

    /// <summary>Client: starts the TLS handshake.</summary>
    public void Begin(long now) => Handshake(now);

    /// <summary>Puts plaintext into TLS records; <see cref="Flush"/> sends them.</summary>
    public void Write(ReadOnlySpan<byte> plaintext)
    {
        if (!_closed && !_closing)
        {
            _tls.Write(plaintext);
        }
    }

    /// <summary>Sends as much as the socket takes.</summary>
    public void Flush(long now)
    {
        if (_closed)
        {
            return;
        }

        bool wasBackedUp = IsBackedUp;
        IsBackedUp = false;
        while (_tls.Ciphertext is { IsEmpty: false } waiting)
        {
            int sent = _socket.Send(waiting);
            if (sent == TcpSocket.Failed)
            {
                Lose(new TransportLoss(_socket.Error, null, Orderly: false), now);
                return;
            }

            _tls.Sent(Math.Max(sent, 0));
            WatchForStall(now);
            if (sent < waiting.Length)
            {
                IsBackedUp = true;
                LookAtSpeed(now);
                break;
            }
        }

        UpdateWatch();
        if (!IsBackedUp)
        {
            if (_closing)
            {
                Dispose();
            }
            else if (wasBackedUp)
            {
                _owner.Writable(now);
            }
        }
    }

    /// <summary>Reads plaintext that has arrived.</summary>
    /// <returns>The number of bytes; 0 where there is none now or the connection is lost.</returns>
    public int Read(Span<byte> plaintext, long now)
    {
        if (_closed)
        {
            return 0;
        }

        TlsStatus status = _tls.Read(plaintext, out int count);
        switch (status)
        {
            case TlsStatus.Data:
                return count;
            case TlsStatus.Closed:
                Lose(new TransportLoss(0, null, Orderly: true), now);
                return 0;
            case TlsStatus.Failed:
                Flush(now); // the alert that tells the peer why
                Lose(new TransportLoss(0, _tls.Failure, Orderly: false), now);
                return 0;
            default:
                return 0;
        }
    }

    /// <summary>Says good-bye to the peer and closes once what waits has left; does not wait for an answer.</summary>
    public void Close(long now)
    {
        if (_closed || _closing)
        {
            return;
        }

        if (!_handshaking)
        {
            _tls.Close();
        }

        _closing = true;
        Flush(now);
        if (!_closed)
        {
            _lingerEnds = now + LingerLimit;
            _worker.Schedule(this);
        }
    }

    public void Tick(long now)
    {
        if (now >= _lingerEnds)
        {
            Dispose();
        }
        else if (now >= _stall.NextLook && _stall.Look(_socket.ReadInfo(), now))
        {
            // The path may be back long before the kernel would try again by itself.
            _ = _socket.LimitRetransmissionWait(_stall.IsStalled ? HurriedWait : UsualWait);
            if (!_closing)
            {
                _owner.StallChanged(now);
            }
        }
    }

    /// <summary>Closes at once; what waits is thrown away and the peer, if it is there, is told by a reset.</summary>
    public void Abort()
    {
        if (!_closed)
        {
            _socket.Abandon();
            Dispose();
        }
    }

    public override void Ready(EpollEvents events, long now)
    {
        if ((events & EpollEvents.Writable) != 0)
        {
            Flush(now);
        }

        if (!_closed && (events & ~EpollEvents.Writable) != 0)
        {
            Receive(now);
        }
    }

    public void Dispose()
    {
        if (!_closed)
        {
            _closed = true;
            _worker.Unwatch(_socket.Descriptor, _token);
            _socket.Dispose();
            _tls.Dispose();
            _worker.Retire(this);
        }
    }

    /// <summary>What waits in the socket can be neither overtaken nor dropped: on a slow path little may.</summary>
    private void LookAtSpeed(long now)
    {
        if (now < _nextSpeedLook)
        {
            return;
        }

        _nextSpeedLook = now + SpeedInterval;
        TcpInfo info = _socket.ReadInfo();
        long least = Math.Clamp(2L * info.SegmentLength, LeastUnsent, MostUnsent);
        int limit = info.DeliveryRate == 0 ? MostUnsent : (int)Math.Clamp(info.DeliveryRate * UnsentTime / 1_000, least, MostUnsent);
        if (limit != WriteLimit)
        {
            WriteLimit = limit;
            _socket.LimitUnsent(limit);
        }
    }

    private void WatchForStall(long now)
    {
        if (_stall.Sent(now))
        {
            _worker.Schedule(this);
        }
    }

    private void Receive(long now)
    {
        for (int i = 0; i < ReceivesAtOnce && !_closed; i++)
        {
            int count = _socket.Receive(_worker.CiphertextBuffer);
            if (count == 0)
            {
                EndOfStream(now);
                return;
            }

            if (count == TcpSocket.WouldBlock)
            {
                return;
            }

            if (count == TcpSocket.Failed)
            {
                Lose(new TransportLoss(_socket.Error, null, Orderly: false), now);
                return;
            }

            LastReceived = now;
            _tls.LendCiphertext(_worker.CiphertextBuffer.AsMemory(0, count));
            if (!_handshaking || Handshake(now))
            {
                if (!_closed)
                {
                    _owner.Readable(now);
                    Flush(now);
                }
            }

            _tls.EndLoan();

            if (count < _worker.CiphertextBuffer.Length)
            {
                return;
            }
        }
    }

    /// <summary>The peer closed TCP: within a handshake TLS knows best what that means.</summary>
    private void EndOfStream(long now)
    {
        _tls.EndCiphertext();
        if (_handshaking)
        {
            Handshake(now);
        }

        Lose(new TransportLoss(0, null, Orderly: true), now);
    }

    private bool Handshake(long now)
    {
        TlsStatus status = _tls.Handshake();
        Flush(now);
        if (_closed)
        {
            return false;
        }

        if (status == TlsStatus.Failed)
        {
            Lose(new TransportLoss(0, _tls.Failure, Orderly: false), now);
            return false;
        }

        if (status != TlsStatus.Done)
        {
            return false;
        }

        _handshaking = false;
        _owner.TlsReady(now);
        return true;
    }

    private void UpdateWatch()
    {
        EpollEvents wanted = EpollEvents.None;
        if (IsBackedUp)
        {
            wanted |= EpollEvents.Writable;
        }

        if (!_closing && _tls.PendingCiphertext < ReadStopMark)
        {
            wanted |= EpollEvents.Readable;
        }

        if (wanted != _watched)
        {
            _watched = wanted;
            _worker.Rewatch(_socket.Descriptor, wanted, _token);
        }
    }

    private void Lose(TransportLoss loss, long now)
    {
        if (_closed)
        {
            return;
        }

        bool closing = _closing;
        Dispose();
        if (!closing)
        {
            _owner.Lost(loss, now);
        }
    }
}
