using SstpRouter.Sstp.Http;
using SstpRouter.Sstp.Wire;

namespace SstpRouter.Sstp;

/// <summary>The client's end of a call ([MS-SSTP] 3.2).</summary>
public sealed class SstpClientCall : SstpCall
{
    // [MS-SSTP] appendix A <10>.
    private const int MaximumResends = 3;

    private readonly SstpClientOptions _options;
    private readonly byte[] _nonce = new byte[SstpCryptoBinding.NonceLength];
    private SstpHashes _hash;
    private int _resends;

    /// <summary>Makes a call that waits for <see cref="SstpCall.Start"/>.</summary>
    /// <param name="options">What it needs to know.</param>
    /// <param name="random">Where a correlation id comes from, when the options have none.</param>
    /// <exception cref="ArgumentException">The host is empty or not fit for a header, no hash is supported, or a time
    /// is out of range.</exception>
    public SstpClientCall(SstpClientOptions options, SstpRandomFill random)
        : base(options.KeepaliveTimeout, options.HttpTimeout, options.NegotiationTimeout)
    {
        if (options.Host.Length == 0 || options.Host.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException(
                $"\"{options.Host}\" is not fit for a Host header: use printable ASCII without blanks",
                nameof(options));
        }

        if ((options.Supported & (SstpHashes.Sha1 | SstpHashes.Sha256)) == SstpHashes.None)
        {
            throw new ArgumentException("a client needs at least one hash protocol", nameof(options));
        }

        _options = options;
        CorrelationId = options.CorrelationId == Guid.Empty ? NewCorrelationId(random) : options.CorrelationId;
    }

    /// <summary>The correlation id that the server's log has.</summary>
    public Guid CorrelationId { get; }

    private protected override string HttpTimeoutDetail => "the server did not answer the HTTP request in time";

    private protected override string NegotiationTimeoutDetail => State == SstpCallState.ConnectRequestSent
        ? "the server did not answer CALL_CONNECT_REQUEST in time"
        : "authentication did not end in time";

    private protected override void OnStart()
    {
        Put(new SstpOutput.Send(HttpRequest.Build(_options.Host, CorrelationId)));
        PutTrace($"sent HTTP {HttpRequest.Method} correlation-id={CorrelationId:B}");
    }

    private protected override void OnHead(HttpHeadReader head, long now)
    {
        string line = PeerText.Quote(head.Line(0));
        PutTrace($"rcvd HTTP {line} server={PeerText.Quote(head.Header("Server"))}");
        if (!HttpReply.TryReadStatus(head, out int status))
        {
            Finish(
                SstpCloseReason.HttpMalformed,
                $"the server does not speak HTTP/1.1: its answer begins {line}",
                graceful: true);
        }
        else if (status != (int)HttpStatus.Ok)
        {
            Finish(
                SstpCloseReason.HttpRejected,
                $"the server answered {line}: there may be no SSTP server behind this address",
                graceful: true);
        }
        else
        {
            SendRequest(now);
        }
    }

    private protected override void OnHeadTooLarge() =>
        Finish(SstpCloseReason.HttpTooLarge, HeadTooLargeDetail("reply"), graceful: true);

    private protected override bool TryReceive(in SstpMessage message, long now)
    {
        if (State != SstpCallState.ConnectRequestSent)
        {
            return false;
        }

        switch (message.Type)
        {
            case SstpMessageType.CallConnectAck:
                ReceiveAck(message, now);
                return true;

            case SstpMessageType.CallConnectNak:
                ReceiveNak(message, now);
                return true;

            default:
                return false;
        }
    }

    private protected override void OnAuthenticated(ReadOnlySpan<byte> hlak, long now)
    {
        if (State != SstpCallState.ConnectAckReceived)
        {
            return;
        }

        byte[] message = SstpCryptoBinding.CreateCallConnected(_hash, _nonce, _options.ServerCertificateDer, hlak);
        PutMessage(message, $"CALL_CONNECTED hash={SstpNames.Of(_hash)}");
        EndNegotiation();
        EnterConnected(now);
    }

    private protected override void EndNegotiation() => Array.Clear(_nonce);

    private void SendRequest(long now)
    {
        PutMessage(SstpMessages.CallConnectRequest(), "CALL_CONNECT_REQUEST");
        Enter(SstpCallState.ConnectRequestSent, now, NegotiationTimeout);
    }

    // [MS-SSTP] 3.2.5.3.2.
    private void ReceiveAck(in SstpMessage message, long now)
    {
        if (!TryFindRequest(message, out CryptoBindingRequest request))
        {
            BeginAbort(
                new StatusInfo(SstpAttributeId.CryptoBindingRequest, SstpStatus.AttributeNotSupportedInMessage),
                SstpCloseReason.BindingMissing,
                "the server's CALL_CONNECT_ACK has no sound crypto binding request",
                now);
            return;
        }

        SstpHashes common = request.Hashes & _options.Supported;
        _hash = common.HasFlag(SstpHashes.Sha256) ? SstpHashes.Sha256 : common & SstpHashes.Sha1;
        if (_hash == SstpHashes.None)
        {
            BeginAbort(
                new StatusInfo(SstpAttributeId.CryptoBindingRequest, SstpStatus.ValueNotSupported),
                SstpCloseReason.NoCommonHash,
                $"the server offers the hash protocols {SstpNames.Of(request.Hashes)}, "
                + $"this client takes {SstpNames.Of(_options.Supported)}",
                now);
            return;
        }

        request.Nonce.CopyTo(_nonce);
        Enter(SstpCallState.ConnectAckReceived, now, NegotiationTimeout);
        Put(new SstpOutput.PppMayStart());
    }

    // [MS-SSTP] 3.2.5.3.3.
    private void ReceiveNak(in SstpMessage message, long now)
    {
        if (_resends < MaximumResends)
        {
            _resends++;
            SendRequest(now);
            return;
        }

        BeginAbort(
            new StatusInfo(SstpAttributeId.StatusInfo, SstpStatus.RetryCountExceeded),
            SstpCloseReason.NakRetryExceeded,
            $"the server refused the connect request {MaximumResends + 1} times"
            + Describe(StatusInfo.ReadFirst(message)),
            now);
    }

    private static bool TryFindRequest(in SstpMessage message, out CryptoBindingRequest request)
    {
        request = default;
        bool found = false;
        foreach (SstpAttribute attribute in message)
        {
            if (attribute.Id != SstpAttributeId.CryptoBindingRequest)
            {
                continue;
            }

            if (found || !CryptoBindingRequest.TryRead(attribute.Value, out request))
            {
                return false;
            }

            found = true;
        }

        return found;
    }

    private static Guid NewCorrelationId(SstpRandomFill random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random(bytes);

        // RFC 9562 5.4: version 4, variant 10.
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
