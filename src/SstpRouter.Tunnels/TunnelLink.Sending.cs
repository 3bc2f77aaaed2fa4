using SstpRouter.Linux;
using SstpRouter.Linux.Segments;
using SstpRouter.Ppp;
using SstpRouter.Sstp;
using SstpRouter.Tunnels.Data;
using SstpRouter.Tunnels.Workers;

namespace SstpRouter.Tunnels;

/// <content>The fast path from the TUN device to TLS. All that the kernel has is read at once, so that a small flow never waits behind a large one
/// there; what the socket does not take now waits in a fair queue. Nothing here allocates or locks in the steady state.</content>
internal abstract partial class TunnelLink : IAgain
{
    private const int PacketHeaderLength = SstpPacket.DataHeaderLength + PppFrame.HeaderLength;
    private const int LargestPacket = SstpPacket.MaximumLength - PacketHeaderLength;

    /// <summary>Reads at most this often before what was read is sent.</summary>
    private const int ReadsAtOnce = 64;

    /// <summary>Full buffers sent at most before the worker's other tunnels have their turn.</summary>
    private const int BatchesAtOnce = 8;

    private FairQueue? _queue;
    private long _interfaceToken;
    private InterfaceTarget? _interfaceTarget;
    private bool _isToGoOn;

    public void Writable(long now) => SendQueued(now);

    public void Again(long now)
    {
        _isToGoOn = false;
        SendQueued(now);
    }

    private void ReadInterface(long now)
    {
        if (ReadQueue(now))
        {
            SendQueued(now);
        }
        else
        {
            InterfaceGone(now);
        }
    }

    /// <summary>Takes what the kernel has into the queue.</summary>
    /// <returns>False where the interface is gone.</returns>
    private bool ReadQueue(long now)
    {
        if (_interfaceTarget is null)
        {
            return true;
        }

        _queue ??= _worker.Waiting.Queues.Rent();
        TunDevice device = _interface!.Device;
        int header = device.HeaderLength;
        try
        {
            for (int i = 0; i < ReadsAtOnce; i++)
            {
                Span<byte> room = _queue.Room();
                int count = device.Read(room);
                if (count <= header)
                {
                    break;
                }

                Enqueue(room[..count], header, now);
            }

            CountLosses();
        }
        catch (LinuxException)
        {
            return false;
        }

        return true;
    }

    private void Enqueue(ReadOnlySpan<byte> read, int header, long now)
    {
        ReadOnlySpan<byte> bytes = read[header..];
        VirtioNetHeader kind = header == 0 ? default : VirtioNetHeader.Read(read);
        if (!SuperPacket.TryParse(kind, bytes, out SuperPacket packet))
        {
            Counters.CountDrop(PacketDrop.Unsendable);
        }
        else if (packet.LargestSegment > Math.Min(_interface!.Mtu, LargestPacket))
        {
            Counters.CountDrop(PacketDrop.TooLarge, packet.SegmentCount);
        }
        else if (!_call!.MaySendData || !(packet.Version == 4 ? _ppp!.Ipv4Up : _ppp!.Ipv6Up))
        {
            Counters.CountDrop(PacketDrop.NotAgreed, packet.SegmentCount);
        }
        else
        {
            _queue!.Add(header, bytes.Length, packet, now);
        }
    }

    /// <summary>Sends what waits, as much as the socket takes.</summary>
    private void SendQueued(long now)
    {
        for (int batch = 0; _queue is not null && !_ended && !_transport!.IsBackedUp; batch++)
        {
            if (!_call!.MaySendData)
            {
                ReturnQueue();
                return;
            }

            if (batch == BatchesAtOnce)
            {
                GoOnLater();
                return;
            }

            _queue.Quantum = _transport.WriteLimit / 8;
            int filled = FillBatch(_worker.OutboundBuffer.AsSpan(0, Math.Min(_worker.OutboundBuffer.Length, _transport.WriteLimit)), now);
            if (filled > 0)
            {
                _lastTraffic = now;
                _transport.Write(_worker.OutboundBuffer.AsSpan(0, filled));
                _transport.Flush(now);
                if (_queue is null || _ended)
                {
                    return;
                }
            }

            if (_queue.IsEmpty)
            {
                ReturnQueue();
                return;
            }

            // What has come meanwhile may have to go first.
            if (!ReadQueue(now))
            {
                InterfaceGone(now);
            }
        }
    }

    private void GoOnLater()
    {
        if (!_isToGoOn)
        {
            _isToGoOn = true;
            _worker.Again(this);
        }
    }

    /// <summary>Fills one buffer with SSTP packets.</summary>
    private int FillBatch(Span<byte> buffer, long now)
    {
        int filled = 0;
        int packets = 0;
        int octets = 0;
        int mtu = _interface!.Mtu;
        while (buffer.Length - filled >= PacketHeaderLength + mtu)
        {
            Span<byte> room = buffer[filled..];
            int count = _queue!.Take(room[PacketHeaderLength..], now, out int version, out bool isWhole);
            if (count == 0)
            {
                break;
            }

            if (isWhole && Limits.ClampTcpMss)
            {
                MssClamp.Apply(room.Slice(PacketHeaderLength, count), mtu);
            }

            SstpPacket.WriteDataHeader(room, PppFrame.HeaderLength + count);
            PppFrame.WriteHeader(room[SstpPacket.DataHeaderLength..], version == 4 ? PppFrame.Ipv4 : PppFrame.Ipv6);
            filled += PacketHeaderLength + count;
            octets += count;
            packets++;
        }

        Counters.CountOut(packets, octets);
        CountLosses();
        return filled;
    }

    private void CountLosses()
    {
        (int overflowed, int slowed) = _queue!.TakeLosses();
        if ((overflowed | slowed) != 0)
        {
            Counters.CountDrop(PacketDrop.Overflow, overflowed);
            Counters.CountDrop(PacketDrop.Slowed, slowed);
        }
    }

    private void ReturnQueue()
    {
        if (_queue is { } queue)
        {
            CountLosses();
            _queue = null;
            Counters.CountDrop(PacketDrop.NotAgreed, queue.Clear());
            _worker.Waiting.Queues.Return(queue);
        }
    }

    private void WatchInterface()
    {
        _interfaceTarget = new InterfaceTarget(this);
        _interfaceToken = _worker.Watch(_interface!.Device.Descriptor, EpollEvents.Readable, _interfaceTarget);
    }

    private void UnwatchInterface()
    {
        _worker.Unwatch(_interface!.Device.Descriptor, _interfaceToken);
        _interfaceTarget = null;
        ReturnQueue();
    }

    private sealed class InterfaceTarget(TunnelLink link) : PollTarget
    {
        public override void Ready(EpollEvents events, long now)
        {
            if ((events & (EpollEvents.Error | EpollEvents.HangUp)) != 0)
            {
                link.InterfaceGone(now);
                return;
            }

            link.ReadInterface(now);
        }
    }
}
