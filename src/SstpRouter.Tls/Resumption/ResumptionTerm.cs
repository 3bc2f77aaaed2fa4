using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SstpRouter.Tls.Handshake;
using SstpRouter.Tls.Native;

namespace SstpRouter.Tls.Resumption;

/// <summary>
/// Until when what a full handshake has proved may be relied on without another one. A resumed handshake shows no certificate
/// and verifies none, and its own ticket reaches no further than the first: so a term ends after <see cref="Longest"/>, and
/// earlier where a certificate of either side, or one between the peer's and its root, expires.
/// </summary>
internal static class ResumptionTerm
{
    // SSL_TICKET_SUCCESS and SSL_TICKET_SUCCESS_RENEW, and the callback's answers, of ssl.h.
    private const int Opened = 5;
    private const int OpenedToRenew = 6;
    private const int IgnoreAndRenew = 2;
    private const int Use = 3;
    private const int UseAndRenew = 4;

    /// <summary>How long a session can be resumed at most after its full handshake.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromHours(2);

    /// <summary>The first callback of SSL_CTX_set_session_ticket_cb(3): a server is about to seal a ticket.</summary>
    public static unsafe delegate* unmanaged[Cdecl]<nint, nint, int> SealCallback => &OnSeal;

    /// <summary>The second: it has opened one, or could not.</summary>
    public static unsafe delegate* unmanaged[Cdecl]<nint, nint, byte*, nuint, int, nint, int> OpenCallback => &OnOpened;

    /// <summary>The end of the term that begins with a full handshake.</summary>
    /// <param name="ssl">The connection, whose handshake has verified what it verifies.</param>
    /// <param name="session">Its session.</param>
    /// <param name="now">The time.</param>
    public static DateTimeOffset After(nint ssl, nint session, DateTimeOffset now)
    {
        var end = now + Longest;
        Shorten(LibSsl.SSL_get_certificate(ssl), ref end);
        Shorten(LibSsl.SSL_SESSION_get0_peer(session), ref end);
        var chain = LibSsl.SSL_get0_verified_chain(ssl);
        for (var i = 0; chain != 0 && i < LibCrypto.OPENSSL_sk_num(chain); i++)
        {
            Shorten(LibCrypto.OPENSSL_sk_value(chain, i), ref end);
        }
        return end;
    }

    /// <summary>
    /// Has a server take back only tickets that it gave while it trusted the same: those of before a revocation are none of
    /// this <paramref name="ssl"/>'s.
    /// </summary>
    /// <param name="trust">The number of the trust that certificates are verified against.</param>
    /// <param name="ssl">A new connection.</param>
    public static void BindTo(long trust, SslHandle ssl)
    {
        Span<byte> context = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(context, trust);
        if (LibSsl.SSL_set_session_id_context(ssl, context, sizeof(long)) != 1)
        {
            throw OpenSslError.Take().ToException();
        }
    }

    /// <summary>True within the term; a clock that was set back by more than a term begins it in the future, which is not.</summary>
    public static bool IsOpen(DateTimeOffset end, DateTimeOffset now) => now < end && end - now <= Longest;

    private static void Shorten(nint certificate, ref DateTimeOffset end)
    {
        if (certificate == 0)
        {
            return;
        }
        // Against OpenSSL's clock, which is the one that is read here.
        var expiry = LibCrypto.ASN1_TIME_diff(out var days, out var seconds, 0, LibCrypto.X509_get0_notAfter(certificate)) == 1
            ? DateTimeOffset.UtcNow.AddDays(days).AddSeconds(seconds)
            : DateTimeOffset.MinValue;
        if (expiry < end)
        {
            end = expiry;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe int OnSeal(nint ssl, nint argument)
    {
        var session = LibSsl.SSL_get_session(ssl);
        if (session == 0 || SslHandle.AttachedTo(ssl) is not HandshakeNotes notes)
        {
            return 0;
        }
        var now = notes.Policy.Clock.GetUtcNow();
        if (Of(session) is not { } end)
        {
            end = After(ssl, session, now);
            Span<byte> noted = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(noted, end.ToUnixTimeMilliseconds());
            if (LibSsl.SSL_SESSION_set1_ticket_appdata(session, noted, (nuint)noted.Length) != 1)
            {
                return 0;
            }
        }
        // What the client is told; 0 would mean that nothing is known (RFC 5077 3.3).
        _ = LibSsl.SSL_SESSION_set_timeout(session, (nint)Math.Clamp((end - now).TotalSeconds, 1, Longest.TotalSeconds));
        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe int OnOpened(nint ssl, nint session, byte* keyName, nuint keyNameLength, int status, nint argument)
    {
        var isGood = status is Opened or OpenedToRenew
            && SslHandle.AttachedTo(ssl) is HandshakeNotes notes
            && Of(session) is { } end
            && IsOpen(end, notes.Policy.Clock.GetUtcNow());
        if (!isGood)
        {
            return IgnoreAndRenew;
        }
        // A ticket of TLS 1.3 is for one connection (RFC 8446 C.4), which gets one for the next.
        var isUsedUp = LibSsl.SSL_SESSION_get_protocol_version(session) >= LibSsl.VersionTls13;
        return isUsedUp || status == OpenedToRenew ? UseAndRenew : Use;
    }

    // A ticket carries it, sealed with the rest.
    private static unsafe DateTimeOffset? Of(nint session) =>
        LibSsl.SSL_SESSION_get0_ticket_appdata(session, out var noted, out var length) == 1 && length == sizeof(long)
            ? DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(new ReadOnlySpan<byte>(noted, sizeof(long))))
            : null;
}
