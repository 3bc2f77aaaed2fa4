using System.Text;
using SstpRouter.Ppp.Negotiation;

namespace SstpRouter.Ppp.Authentication;

/// <summary>PAP's client: it repeats its request until it has an answer (RFC 1334 2.2).</summary>
internal sealed class PapClient(byte[] userName, byte[] password, IAuthenticationLayer layer) : IAuthenticator
{
    internal const byte Request = 1; // RFC 1334 2.2.1
    internal const byte Ack = 2; // RFC 1334 2.2.2
    internal const byte Nak = 3; // RFC 1334 2.2.2

    private byte _identifier;

    public ushort Protocol => PppFrame.Pap;

    public long NextDeadline { get; private set; } = long.MaxValue;

    public void Start(long now)
    {
        byte[] data = [.. LengthPrefixed.Join(userName, []), .. LengthPrefixed.Join(password, [])];
        NextDeadline = now + OptionNegotiation.RestartInterval;
        layer.Send(Protocol, Request, ++_identifier, data);
    }

    public void Receive(in ControlPacket packet, long now)
    {
        // Not bound to the last identifier: each request has its own (RFC 1334 2.2.1), and any of them may be answered.
        if (NextDeadline == long.MaxValue || packet.Code is not (Ack or Nak))
        {
            return;
        }

        NextDeadline = long.MaxValue;
        if (packet.Code == Ack)
        {
            string name = Encoding.UTF8.GetString(userName);
            layer.Succeeded(new PppAuthentication(PppAuthenticationMethods.Pap, name, Hlak.Zero()), now);
            return;
        }

        ReadOnlySpan<byte> rest = packet.Data;
        string text = LengthPrefixed.TryTake(ref rest, out ReadOnlySpan<byte> message) ? PeerText.Clean(message) : "";
        layer.Failed(text.Length > 0 ? text : ChapFailure.Rejected, now);
    }

    public void Tick(long now)
    {
        if (now >= NextDeadline)
        {
            Start(now);
        }
    }
}
