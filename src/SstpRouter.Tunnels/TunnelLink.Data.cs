using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SstpRouter.Linux;
using SstpRouter.Linux.Segments;
using SstpRouter.Ppp;
using SstpRouter.Sstp;
using SstpRouter.Tunnels.Data;

namespace SstpRouter.Tunnels;

/// <content>The fast path from TLS to the TUN device. Nothing here allocates or locks in the steady state.</content>
internal abstract partial class TunnelLink : IPacketSink
{
    /// <summary>A read of plaintext gives one record at most: RFC 8446 5.1.</summary>
    private const int RecordLength = 16_384;

    private byte[] _partial = [];
    private int _partialLength;
    private long _lastTraffic;
    private bool _isInterfaceLost;

    public void Readable(long now)
    {
        ShowLife();
        byte[] buffer = _worker.InboundBuffer;
        int filled = _partialLength;
        int parsed = 0;
        _partial.AsSpan(0, filled).CopyTo(buffer);
        _partialLength = 0;
        while (!_ended)
        {
            if (buffer.Length - filled < RecordLength)
            {
                // What is in the buffer must reach the kernel before others take its place.
                FlushInbound(now);
                filled = MoveToFront(buffer, parsed, filled);
                parsed = 0;
            }

            int count = _transport!.Read(buffer.AsSpan(filled), now);
            if (count == 0)
            {
                break;
            }

            filled += count;
            ReadOnlySpan<byte> input = buffer.AsSpan(parsed, filled - parsed);
            while (!_ended && TryRead(ref input, now, out ReadOnlySpan<byte> frame))
            {
                // What came before the frame, an ACK or a CALL_CONNECTED, decides what the frame meets.
                CarryOut(now);
                Receive(buffer, frame, now);
            }

            parsed = filled - input.Length;
            Pump(now);
        }

        FlushInbound(now);
        if (!_ended && filled > parsed)
        {
            KeepPartial(buffer.AsSpan(parsed, filled - parsed));
        }
    }

    /// <summary>A packet from the peer for the kernel.</summary>
    void IPacketSink.Write(ReadOnlySpan<byte> packet)
    {
        try
        {
            Count(_interface?.Device.Write(packet) ?? false, 1, packet.Length);
        }
        catch (LinuxException)
        {
            _isInterfaceLost = true;
        }
    }

    /// <summary>Joined packets from the peer for the kernel.</summary>
    void IPacketSink.Write(VirtioNetHeader header, ReadOnlySpan<byte> buffer, ReadOnlySpan<BufferSlice> slices, int octets)
    {
        try
        {
            Count(_interface?.Device.Write(header, buffer, slices) ?? false, slices.Length, octets);
        }
        catch (LinuxException)
        {
            _isInterfaceLost = true;
        }
    }

    private static int Version(ReadOnlySpan<byte> packet) => packet.IsEmpty ? 0 : packet[0] >> 4;

    private static int MoveToFront(byte[] buffer, int start, int end)
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        return end - start;
    }

    private bool TryRead(ref ReadOnlySpan<byte> input, long now, out ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<byte> before = input;
        bool found = _call!.TryRead(ref input, now, out frame);
        _recording?.Read(before[..^input.Length], input.Length, found, _call.State, now);
        return found;
    }

    private void Receive(byte[] buffer, ReadOnlySpan<byte> frame, long now)
    {
        if (_ended || _ppp is null)
        {
            return;
        }

        if (!PppFrame.TryParse(frame, out ushort protocol, out int offset))
        {
            // PPP is told all the same: it counts what comes before the login.
            Counters.CountDrop(PacketDrop.Malformed);
        }

        if (protocol is not (PppFrame.Ipv4 or PppFrame.Ipv6))
        {
            _ppp.Receive(frame, now);
            CarryOut(now);
            return;
        }

        ReadOnlySpan<byte> packet = frame[offset..];
        bool isAgreed = protocol == PppFrame.Ipv4 ? _ppp.Ipv4Up : _ppp.Ipv6Up;
        if (!isAgreed || _interface is null)
        {
            Counters.CountDrop(PacketDrop.Unexpected);
        }
        else if (Version(packet) != (protocol == PppFrame.Ipv4 ? 4 : 6))
        {
            Counters.CountDrop(PacketDrop.Malformed);
        }
        else
        {
            Deliver(buffer, packet, now);
        }
    }

    private void Deliver(byte[] buffer, ReadOnlySpan<byte> packet, long now)
    {
        // The engines lend as read-only what is the worker's own.
        int offset = (int)Unsafe.ByteOffset(ref MemoryMarshal.GetArrayDataReference(buffer), ref MemoryMarshal.GetReference(packet));
        if (Limits.ClampTcpMss)
        {
            MssClamp.Apply(buffer.AsSpan(offset, packet.Length), _interface!.Mtu);
        }

        _lastTraffic = now;
        if (!_worker.Coalescer.Add(buffer, offset, packet.Length, this, _interface!.Device.Offload))
        {
            Counters.CountDrop(PacketDrop.Malformed);
        }
    }

    private void FlushInbound(long now)
    {
        _worker.Coalescer.Flush(this);
        if (_isInterfaceLost)
        {
            _isInterfaceLost = false;
            InterfaceGone(now);
        }
    }

    private void Count(bool taken, int packets, int octets)
    {
        if (taken)
        {
            Counters.CountIn(packets, octets);
        }
        else
        {
            Counters.CountDrop(PacketDrop.Refused, packets);
        }
    }

    /// <summary>Another program has removed our device.</summary>
    private void InterfaceGone(long now)
    {
        if (_interface is not null)
        {
            // First: its descriptor would report the error again and again until the good-bye is over.
            CloseInterface(now, static _ => { });
            HangUp(PppCloseReason.UserRequest, TunnelEnd.InterfaceRefused("the interface was removed by another program"), now);
        }
    }

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
}
