using System.Net;
using SstpRouter.Tls.Native;
using SstpRouter.Tls.Policy;
using SstpRouter.Tls.Verification;

namespace SstpRouter.Tls;

/// <summary>A policy made ready for use; makes any number of connections.</summary>
/// <remarks>
/// Safe to use from several threads. Connections outlive it: disposing it only ends the making of new ones.
/// </remarks>
public sealed class TlsContext : IDisposable
{
    private readonly SslContextHandle _context;
    private readonly bool _isServer;
    private readonly string? _sniName;
    private readonly string? _expectedAddress;

    private TlsContext(SslContextHandle context, bool isServer, byte[]? localCertificate, string? serverName, bool sni)
    {
        _context = context;
        _isServer = isServer;
        LocalCertificateDer = localCertificate;
        if (IPAddress.TryParse(serverName, out _))
        {
            _expectedAddress = serverName;
        }
        else if (sni && !string.IsNullOrEmpty(serverName))
        {
            // RFC 6066 3: without the trailing dot.
            _sniName = serverName.TrimEnd('.');
        }
    }

    /// <summary>This side's own certificate in DER, or null when it has none; the crypto binding hashes it.</summary>
    public byte[]? LocalCertificateDer { get; }

    /// <summary>Makes a client's context.</summary>
    /// <param name="policy">What the user asked for.</param>
    /// <exception cref="TlsPolicyException">No connection could be made with this policy.</exception>
    /// <exception cref="DllNotFoundException">libssl.so.3 is not installed.</exception>
    public static TlsContext ForClient(TlsClientPolicy policy)
    {
        var (context, certificate) = ContextSetup.Client(policy);
        return new TlsContext(context, isServer: false, certificate, policy.ServerName, policy.SendSni);
    }

    /// <summary>Makes a server's context.</summary>
    /// <param name="policy">What the user asked for.</param>
    /// <exception cref="TlsPolicyException">No connection could be made with this policy.</exception>
    /// <exception cref="DllNotFoundException">libssl.so.3 is not installed.</exception>
    public static TlsContext ForServer(TlsServerPolicy policy)
    {
        var (context, certificate) = ContextSetup.Server(policy);
        return new TlsContext(context, isServer: true, certificate, serverName: null, sni: false);
    }

    /// <summary>A new connection on the client's side; <see cref="TlsConnection.Handshake"/> starts it.</summary>
    /// <exception cref="InvalidOperationException">This is a server's context.</exception>
    public TlsConnection Connect() => _isServer
        ? throw new InvalidOperationException("A server's context accepts connections.")
        : NewConnection();

    /// <summary>A new connection on the server's side; <see cref="TlsConnection.Handshake"/> starts it.</summary>
    /// <exception cref="InvalidOperationException">This is a client's context.</exception>
    public TlsConnection Accept() => _isServer
        ? NewConnection()
        : throw new InvalidOperationException("A client's context makes connections.");

    /// <summary>Ends the making of new connections.</summary>
    public void Dispose() => _context.Dispose();

    private TlsConnection NewConnection()
    {
        LibCrypto.ERR_clear_error();
        var ssl = LibSsl.SSL_new(_context);
        try
        {
            if (ssl.IsInvalid)
            {
                throw OpenSslError.Take().ToException();
            }
            var verdict = new CertificateVerdict(_expectedAddress);
            ssl.Attach(verdict);
            if (_sniName is not null && LibSsl.SSL_ctrl(ssl, LibSsl.ControlServerName, 0, _sniName) != 1)
            {
                throw OpenSslError.Take().ToException();
            }
            if (_isServer)
            {
                LibSsl.SSL_set_accept_state(ssl);
            }
            else
            {
                LibSsl.SSL_set_connect_state(ssl);
            }
            return new TlsConnection(ssl, verdict);
        }
        catch
        {
            ssl.Dispose();
            throw;
        }
    }
}
