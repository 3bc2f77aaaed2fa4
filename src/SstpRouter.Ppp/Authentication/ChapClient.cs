using System.Security.Cryptography;
using System.Text;
using SstpRouter.Ppp.Negotiation;

namespace SstpRouter.Ppp.Authentication;

/// <summary>CHAP's client, for MD5 (RFC 1994), MS-CHAPv1 (RFC 2433) and MS-CHAPv2 (RFC 2759).</summary>
internal sealed class ChapClient(
    PppAuthenticationMethods method,
    byte[] userName,
    string password,
    RandomFill random,
    IAuthenticationLayer layer) : IAuthenticator
{
    /// <summary>
    /// After how many milliseconds a response without an answer is repeated: RFC 1994 4.2 lets a server lose its
    /// Success, and a RADIUS server behind it may be slow.
    /// </summary>
    internal const long RepeatInterval = 10_000;

    internal const int MaxResponses = 3;

    private const int SignatureLength = 42; // RFC 2759 5: "S=" and 40 digits

    private byte _identifier;
    private byte[]? _response;
    private int _sent;
    private string _signature = "";
    private byte[] _hlak = [];

    public ushort Protocol => PppFrame.Chap;

    public long NextDeadline { get; private set; } = long.MaxValue;

    public void Start(long now)
    {
        // The server speaks first (RFC 1994 2).
    }

    public void Receive(in ControlPacket packet, long now)
    {
        switch (packet.Code)
        {
            case ChapCode.Challenge:
                ReceiveChallenge(packet, now);
                break;
            case ChapCode.Success when IsAnswer(packet):
                ReceiveSuccess(packet, now);
                break;
            case ChapCode.Failure when IsAnswer(packet):
                ReceiveFailure(packet, now);
                break;
        }
    }

    public void Tick(long now)
    {
        if (now >= NextDeadline)
        {
            SendResponse(now);
        }
    }

    private bool IsAnswer(in ControlPacket packet) => _response is not null && packet.Identifier == _identifier;

    private void ReceiveChallenge(in ControlPacket packet, long now)
    {
        ReadOnlySpan<byte> rest = packet.Data;
        if (!LengthPrefixed.TryTake(ref rest, out ReadOnlySpan<byte> challenge) || challenge.IsEmpty)
        {
            return;
        }

        if (method != PppAuthenticationMethods.Chap && challenge.Length != ChapCode.ChallengeLength(method))
        {
            return;
        }

        _identifier = packet.Identifier;
        _response = LengthPrefixed.Join(Respond(challenge.ToArray()), userName);
        _sent = 0;
        SendResponse(now);
    }

    private byte[] Respond(byte[] challenge)
    {
        if (method == PppAuthenticationMethods.Chap)
        {
            _hlak = Hlak.Zero();
            return ChapSecret.Md5Response(_identifier, password, challenge);
        }

        byte[] hash = MsChap.NtPasswordHash(password);
        byte[] hashHash = MsChap.HashNtPasswordHash(hash);
        if (method == PppAuthenticationMethods.MsChap1)
        {
            _hlak = Hlak.FromMsChap1(hashHash, challenge);
            return ChapSecret.MsChap1Response(hash, challenge);
        }

        var peerChallenge = new byte[ChapCode.ChallengeLength(method)];
        random(peerChallenge);
        byte[] challengeHash = MsChap.ChallengeHash(peerChallenge, challenge, ChapSecret.WithoutDomain(userName));
        byte[] response = ChapSecret.MsChap2Response(hash, peerChallenge, challengeHash);
        ReadOnlySpan<byte> ntResponse = ChapSecret.NtResponse(response);
        _hlak = Hlak.FromMsChap2(hashHash, ntResponse);
        _signature = MsChap.AuthenticatorResponse(hashHash, ntResponse, challengeHash);
        return response;
    }

    private void SendResponse(long now)
    {
        NextDeadline = ++_sent < MaxResponses ? now + RepeatInterval : long.MaxValue;
        layer.Send(Protocol, ChapCode.Response, _identifier, _response);
    }

    private void ReceiveSuccess(in ControlPacket packet, long now)
    {
        Forget();
        if (method == PppAuthenticationMethods.MsChap2 && !IsSigned(packet.Data))
        {
            layer.Failed("the server could not prove that it knows the password", now);
            return;
        }

        layer.Succeeded(new PppAuthentication(method, Encoding.UTF8.GetString(userName), _hlak), now);
    }

    // RFC 2759 5. Only the signature counts: the blank and the text after it may be missing.
    private bool IsSigned(ReadOnlySpan<byte> message) =>
        message.Length >= SignatureLength
        && CryptographicOperations.FixedTimeEquals(message[..SignatureLength], Encoding.ASCII.GetBytes(_signature));

    private void ReceiveFailure(in ControlPacket packet, long now)
    {
        // A retry (R=1) would show the same password again, and a change of password is not offered here.
        Forget();
        layer.Failed(ChapFailure.Parse(packet.Data).Text, now);
    }

    private void Forget()
    {
        _response = null;
        NextDeadline = long.MaxValue;
    }
}
