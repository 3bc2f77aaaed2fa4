using System.Runtime.InteropServices;
using SstpRouter.Tls.Native;

namespace SstpRouter.Tls.Verification;

/// <summary>One certificate that OpenSSL refused.</summary>
/// <param name="Error">The X509_V_ERR number of x509_vfy.h.</param>
/// <param name="Depth">0 for the peer's own certificate, then upwards.</param>
/// <param name="Der">The certificate, when OpenSSL named one.</param>
internal sealed record CertificateRefusal(int Error, int Depth, byte[]? Der)
{
    /// <summary>X509_V_ERR_IP_ADDRESS_MISMATCH.</summary>
    public const int AddressMismatch = 64;

    /// <summary>The refusal in RouterOS's words where it has them.</summary>
    public TlsFailure ToFailure()
    {
        var reasonText = Marshal.PtrToStringUTF8(LibCrypto.X509_verify_cert_error_string(Error))
            ?? $"error {Error}";
        var (reason, text, nextStep) = Error switch
        {
            9 => (TlsFailureReason.CertificateNotYetValid, "certificate is not yet valid",
                "check the clock on both sides"),
            10 => (TlsFailureReason.CertificateExpired, "certificate has expired",
                "renew the peer's certificate, or check the clock on this side"),
            // INVALID_PURPOSE, KEYUSAGE_NO_CERTSIGN, KEYUSAGE_NO_DIGITAL_SIGNATURE, INVALID_CA
            26 or 32 or 39 or 79 => (TlsFailureReason.InvalidCertificatePurpose, "invalid certificate purpose",
                "the peer's certificate needs key-usage tls-server on a server or tls-client on a client, " +
                "and its issuer must be an authority"),
            // DEPTH_ZERO_SELF_SIGNED_CERT, SELF_SIGNED_CERT_IN_CHAIN
            18 or 19 => (TlsFailureReason.SelfSignedCertificate, "self signed certificate in a chain",
                "import this root certificate and trust it, if it is the right one"),
            // UNABLE_TO_GET_ISSUER_CERT, ..._LOCALLY, UNABLE_TO_VERIFY_LEAF_SIGNATURE
            2 or 20 or 21 => (TlsFailureReason.UnknownIssuer, "unable to get issuer certificate locally",
                "import the certificate of the issuer and trust it"),
            // HOSTNAME_MISMATCH, IP_ADDRESS_MISMATCH
            62 or AddressMismatch => (TlsFailureReason.AddressMismatch,
                "server's IP address does not match certificate",
                "set connect-to to a name or address of the certificate, " +
                "or make a certificate with subject-alt-name set to this one"),
            _ => (TlsFailureReason.CertificateRefused, $"certificate is refused: {reasonText}",
                "replace the peer's certificate"),
        };
        return new TlsFailure(reason, text, $"{CertificateDescription.Of(Der)}, depth {Depth}; " +
            $"OpenSSL: {reasonText}; {nextStep}");
    }
}
