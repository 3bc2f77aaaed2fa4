using SstpRouter.Linux;
using SstpRouter.Ppp;
using SstpRouter.Sstp;
using SstpRouter.Tunnels.Data;
using SstpRouter.Tunnels.Workers;

namespace SstpRouter.Tunnels;

/// <content>The fast path: packets between the TUN device and the TLS connection. Nothing here allocates or locks in the steady state.</content>
internal abstract partial class TunnelLink
{
    /// <summary>A TLS record holds 16,384 bytes; packets that wait together leave together. RFC 8446 5.1</summary>
    private const int RecordLength = 16_384;

    private const int PacketHeaderLength = SstpPacket.DataHeaderLength + PppFrame.HeaderLength;
    private const int LargestPacket = SstpPacket.MaximumLength - PacketHeaderLength;

    /// <summary>Records sent at most before the worker's other tunnels have their turn.</summary>
    private const int RecordsAtOnce = 8;

    private byte[] _partial = [];
    private int _partialLength;
    private long _interfaceToken;
    private InterfaceTarget? _interfaceTarget;
    private bool _readingInterface;
    private long _lastTraffic;

    public void Readable(long now)
    {
        ShowLife();
        byte[] buffer = _worker.InboundBuffer;
        int filled = _partialLength;
        _partial.AsSpan(0, filled).CopyTo(buffer);
        _partialLength = 0;
        while (!_ended)
        {
            int count = _transport!.Read(buffer.AsSpan(filled), now);
            if (count == 0)
            {
                break;
            }

            filled += count;
            ReadOnlySpan<byte> input = buffer.AsSpan(0, filled);
            while (!_ended && TryRead(ref input, now, out ReadOnlySpan<byte> frame))
            {
                // What came before the frame, an ACK or a CALL_CONNECTED, decides what the frame meets.
                CarryOut(now);
                Receive(frame, now);
            }

            Pump(now);
            int left = input.Length;
            if (left > 0)
            {
                buffer.AsSpan(filled - left, left).CopyTo(buffer);
            }

            filled = left;
        }

        if (!_ended && filled > 0)
        {
            KeepPartial(buffer.AsSpan(0, filled));
        }
    }

    public void Writable(long now)
    {
        if (_interfaceTarget is not null && !_readingInterface)
        {
            _readingInterface = true;
            _worker.Rewatch(_interface!.Device.Descriptor, EpollEvents.Readable, _interfaceToken);
        }
    }

    private bool TryRead(ref ReadOnlySpan<byte> input, long now, out ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<byte> before = input;
        bool found = _call!.TryRead(ref input, now, out frame);
        _recording?.Read(before[..^input.Length], input.Length, found, _call.State, now);
        return found;
    }

    private void Receive(ReadOnlySpan<byte> frame, long now)
    {
        if (_ended || _ppp is null)
        {
            return;
        }

        if (!PppFrame.TryParse(frame, out ushort protocol, out int offset))
        {
            // PPP is told all the same: it counts what comes before the login.
            Counters.CountDroppedIn();
        }

        if (protocol is not (PppFrame.Ipv4 or PppFrame.Ipv6))
        {
            _ppp.Receive(frame, now);
            CarryOut(now);
            return;
        }

        ReadOnlySpan<byte> packet = frame[offset..];
        bool accepted = protocol == PppFrame.Ipv4 ? _ppp.Ipv4Up && Version(packet) == 4 : _ppp.Ipv6Up && Version(packet) == 6;
        if (!accepted || _interface is null)
        {
            Counters.CountDroppedIn();
            return;
        }

        if (Limits.ClampTcpMss && MssClamp.IsSyn(packet))
        {
            // The bytes are the worker's own buffer; the engines only lend them as read-only.
            MssClamp.Apply(System.Runtime.InteropServices.MemoryMarshal.CreateSpan(
                ref System.Runtime.InteropServices.MemoryMarshal.GetReference(packet), packet.Length), _interface.Mtu);
        }

        WriteInterface(packet, now);
    }

