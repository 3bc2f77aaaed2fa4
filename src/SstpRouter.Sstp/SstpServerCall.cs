using System.Security.Cryptography;
using SstpRouter.Sstp.Calls;
using SstpRouter.Sstp.Http;
using SstpRouter.Sstp.Wire;

namespace SstpRouter.Sstp;

/// <summary>The server's end of a call ([MS-SSTP] 3.3). It is connected only after it verified the crypto binding.
/// </summary>
public sealed class SstpServerCall : SstpCall
{
    // [MS-SSTP] 3.3.5.2.2, appendix A <16>.
    private const int MaximumNaks = 3;

    private readonly SstpServerOptions _options;
    private readonly SstpRandomFill _random;
    private readonly byte[] _nonce = new byte[SstpCryptoBinding.NonceLength];
    private readonly byte[] _hlak = new byte[SstpCryptoBinding.HlakLength];
    private byte[]? _callConnected;
    private bool _authenticated;
    private int _naks;

    /// <summary>Makes a call that waits for <see cref="SstpCall.Start"/>.</summary>
    /// <param name="options">What it needs to know.</param>
    /// <param name="random">Where the nonce comes from.</param>
    /// <exception cref="ArgumentException">No known hash, or an unknown one, is offered, a certificate is empty, or a
    /// time is out of range.</exception>
    public SstpServerCall(SstpServerOptions options, SstpRandomFill random)
        : base(options.KeepaliveTimeout, options.HttpTimeout, options.NegotiationTimeout)
    {
        if (options.Offered is not (SstpHashes.Sha1 or SstpHashes.Sha256 or (SstpHashes.Sha1 | SstpHashes.Sha256)))
        {
            throw new ArgumentException("a server offers SHA-1, SHA-256 or both", nameof(options));
        }

        // An empty certificate would make the server take an anonymous client's binding for its own.
        if (options.Certificates.Any(certificate => certificate.Length == 0))
        {
            throw new ArgumentException("a certificate is empty", nameof(options));
        }

        _options = options;
        _random = random;
    }

    private protected override string HttpTimeoutDetail => "the client sent no complete HTTP request in time";

    private protected override string NegotiationTimeoutDetail => (State, _authenticated) switch
    {
        (SstpCallState.ConnectRequestPending, _) => "the client sent no acceptable CALL_CONNECT_REQUEST in time",
        (_, false) => "authentication did not end in time",
        _ => "the client sent no CALL_CONNECTED in time",
    };

    private protected override void OnStart()
    {
    }

    private protected override void OnHead(HttpHeadReader head, long now)
    {
        string line = PeerText.Quote(head.Line(0));
        PutTrace(
            $"rcvd HTTP {line} host={PeerText.Quote(head.Header("Host"))}"
            + $" correlation-id={PeerText.Quote(head.Header("SSTPCORRELATIONID"))}");
        HttpStatus status = HttpRequest.Judge(head);
        if (status != HttpStatus.Ok)
        {
            Refuse(
                status,
                status == HttpStatus.BadRequest ? SstpCloseReason.HttpMalformed : SstpCloseReason.HttpRejected,
                $"the client's request {line} is not for SSTP: answered {HttpReply.Describe(status)}");
            return;
        }

        Put(new SstpOutput.Send(HttpReply.BuildOk(_options.Date?.Invoke())));
        PutTrace("sent HTTP 200");
        Enter(SstpCallState.ConnectRequestPending, now, NegotiationTimeout);
    }

    private protected override void OnHeadTooLarge() =>
        Refuse(HttpStatus.HeadTooLarge, SstpCloseReason.HttpTooLarge, HeadTooLargeDetail("request"));

    private protected override bool TryReceive(in SstpMessage message, long now)
    {
        switch (State, message.Type)
        {
            case (SstpCallState.ConnectRequestPending, SstpMessageType.CallConnectRequest):
                ReceiveRequest(message, now);
                return true;

            case (SstpCallState.CallConnectedPending, SstpMessageType.CallConnected) when _callConnected is null:
                ReceiveCallConnected(message, now);
                return true;

            default:
                return false;
        }
    }

    private protected override void OnAuthenticated(ReadOnlySpan<byte> hlak, long now)
    {
        if (State != SstpCallState.CallConnectedPending || _authenticated)
        {
            return;
        }

        SstpCryptoBinding.WriteHlak(hlak, _hlak);
        _authenticated = true;
        ValidateWhenComplete(now);
    }

