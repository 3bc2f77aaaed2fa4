using System.Text;
using SstpRouter.Ppp.Negotiation;

namespace SstpRouter.Ppp.Authentication;

/// <summary>PAP's server (RFC 1334 2).</summary>
internal sealed class PapServer(IAuthenticationLayer layer) : AuthenticationServer(layer)
{
    public override ushort Protocol => PppFrame.Pap;

    private protected override byte SuccessCode => PapClient.Ack;

    private protected override byte FailureCode => PapClient.Nak;

    public override void Start(long now)
    {
        // The client speaks first (RFC 1334 2).
    }

    public override void Receive(in ControlPacket packet, long now)
    {
        if (packet.Code != PapClient.Request || IsRepetition(packet))
        {
            return;
        }

        ReadOnlySpan<byte> rest = packet.Data;
        if (LengthPrefixed.TryTake(ref rest, out ReadOnlySpan<byte> name)
            && LengthPrefixed.TryTake(ref rest, out ReadOnlySpan<byte> password))
        {
            Ask(packet, new(PppAuthenticationMethods.Pap, packet.Identifier, name, [], password.ToArray()), now);
        }
    }

    public override void Tick(long now)
    {
        // The client repeats its request; there is nothing to repeat here.
    }

    private protected override byte[] WriteSuccess(string message) => WriteMessage(message);

    private protected override byte[] WriteFailure(int code, string message) => WriteMessage(message);

    private static byte[] WriteMessage(string message)
    {
        byte[] text = Encoding.UTF8.GetBytes(message);
        return LengthPrefixed.Join(text.AsSpan(0, Math.Min(text.Length, LengthPrefixed.MaximumLength)), []);
    }
}