    private void WriteInterface(ReadOnlySpan<byte> packet, long now)
    {
        try
        {
            if (_interface!.Device.Write(packet))
            {
                Counters.CountIn(packet.Length);
                _lastTraffic = now;
            }
            else
            {
                Counters.CountDroppedIn();
            }
        }
        catch (LinuxException)
        {
            InterfaceGone(now);
        }
    }

    /// <summary>Another program has removed our device.</summary>
    private void InterfaceGone(long now)
    {
        // First: its descriptor would report the error again and again until the good-bye is over.
        CloseInterface(now, static _ => { });
        HangUp(PppCloseReason.UserRequest, TunnelEnd.InterfaceRefused("the interface was removed by another program"), now);
    }

    private void ReadInterface(long now)
    {
        byte[] buffer = _worker.OutboundBuffer;
        for (int record = 0; record < RecordsAtOnce && !_ended; record++)
        {
            if (_transport!.IsBackedUp)
            {
                // The kernel's own queue holds, and drops, what does not fit: a queue of ours would only add delay.
                _readingInterface = false;
                _worker.Rewatch(_interface!.Device.Descriptor, EpollEvents.None, _interfaceToken);
                return;
            }

            if (!TryFillRecord(buffer, out int filled, out bool more))
            {
                InterfaceGone(now);
                return;
            }

            if (filled > 0)
            {
                _lastTraffic = now;
                _transport.Write(buffer.AsSpan(0, filled));
                _transport.Flush(now);
            }

            if (!more)
            {
                return;
            }
        }
    }

    private bool TryFillRecord(byte[] buffer, out int filled, out bool more)
    {
        try
        {
            filled = FillRecord(buffer, out more);
            return true;
        }
        catch (LinuxException)
        {
            filled = 0;
            more = false;
            return false;
        }
    }

    private int FillRecord(byte[] buffer, out bool more)
    {
        int filled = 0;
        more = true;
        while (filled + PacketHeaderLength + LargestPacket <= RecordLength)
        {
            int count = _interface!.Device.Read(buffer.AsSpan(filled + PacketHeaderLength, LargestPacket));
            if (count <= 0)
            {
                more = false;
                break;
            }

            Span<byte> packet = buffer.AsSpan(filled + PacketHeaderLength, count);
            int version = Version(packet);
            bool allowed = _call!.MaySendData && (version == 4 ? _ppp!.Ipv4Up : version == 6 && _ppp!.Ipv6Up);
            if (!allowed || count > _interface.Mtu)
            {
                Counters.CountDroppedOut();
                continue;
            }

            if (Limits.ClampTcpMss)
            {
                MssClamp.Apply(packet, _interface.Mtu);
            }

            SstpPacket.WriteDataHeader(buffer.AsSpan(filled), PppFrame.HeaderLength + count);
            PppFrame.WriteHeader(buffer.AsSpan(filled + SstpPacket.DataHeaderLength), version == 4 ? PppFrame.Ipv4 : PppFrame.Ipv6);
            Counters.CountOut(count);
            filled += PacketHeaderLength + count;
        }

        return filled;
    }

    private static int Version(ReadOnlySpan<byte> packet) => packet.IsEmpty ? 0 : packet[0] >> 4;

    private void KeepPartial(ReadOnlySpan<byte> rest)
    {
        if (_partial.Length < rest.Length)
        {
            // One SSTP packet at most, or one HTTP head: both bounded by the call.
            _partial = new byte[Math.Max(rest.Length, SstpPacket.MaximumLength)];
        }

        rest.CopyTo(_partial);
        _partialLength = rest.Length;
    }

    private void WatchInterface()
    {
        _interfaceTarget = new InterfaceTarget(this);
        _interfaceToken = _worker.Watch(_interface!.Device.Descriptor, EpollEvents.Readable, _interfaceTarget);
        _readingInterface = true;
    }

    private void UnwatchInterface()
    {
        _worker.Unwatch(_interface!.Device.Descriptor, _interfaceToken);
        _interfaceTarget = null;
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
