using System.Buffers.Binary;
using SstpRouter.Ppp.Negotiation;
using SstpRouter.Ppp.Session;

namespace SstpRouter.Ppp.Link;

/// <summary>What the session does when the link changes.</summary>
internal interface ILink
{
    void LinkUp(long now);

    void LinkDown(long now);

    void LinkFinished(FinishCause cause, string? detail, long now);

    void LinkTerminateRequested(string text, long now);

    void LinkLooped(long now);

    void ProtocolRejected(ushort protocol, long now);
}

/// <summary>LCP: the automaton, and the codes that only LCP has (RFC 1661 5.7 to 5.9, RFC 1570 2).</summary>
internal sealed class LinkControl : INegotiationLayer
{
    private const int MagicLength = 4;

    private readonly ILink _link;
    private readonly OutputQueue _outputs;
    private readonly OptionNegotiation _negotiation;
    private byte _echoIdentifier;
    private byte _rejectIdentifier;

    internal LinkControl(PppSessionOptions options, RandomFill random, ILink link, OutputQueue outputs)
    {
        _link = link;
        _outputs = outputs;
        Options = new LcpOptions(options, random);
        _negotiation = new OptionNegotiation(PppFrame.Lcp, Options, this);
    }

    internal LcpOptions Options { get; }

    internal NegotiationState State => _negotiation.State;

    internal long NextDeadline => _negotiation.NextDeadline;

    public int PeerMru => Options.PeerMru;

    internal void Open(long now) => _negotiation.Open(now);

    internal void Up(long now) => _negotiation.Up(now);

    internal void Down(long now) => _negotiation.Down(now);

    internal void Close(long now) => _negotiation.Close(now);

    internal void Tick(long now) => _negotiation.Tick(now);

    internal void Receive(in ControlPacket packet, long now)
    {
        switch (packet.Code)
        {
            case ControlPacket.ProtRej:
                ReceiveProtocolReject(packet, now);
                break;
            case ControlPacket.EchoReq:
                ReceiveEchoRequest(packet, now);
                break;
            case ControlPacket.EchoRep or ControlPacket.DiscReq or ControlPacket.Ident or ControlPacket.TimeRem:
                // RFC 1661 5.8 and 5.9, RFC 1570 2: no answer is due.
                break;
            default:
                _negotiation.Receive(packet, now);
                break;
        }
    }

    internal void SendEchoRequest()
    {
        if (!_negotiation.IsOpened)
        {
            return;
        }

        Span<byte> magic = stackalloc byte[MagicLength];
        BinaryPrimitives.WriteUInt32BigEndian(magic, Options.Magic);
        Send(PppFrame.Lcp, ControlPacket.EchoReq, ++_echoIdentifier, magic);
    }

    /// <summary>
    /// Sends a Protocol-Reject, RFC 1661 5.7: only while LCP is open, and no longer than the peer's MRU.
    /// </summary>
    internal void RejectProtocol(ushort protocol, ReadOnlySpan<byte> information, long now)
    {
        if (!_negotiation.IsOpened || !MayReject(now))
        {
            return;
        }

        int length = Math.Min(information.Length, PeerMru - ControlPacket.HeaderLength - sizeof(ushort));
        var data = new byte[sizeof(ushort) + length];
        BinaryPrimitives.WriteUInt16BigEndian(data, protocol);
        information[..length].CopyTo(data.AsSpan(sizeof(ushort)));
        Send(PppFrame.Lcp, ControlPacket.ProtRej, ++_rejectIdentifier, data);
    }

    public void Send(ushort protocol, byte code, byte identifier, ReadOnlySpan<byte> data) =>
        _outputs.Send(protocol, code, identifier, data);

    public bool MayReject(long now) => _outputs.MayReject(now);

    void INegotiationLayer.LayerUp(OptionNegotiation negotiation, long now) => _link.LinkUp(now);

    void INegotiationLayer.LayerDown(OptionNegotiation negotiation, long now) => _link.LinkDown(now);

    void INegotiationLayer.LayerFinished(OptionNegotiation negotiation, FinishCause cause, string? detail, long now) =>
        _link.LinkFinished(cause, detail, now);

    void INegotiationLayer.TerminateRequested(OptionNegotiation negotiation, ReadOnlySpan<byte> data, long now) =>
        _link.LinkTerminateRequested(PeerText.Clean(data), now);

    private void ReceiveProtocolReject(in ControlPacket packet, long now)
    {
        // RFC 1661 5.7: in any other state than Opened it is discarded.
        if (!_negotiation.IsOpened || packet.Data.Length < sizeof(ushort))
        {
            return;
        }

        ushort protocol = BinaryPrimitives.ReadUInt16BigEndian(packet.Data);
        if (protocol == PppFrame.Lcp)
        {
            _negotiation.ProtocolRejected(now);
        }
        else
        {
            _link.ProtocolRejected(protocol, now);
        }
    }

    private void ReceiveEchoRequest(in ControlPacket packet, long now)
    {
        if (!_negotiation.AnswersEcho || packet.Data.Length < MagicLength)
        {
            return;
        }

        if (!Options.HearEcho(BinaryPrimitives.ReadUInt32BigEndian(packet.Data)))
        {
            if (Options.Impossible is not null)
            {
                _link.LinkLooped(now);
            }

            return;
        }

        // RFC 1661 5.8: the data comes back with our magic number, and never more than the peer takes.
        byte[] data = packet.Data[..Math.Min(packet.Data.Length, PeerMru - ControlPacket.HeaderLength)].ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(data, Options.Magic);
        Send(PppFrame.Lcp, ControlPacket.EchoRep, packet.Identifier, data);
    }
}
