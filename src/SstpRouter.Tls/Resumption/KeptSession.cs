using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SstpRouter.Tls.Handshake;
using SstpRouter.Tls.Native;

namespace SstpRouter.Tls.Resumption;

/// <summary>
/// The last session of a client, which the next connection to the same server offers to resume. It is offered once: a
/// connection that fails takes it along, so that the next one begins anew, and one that succeeds leaves one again.
/// </summary>
internal sealed class KeptSession : IDisposable
{
    private readonly Lock _gate = new();
    private ResumableSession? _last;
    private bool _isDisposed;

    /// <summary>The callback of SSL_CTX_sess_set_new_cb(3).</summary>
    public static unsafe delegate* unmanaged[Cdecl]<nint, nint, int> Callback => &OnSession;

    /// <summary>Takes it out; null when there is none that may still be resumed.</summary>
    /// <param name="trust">The number of the trust that certificates are verified against now.</param>
    /// <param name="pin">What is known of the server's certificate, or null.</param>
    /// <param name="now">The time.</param>
    public ResumableSession? Take(long trust, ServerPin? pin, DateTimeOffset now)
    {
        ResumableSession? session;
        lock (_gate)
        {
            (session, _last) = (_last, null);
        }
        if (session is null || (session.Trust == trust && ResumptionTerm.IsOpen(session.End, now)
            && (pin is null || pin.Allows(session.ServerCertificate()))))
        {
            return session;
        }
        session.Handle.Dispose();
        return null;
    }

    /// <summary>Keeps a session in the place of the one before.</summary>
    public void Keep(ResumableSession session)
    {
        ResumableSession? old;
        lock (_gate)
        {
            (old, _last) = _isDisposed ? (session, null) : (_last, session);
        }
        old?.Handle.Dispose();
    }

    /// <summary>The next connection makes a full handshake.</summary>
    public void Forget()
    {
        ResumableSession? old;
        lock (_gate)
        {
            (old, _last) = (_last, null);
        }
        old?.Handle.Dispose();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }
        Forget();
    }

    // With TLS 1.3 a ticket comes when the handshake is over, as often as the server likes; what there was before is taken when
    // the handshake has been judged as a whole. 1 keeps the reference.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnSession(nint ssl, nint session) =>
        LibSsl.SSL_SESSION_get_protocol_version(session) >= LibSsl.VersionTls13
        && SslHandle.AttachedTo(ssl) is HandshakeNotes { Resumption: { } resumption }
        && resumption.TryKeep(session) ? 1 : 0;
}

/// <summary>A session that can be resumed.</summary>
/// <param name="Handle">OpenSSL's object.</param>
/// <param name="Trust">The number of the trust that the server's certificate was verified against.</param>
/// <param name="End">The end of its term.</param>
internal sealed record ResumableSession(SslSessionHandle Handle, long Trust, DateTimeOffset End)
{
    /// <summary>The server's certificate in DER.</summary>
    public byte[] ServerCertificate() => Handle.PeerCertificate() ?? [];
}
