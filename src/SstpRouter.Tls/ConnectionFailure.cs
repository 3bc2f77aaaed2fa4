using System.Runtime.InteropServices;
using SstpRouter.Tls.Handshake;
using SstpRouter.Tls.Native;
using SstpRouter.Tls.Policy;
using SstpRouter.Tls.Verification;

namespace SstpRouter.Tls;

/// <summary>Puts OpenSSL's reasons into the user's words.</summary>
internal static class ConnectionFailure
{
    // SSL_AD_REASON_OFFSET: a reason from here on is an alert that the peer sent (RFC 8446 6).
    private const int AlertOffset = 1000;

    private const string CompareSettings = "compare tls-version, ciphers, pfs and certificate on both sides";

    public static TlsFailure From(OpenSslError error, SslHandle ssl, HandshakeNotes notes, bool established)
    {
        if (error is { Library: OpenSslError.SslLibrary, Reason: >= AlertOffset })
        {
            return Alert(error.Reason - AlertOffset, notes, established);
        }
        var (peer, offer) = (notes.Peer, notes.Offer);
        // The reasons of sslerr.h.
        var (reason, text, nextStep) = (error.Library, error.Reason) switch
        {
            (OpenSslError.SslLibrary, 193) => (TlsFailureReason.NothingInCommon,
                NotInCommon("cipher suite", peer is null ? null : OfferText.Suites(ssl, peer.Suites), offer.SuitesText),
                CompareSettings),
            (OpenSslError.SslLibrary, 258 or 396 or 166 or 191) => (TlsFailureReason.NothingInCommon,
                NotInCommon("version", peer is null ? null : OfferText.Versions(peer), offer.VersionsText),
                "compare tls-version on both sides; an explicit ciphers or pfs means TLS 1.2 at most"),
            // NO_SUITABLE_SIGNATURE_ALGORITHM, NO_SHARED_SIGNATURE_ALGORITHMS
            (OpenSslError.SslLibrary, 118 or 376) => (TlsFailureReason.NothingInCommon,
                NotInCommon("signature algorithm", peer is null ? null : OfferText.Signatures(peer.SignatureAlgorithms),
                    offer.SignaturesText),
                "use a certificate with a longer or another key"),
            (OpenSslError.SslLibrary, 199) => (TlsFailureReason.NoPeerCertificate,
                "client presented no certificate", "set certificate= on the client, " +
                "or verify-client-certificate=no on the server"),
            (OpenSslError.SslLibrary, 267 or 266 or 155 or 156 or 443) => (TlsFailureReason.NotTls,
                "peer does not speak TLS", "check address and port"),
            (OpenSslError.SslLibrary, 294) => (TlsFailureReason.Truncated,
                established ? "peer closed the connection without notice" : "peer closed the connection in the handshake",
                established ? "the peer or the path between broke down" : "see the peer's log; " + CompareSettings),
            (OpenSslError.SslLibrary, 281) => (TlsFailureReason.ProtocolViolation,
                "TLS record failed its integrity check", "the path between alters the data"),
            _ => (TlsFailureReason.ProtocolViolation, "TLS protocol error", "see the peer's log"),
        };
        return new TlsFailure(reason, text, $"OpenSSL: {error.Text}; {nextStep}");
    }

    public static TlsFailure ShortKey(int bits, byte[] certificate) => new(
        TlsFailureReason.WeakKey,
        $"peer's RSA key is shorter than {IdentityKey.MinimumRsaBits} bits",
        $"{CertificateDescription.Of(certificate)}; its key has {bits} bits; make a certificate with key-size=2048");

    /// <summary>Both lists, where the peer's is known: a server has the client's; a client never sees a server's.</summary>
    private static string NotInCommon(string what, string? theirs, string ours) =>
        $"no TLS {what} in common with peer: " + (theirs is null ? "" : $"it offers {theirs}, ") + $"this side allows {ours}";

    private static TlsFailure Alert(int alert, HandshakeNotes notes, bool established)
    {
        var offered = notes.Policy is TlsClientPolicy
            ? $"offered were {notes.Offer.VersionsText} with {notes.Offer.SuitesText}; "
            : "";
        // Before TLS 1.3 a server that misses a certificate says no more than this.
        var orCertificate = notes.Policy is TlsClientPolicy { Identity: null }
            ? "; a peer with verify-client-certificate=yes wants certificate= set here"
            : "";
        var name = Marshal.PtrToStringUTF8(LibSsl.SSL_alert_desc_string_long(alert)) ?? "unknown";
        var nextStep = alert switch
        {
            // handshake_failure, insufficient_security
            40 or 71 when !established => "peer accepts nothing that was offered: " + offered + CompareSettings + orCertificate,
            // protocol_version
            70 => offered + "compare tls-version on both sides",
            // bad_certificate to certificate_unknown, unknown_ca
            (>= 42 and <= 46) or 48 => "peer does not accept this side's certificate; see the peer's log",
            // certificate_required
            116 => "peer demands a certificate: set certificate=",
            // unrecognized_name
            112 => "peer does not know the name: check connect-to and add-sni",
            _ => "see the peer's log",
        };
        return new TlsFailure(
            TlsFailureReason.PeerAlert,
            established ? $"peer ended the connection: {name}" : $"peer refused the connection: {name}",
            $"peer sent TLS alert {alert} ({name}); {nextStep}");
    }
}