    private protected override void EndNegotiation()
    {
        CryptographicOperations.ZeroMemory(_hlak);
        CryptographicOperations.ZeroMemory(_nonce);
        _callConnected = null;
    }

    private void Refuse(HttpStatus status, SstpCloseReason reason, string detail)
    {
        Put(new SstpOutput.Send(HttpReply.BuildRefusal(status, _options.Date?.Invoke())));
        PutTrace($"sent HTTP {HttpReply.Describe(status)}");
        Finish(reason, detail, graceful: true);
    }

    // [MS-SSTP] 3.3.5.2.2.
    private void ReceiveRequest(in SstpMessage message, long now)
    {
        if (ConnectRequestCheck.Refuse(message) is { } nak)
        {
            SendNak(nak, now);
            return;
        }

        _random(_nonce);
        PutMessage(
            SstpMessages.CallConnectAck(_options.Offered, _nonce),
            $"CALL_CONNECT_ACK hash={SstpNames.Of(_options.Offered)}");
        Enter(SstpCallState.CallConnectedPending, now, NegotiationTimeout);
        Put(new SstpOutput.PppMayStart());
    }

    private void SendNak(byte[] nak, long now)
    {
        string status = Describe(StatusInfo.ReadFirst(SstpMessage.Of(nak)));
        if (_naks < MaximumNaks)
        {
            // The negotiation timer keeps running: a client does not buy time with bad requests.
            _naks++;
            PutMessage(nak, $"CALL_CONNECT_NAK{status}");
            return;
        }

        BeginAbort(
            new StatusInfo(SstpAttributeId.StatusInfo, SstpStatus.RetryCountExceeded),
            SstpCloseReason.NakRetryExceeded,
            $"the client sent {MaximumNaks + 1} connect requests that cannot be accepted{status}",
            now);
    }

    // [MS-SSTP] 3.3.5.2.3. A client may be told of its success before this end's PPP tells us: one message is kept.
    private void ReceiveCallConnected(in SstpMessage message, long now)
    {
        if (!TryFindBinding(message, out _))
        {
            BeginAbort(
                new StatusInfo(SstpAttributeId.StatusInfo, SstpStatus.AttributeNotSupportedInMessage),
                SstpCloseReason.BindingMissing,
                "the client's CALL_CONNECTED has no sound crypto binding",
                now);
            return;
        }

        _callConnected = message.Packet.ToArray();
        ValidateWhenComplete(now);
    }

    private void ValidateWhenComplete(long now)
    {
        if (!_authenticated
            || _callConnected is not { } packet
            || !TryFindBinding(SstpMessage.Of(packet), out CryptoBinding binding))
        {
            return;
        }

        SstpBindingVerdict verdict = SstpCryptoBinding.Verify(
            packet, binding, _options.Offered, _nonce, _options.Certificates, _hlak);
        string hash = SstpNames.Of(binding.Hash);

        // The nonce and the key are spent, whatever the verdict: nothing is ever validated twice.
        EndNegotiation();
        if (verdict == SstpBindingVerdict.Valid)
        {
            PutTrace($"crypto binding verified hash={hash}");
            EnterConnected(now);
            return;
        }

        // The same abort for every mismatch: the peer learns nothing about which one it was.
        BeginAbort(
            new StatusInfo(SstpAttributeId.CryptoBinding, SstpStatus.ValueNotSupported),
            SstpCloseReason.BindingMismatch,
            Explain(verdict, hash),
            now);
    }

    // The MAC is over a message of exactly one attribute, so a message with more has no MAC that could be right.
    private static bool TryFindBinding(in SstpMessage message, out CryptoBinding binding)
    {
        binding = default;
        return message.AttributeCount == 1
            && message.Packet.Length == SstpCryptoBinding.CallConnectedLength
            && message.Body[1] == (byte)SstpAttributeId.CryptoBinding
            && CryptoBinding.TryRead(message.Body[SstpAttribute.HeaderLength..], out binding);
    }

    private static string Explain(SstpBindingVerdict verdict, string hash) => verdict switch
    {
        SstpBindingVerdict.HashNotOffered => $"crypto binding: the client used a hash that was not offered ({hash})",
        SstpBindingVerdict.WrongNonce => "crypto binding: the client sent back another nonce than it was given",
        SstpBindingVerdict.WrongCertificate =>
            "crypto binding: the client saw another certificate than this server's; "
            + "there may be another TLS end in between, or this server was given a wrong certificate",
        _ => "crypto binding: the client's compound MAC is wrong; "
            + "both ends hold different keys from authentication (a RADIUS server must return the MPPE keys)",
    };
}
