namespace SstpRouter.Linux.Segments;

/// <summary>
/// Joins packets of one flow that follow each other to super-packets, by the rules of the kernel's own GRO and a little
/// stricter: what is split again gives the packets that came, to the octet.
/// </summary>
/// <remarks>
/// The packets lie in one buffer, where they stay untouched until <see cref="Flush"/>. Within a flow the order stays;
/// between flows it may change. For one thread at a time; allocates nothing after the constructor.
/// </remarks>
public sealed class Coalescer
{
    private const int Places = 8;

    private readonly JoinedFlow[] _flows;
    private byte[] _buffer = [];
    private IPacketSink? _sink;
    private int _open;
    private int _next;

    /// <summary>Makes one that joins nothing yet.</summary>
    public Coalescer()
    {
        _flows = new JoinedFlow[Places];
        for (int i = 0; i < Places; i++)
        {
            _flows[i] = new JoinedFlow();
        }
    }

    /// <summary>Takes a packet; it, or others, may go to the sink at once.</summary>
    /// <param name="buffer">Where it lies: the same for all packets until <see cref="Flush"/>.</param>
    /// <param name="offset">Where in the buffer its IP header begins.</param>
    /// <param name="length">Its length in octets.</param>
    /// <param name="sink">Where it goes. What still waits for another one, which must have failed before its <see cref="Flush"/>, is thrown away.</param>
    /// <param name="offload">What may be joined there.</param>
    /// <returns>False where it is no whole IP packet: it goes nowhere.</returns>
    public bool Add(byte[] buffer, int offset, int length, IPacketSink sink, TunOffload offload)
    {
        if (_sink != sink || _buffer != buffer)
        {
            Discard();
            _buffer = buffer;
            _sink = sink;
        }

        if (!IpPacket.TryParse(buffer.AsSpan(offset, length), out IpPacket ip))
        {
            return false;
        }

        // PPP may have padded it: RFC 1661 2.
        length = ip.Length;
        ReadOnlySpan<byte> packet = buffer.AsSpan(offset, length);
        if (ip.IsFragment || !IsTaken(ip, offload))
        {
            if (ip.IsFragment && _open > 0)
            {
                CloseBetween(packet, ip, sink); // its ports are unknown, and it must not overtake
            }

            sink.Write(packet);
            return true;
        }

        Join(packet, offset, ip, sink);
        return true;
    }

    /// <summary>Gives all that was held back for a sink to it; the buffer may be used anew after that.</summary>
    public void Flush(IPacketSink sink)
    {
        if (_sink != sink)
        {
            return;
        }

        for (int i = 0; _open > 0 && i < Places; i++)
        {
            if (_flows[i].Count > 0)
            {
                Close(_flows[i], sink);
            }
        }

        _sink = null;
    }

    private void Join(ReadOnlySpan<byte> packet, int offset, in IpPacket ip, IPacketSink sink)
    {
        uint hash = ip.FlowHash(packet);
        JoinedFlow? flow = _open == 0 ? null : Find(hash, packet, ip);
        if (flow is not null && flow.TryAppend(_buffer, offset, packet.Length, ip))
        {
            if (flow.IsFull)
            {
                Close(flow, sink);
            }

            return;
        }

        if (flow is not null)
        {
            Close(flow, sink);
        }

        if (JoinedFlow.MayBegin(packet, ip))
        {
            Place(sink).Begin(packet, offset, ip, hash);
            _open++;
        }
        else
        {
            sink.Write(packet);
        }
    }

    private static bool IsTaken(in IpPacket ip, TunOffload offload) => ip.Protocol switch
    {
        IpPacket.Tcp => (offload & (ip.Version == 4 ? TunOffload.Tcp4 : TunOffload.Tcp6)) != 0,
        IpPacket.Udp => (offload & (ip.Version == 4 ? TunOffload.Udp4 : TunOffload.Udp6)) != 0,
        _ => false,
    };

    private JoinedFlow? Find(uint hash, ReadOnlySpan<byte> packet, in IpPacket ip)
    {
        foreach (JoinedFlow flow in _flows)
        {
            if (flow.Count > 0 && flow.Hash == hash && flow.IsOf(_buffer, packet, ip))
            {
                return flow;
            }
        }

        return null;
    }

    private JoinedFlow Place(IPacketSink sink)
    {
        foreach (JoinedFlow flow in _flows)
        {
            if (flow.Count == 0)
            {
                return flow;
            }
        }

        JoinedFlow evicted = _flows[_next];
        _next = (_next + 1) % Places;
        Close(evicted, sink);
        return evicted;
    }

    private void CloseBetween(ReadOnlySpan<byte> packet, in IpPacket ip, IPacketSink sink)
    {
        foreach (JoinedFlow flow in _flows)
        {
            if (flow.Count > 0 && flow.IsBetween(_buffer, packet, ip))
            {
                Close(flow, sink);
            }
        }
    }

    private void Discard()
    {
        if (_open > 0)
        {
            Array.ForEach(_flows, static f => f.Discard());
            _open = 0;
        }
    }

    private void Close(JoinedFlow flow, IPacketSink sink)
    {
        flow.WriteTo(sink, _buffer);
        _open--;
    }
}
