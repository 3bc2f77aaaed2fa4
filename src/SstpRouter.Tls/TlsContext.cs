using System.Net;
using SstpRouter.Tls.Handshake;
using SstpRouter.Tls.Native;
using SstpRouter.Tls.Policy;
using SstpRouter.Tls.Resumption;
using SstpRouter.Tls.Verification;

namespace SstpRouter.Tls;

/// <summary>A policy made ready for use; makes any number of connections.</summary>
/// <remarks>
/// Safe to use from several threads. Connections outlive it: disposing it only ends the making of new ones.
/// </remarks>
public sealed class TlsContext : IDisposable
{
    private readonly ReadyPolicy _ready;
    private readonly TlsClientPolicy? _client;
    private readonly string? _sniName;
    private readonly string? _expectedAddress;
    private readonly KeptSession? _kept;

    private TlsContext(ReadyPolicy ready)
    {
        _ready = ready;
        _client = ready.Policy as TlsClientPolicy;
        _kept = _client is { AllowsResumption: true } ? new KeptSession() : null;
        if (IPAddress.TryParse(_client?.ServerName, out _))
        {
            _expectedAddress = _client.ServerName;
        }
        else if (_client is { SendSni: true, ServerName: { Length: > 0 } name })
        {
            // RFC 6066 3: without the trailing dot.
            _sniName = name.TrimEnd('.');
        }
    }

    /// <summary>This side's own certificate in DER, or null when it has none; the crypto binding hashes it.</summary>
    public byte[]? LocalCertificateDer => _ready.LocalCertificate;

    /// <summary>Makes a client's context.</summary>
    /// <param name="policy">What the user asked for.</param>
    /// <exception cref="TlsPolicyException">No connection could be made with this policy.</exception>
    /// <exception cref="DllNotFoundException">libssl.so.3 is not installed.</exception>
    public static TlsContext ForClient(TlsClientPolicy policy) => new(ContextSetup.Client(policy));

    /// <summary>Makes a server's context.</summary>
    /// <param name="policy">What the user asked for.</param>
    /// <exception cref="TlsPolicyException">No connection could be made with this policy.</exception>
    /// <exception cref="DllNotFoundException">libssl.so.3 is not installed.</exception>
    public static TlsContext ForServer(TlsServerPolicy policy) => new(ContextSetup.Server(policy));

    /// <summary>A new connection on the client's side; <see cref="TlsConnection.Handshake"/> starts it.</summary>
    /// <param name="buffers">Where memory for waiting ciphertext comes from; null takes it as it is needed.</param>
    /// <param name="pin">What is known of this server, in the place of the policy's own pin: as demanding as that one. Null keeps that one.</param>
    /// <exception cref="InvalidOperationException">This is a server's context.</exception>
    public TlsConnection Connect(ICiphertextBuffers? buffers = null, ServerPin? pin = null) => _client is null
        ? throw new InvalidOperationException("A server's context accepts connections.")
        : NewConnection(buffers, pin is null || pin == _client.Pin ? _client : _client with { Pin = pin });

    /// <summary>A new connection on the server's side; <see cref="TlsConnection.Handshake"/> starts it.</summary>
    /// <param name="buffers">Where memory for waiting ciphertext comes from; null takes it as it is needed.</param>
    /// <exception cref="InvalidOperationException">This is a client's context.</exception>
    public TlsConnection Accept(ICiphertextBuffers? buffers = null) => _client is null
        ? NewConnection(buffers, client: null)
        : throw new InvalidOperationException("A client's context makes connections.");

    /// <summary>
    /// Has the next connection of a client make a full handshake. What a client resumes shows the certificate that the server
    /// had then, and a server that has another one by now may refuse what is bound to the old.
    /// </summary>
    public void ForgetSession() => _kept?.Forget();

    /// <summary>Ends the making of new connections.</summary>
    public void Dispose()
    {
        _ready.Context.Dispose();
        _ready.Trust?.Dispose();
        _ready.TicketKeys?.Dispose();
        _kept?.Dispose();
    }

    private TlsConnection NewConnection(ICiphertextBuffers? buffers, TlsClientPolicy? client)
    {
        LibCrypto.ERR_clear_error();
        var ssl = LibSsl.SSL_new(_ready.Context);
        try
        {
            if (ssl.IsInvalid)
            {
                throw OpenSslError.Take().ToException();
            }
            var verdict = new CertificateVerdict(_expectedAddress, client?.Pin, verifiesChain: _ready.Trust is not null);
            var trust = _ready.Trust?.Attach(ssl) ?? 0;
            var notes = new HandshakeNotes(client ?? _ready.Policy, _ready.Offer, verdict)
            {
                Resumption = _kept is null ? null : new ClientResumption(_kept, trust, _ready.Policy.Clock),
                TicketKeys = _ready.TicketKeys,
            };
            ssl.Attach(notes);
            ResumptionTerm.BindTo(trust, ssl);
            if (_sniName is not null && LibSsl.SSL_ctrl(ssl, LibSsl.ControlServerName, 0, _sniName) != 1)
            {
                throw OpenSslError.Take().ToException();
            }
            if (client is null)
            {
                LibSsl.SSL_set_accept_state(ssl);
            }
            else
            {
                LibSsl.SSL_set_connect_state(ssl);
                notes.Resumption?.Offer(ssl, client.Pin);
            }
            return new TlsConnection(ssl, notes, buffers);
        }
        catch
        {
            ssl.Dispose();
            throw;
        }
    }
}
