using SstpRouter.Tls.Native;

namespace SstpRouter.Tls.Resumption;

/// <summary>What one connection of a client does about resuming: it offers the session that was kept, and leaves one.</summary>
/// <param name="kept">Where sessions are kept.</param>
/// <param name="trust">The number of the trust that the server's certificate is verified against.</param>
/// <param name="clock">What terms are measured with.</param>
internal sealed class ClientResumption(KeptSession kept, long trust, TimeProvider clock)
{
    private DateTimeOffset _offeredEnd;

    // A server can send tickets for as long as the connection lasts; their term began with the handshake.
    private DateTimeOffset? _end;

    /// <summary>Has the ClientHello of <paramref name="ssl"/> offer what was kept, if that may still be resumed.</summary>
    public void Offer(SslHandle ssl, ServerPin? pin)
    {
        if (kept.Take(trust, pin, clock.GetUtcNow()) is not { } session)
        {
            return;
        }
        using (session.Handle)
        {
            _offeredEnd = session.End;
            if (LibSsl.SSL_set_session(ssl, session.Handle) != 1)
            {
                // A full handshake needs nothing of it.
                LibCrypto.ERR_clear_error();
            }
        }
    }

    /// <summary>The handshake is done, the server's certificate with it, and nothing speaks against either.</summary>
    public void Agreed(SslHandle ssl, bool isResumed)
    {
        var session = LibSsl.SSL_get1_session(ssl);
        _end = isResumed ? _offeredEnd : ResumptionTerm.After(ssl.DangerousGetHandle(), session.DangerousGetHandle(), clock.GetUtcNow());
        if (LibSsl.SSL_SESSION_is_resumable(session) == 1
            && LibSsl.SSL_SESSION_get_protocol_version(session.DangerousGetHandle()) < LibSsl.VersionTls13)
        {
            kept.Keep(new ResumableSession(session, trust, _end.Value));
        }
        else
        {
            session.Dispose();
        }
    }

    /// <summary>Keeps the session of a ticket that came after the handshake, and takes the reference over.</summary>
    /// <returns>False when it is of no use; then the reference stays the caller's.</returns>
    public bool TryKeep(nint session)
    {
        if (_end is not { } end)
        {
            return false;
        }
        kept.Keep(new ResumableSession(SslSessionHandle.Owning(session), trust, end));
        return true;
    }
}
