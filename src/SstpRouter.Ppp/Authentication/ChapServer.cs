using System.Text;
using SstpRouter.Ppp.Negotiation;

namespace SstpRouter.Ppp.Authentication;

/// <summary>CHAP's server, for MD5 (RFC 1994), MS-CHAPv1 (RFC 2433) and MS-CHAPv2 (RFC 2759).</summary>
internal sealed class ChapServer(
    PppAuthenticationMethods method,
    byte[] name,
    byte identifier,
    RandomFill random,
    IAuthenticationLayer layer) : AuthenticationServer(layer)
{
    internal const int MaxChallenges = 10;

    private readonly byte[] _challenge = new byte[ChapCode.ChallengeLength(method)];
    private int _sent;

    public override ushort Protocol => PppFrame.Chap;

    private protected override byte SuccessCode => ChapCode.Success;

    private protected override byte FailureCode => ChapCode.Failure;

    public override void Start(long now)
    {
        random(_challenge);
        SendChallenge(now);
    }

    public override void Receive(in ControlPacket packet, long now)
    {
        if (packet.Identifier == (byte)(identifier + 1) && packet.Code == ChapCode.ChangePassword)
        {
            RefuseChange(packet);
            return;
        }

        if (packet.Identifier != identifier || packet.Code != ChapCode.Response || IsRepetition(packet))
        {
            return;
        }

        ReadOnlySpan<byte> rest = packet.Data;
        if (LengthPrefixed.TryTake(ref rest, out ReadOnlySpan<byte> response)
            && response.Length == ChapCode.ResponseLength(method))
        {
            Ask(packet, new(method, identifier, rest, _challenge, response.ToArray()), now);
        }
    }

    public override void Tick(long now)
    {
        if (now >= NextDeadline)
        {
            SendChallenge(now);
        }
    }

    private protected override byte[] WriteSuccess(string message) => Encoding.UTF8.GetBytes(message);

    private protected override byte[] WriteFailure(int code, string message) => Encoding.UTF8.GetBytes(
        method == PppAuthenticationMethods.Chap ? message : ChapFailure.Write(code, _challenge, method, message));

    private void SendChallenge(long now)
    {
        NextDeadline = ++_sent < MaxChallenges ? now + OptionNegotiation.RestartInterval : long.MaxValue;
        Layer.Send(Protocol, ChapCode.Challenge, identifier, LengthPrefixed.Join(_challenge, name));
    }

    private void RefuseChange(in ControlPacket packet)
    {
        if (method != PppAuthenticationMethods.MsChap2)
        {
            return;
        }

        Layer.Send(
            Protocol,
            ChapCode.Failure,
            packet.Identifier,
            WriteFailure(ChapFailure.ErrorChangingPassword, "changing the password is not supported"));
    }
}
