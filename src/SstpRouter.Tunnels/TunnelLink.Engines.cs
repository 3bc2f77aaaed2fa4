using SstpRouter.Ppp;
using SstpRouter.Sstp;

namespace SstpRouter.Tunnels;

/// <content>What the SSTP and PPP engines put out, and what is done with it.</content>
internal abstract partial class TunnelLink
{
    /// <summary>Carries out what the engines ask until neither asks for more, sends it, and sets the next deadline.</summary>
    protected void Pump(long now)
    {
        CarryOut(now);
        if (!_ended)
        {
            _transport?.Flush(now);
            _worker.Schedule(this);
        }
    }

    private void CarryOut(long now)
    {
        while (!_ended)
        {
            // SSTP first: CALL_CONNECTED leaves before the network protocols begin, as every client does it.
            if (_call is not null && _call.TryTake(out SstpOutput? ofCall))
            {
                Handle(ofCall, now);
            }
            else if (_ppp is not null && _ppp.TryTake(out PppOutput? ofPpp))
            {
                Handle(ofPpp, now);
            }
            else
            {
                return;
            }
        }
    }

    private void Handle(SstpOutput output, long now)
    {
        _recording?.Came(output, now);
        switch (output)
        {
            case SstpOutput.Send send:
                _transport!.Write(send.Bytes);
                break;
            case SstpOutput.PppMayStart:
                _ppp = new PppSession(PppOptions, FillForPpp);
                _ppp.Start(now);
                break;
            case SstpOutput.Connected:
                CallConnected(now);
                BringUp(now);
                break;
            case SstpOutput.KeepaliveProbe:
                _ppp?.SendEchoRequest(now);
                break;
            case SstpOutput.Trace trace:
                Debug(trace.Text);
                break;
            case SstpOutput.Closed closed:
                _cause ??= closed.Reason == SstpCloseReason.TransportClosed && _loss is not null ? TunnelEnd.Of(_loss) : TunnelEnd.Of(closed);
                _ppp?.LowerDown(now);
                Terminating(_cause);
                _transport!.Flush(now);
                if (!closed.Graceful)
                {
                    _transport.Dispose();
                }

                Finish(now);
                break;
        }
    }

    private void Handle(PppOutput output, long now)
    {
        _recording?.Came(output, now);
        switch (output)
        {
            case PppOutput.Frame frame:
                SendFrame(frame.Bytes);
                break;
            case PppOutput.AuthenticationRequested request:
                Admit(request.Attempt, now);
                break;
            case PppOutput.Authenticated authenticated:
                Authenticate(authenticated.Result, now);
                break;
            case PppOutput.AuthenticationFailed failed:
                _cause ??= TunnelEnd.LoginRefused(failed.Text);
                break;
            case PppOutput.Ipv4Up up:
                _ipv4 = up.Settings;
                BringUp(now);
                break;
            case PppOutput.Ipv6Up up:
                _ipv6 = up.Settings;
                BringUp(now);
                break;
            case PppOutput.Ipv4Down:
                _ipv4 = null;
                break;
            case PppOutput.Ipv6Down:
                _ipv6 = null;
                break;
            case PppOutput.Trace trace:
                Debug(trace.Text);
                break;
            case PppOutput.Closed closed:
                _cause ??= TunnelEnd.Of(closed);
                _farewellDeadline = Math.Min(_farewellDeadline, now + FarewellLimit);
                Terminating(_cause);
                _call!.Disconnect(now);
                break;
        }
    }

    private void Authenticate(PppAuthentication result, long now)
    {
        // A login repeated after a renegotiation of LCP has no part in the binding: a nonce is used once. [MS-SSTP] 3.3.5.2.3
        if (!_authenticated)
        {
            _authenticated = true;
            Authenticated(result, now);
            _call!.Authenticated(result.Hlak, now);
        }
    }

    private void SendFrame(byte[] frame)
    {
        if (_call is not { MaySendControl: true } || frame.Length > SstpPacket.MaximumLength - SstpPacket.DataHeaderLength)
        {
            return;
        }

        Span<byte> packet = _worker.OutboundBuffer.AsSpan(0, SstpPacket.DataHeaderLength + frame.Length);
        SstpPacket.WriteDataHeader(packet, frame.Length);
        frame.CopyTo(packet[SstpPacket.DataHeaderLength..]);
        _transport!.Write(packet);
    }
}
