using System.Runtime.InteropServices;
using SstpRouter.Tls.Native;

namespace SstpRouter.Tls.Verification;

/// <summary>One certificate that was refused.</summary>
/// <param name="Error">The X509_V_ERR number of x509_vfy.h.</param>
/// <param name="Depth">0 for the peer's own certificate, then upwards.</param>
/// <param name="Der">The certificate, when OpenSSL named one.</param>
internal sealed record CertificateRefusal(int Error, int Depth, byte[]? Der)
{
    /// <summary>X509_V_ERR_IP_ADDRESS_MISMATCH.</summary>
    public const int AddressMismatch = 64;

    /// <summary>X509_V_ERR_UNABLE_TO_GET_CRL.</summary>
    public const int NoRevocationList = 3;

    /// <summary>X509_V_ERR_CERT_REJECTED: what we say for a pin that does not match.</summary>
    public const int Rejected = 28;

    /// <summary>The refusal in RouterOS's words where it has them.</summary>
    /// <param name="policy">The policy that refuses: it names the commands that would mend it.</param>
    /// <param name="wantedFingerprint">The pin, when that refused.</param>
    public TlsFailure ToFailure(TlsPolicy policy, string? wantedFingerprint)
    {
        var hint = new RefusalHint(policy);
        if (wantedFingerprint is not null && Der is not null)
        {
            var seen = ServerPin.FingerprintOf(Der);
            return new TlsFailure(
                TlsFailureReason.PinMismatch,
                "server's fingerprint does not match",
                $"expected {wantedFingerprint}, seen {seen}; {CertificateDescription.Of(Der)}; {hint.ForOtherFingerprint(seen)}");
        }
        var reasonText = Marshal.PtrToStringUTF8(LibCrypto.X509_verify_cert_error_string(Error))
            ?? $"error {Error}";
        var (reason, text, nextStep) = Error switch
        {
            9 => (TlsFailureReason.CertificateNotYetValid, "certificate is not yet valid", hint.ForNotYetValid()),
            10 => (TlsFailureReason.CertificateExpired, "certificate has expired", hint.ForExpired()),
            // INVALID_PURPOSE, KEYUSAGE_NO_CERTSIGN, KEYUSAGE_NO_DIGITAL_SIGNATURE, INVALID_CA
            26 or 32 or 39 or 79 => (TlsFailureReason.InvalidCertificatePurpose, "invalid certificate purpose",
                hint.ForPurpose(Depth)),
            // DEPTH_ZERO_SELF_SIGNED_CERT, SELF_SIGNED_CERT_IN_CHAIN
            18 or 19 => (TlsFailureReason.SelfSignedCertificate, "self signed certificate in a chain",
                hint.ForUntrustedRoot(Depth, Der)),
            // UNABLE_TO_GET_ISSUER_CERT, ..._LOCALLY, UNABLE_TO_VERIFY_LEAF_SIGNATURE
            2 or 20 or 21 => (TlsFailureReason.UnknownIssuer, "unable to get issuer certificate locally",
                hint.ForUnknownIssuer(Der)),
            // HOSTNAME_MISMATCH, IP_ADDRESS_MISMATCH
            62 or AddressMismatch => (TlsFailureReason.AddressMismatch,
                "server's IP address does not match certificate", hint.ForAddress(Der)),
            23 => (TlsFailureReason.CertificateRevoked, "certificate revoked", RefusalHint.ForRevoked),
            // UNABLE_TO_GET_CRL, UNABLE_TO_GET_CRL_ISSUER
            NoRevocationList or 33 => (TlsFailureReason.RevocationUnknown, "unable to get certificate CRL", RefusalHint.ForNoList(Der)),
            // CRL_NOT_YET_VALID, CRL_HAS_EXPIRED
            11 or 12 => (TlsFailureReason.RevocationUnknown, reasonText, hint.ForTimeOfList()),
            _ => (TlsFailureReason.CertificateRefused, $"certificate is refused: {reasonText}",
                "replace the peer's certificate"),
        };
        return new TlsFailure(reason, text, $"{CertificateDescription.Of(Der)}, depth {Depth}; " +
            $"OpenSSL: {reasonText}; {nextStep}");
    }
}
