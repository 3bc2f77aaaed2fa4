using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SstpRouter.Tls.Handshake;
using SstpRouter.Tls.Native;

namespace SstpRouter.Tls.Verification;

/// <summary>What OpenSSL said of the peer's certificate chain during one handshake, and what a pin says of it.</summary>
/// <param name="expectedAddress">The IP address that the certificate must name, as text; null when it is none.</param>
/// <param name="pin">What is known of the server's own certificate, or null.</param>
/// <param name="verifiesChain">False when only the pin counts.</param>
internal sealed class CertificateVerdict(string? expectedAddress, ServerPin? pin, bool verifiesChain)
{
    private static readonly int SslIndex = LibSsl.SSL_get_ex_data_X509_STORE_CTX_idx();

    /// <summary>The first refusal, or null while there is none.</summary>
    public CertificateRefusal? Refusal { get; private set; }

    /// <summary>The fingerprint that the pin wanted, when that was the refusal.</summary>
    public string? WantedFingerprint { get; private set; }

    /// <summary>The verify_callback of SSL_CTX_set_verify(3).</summary>
    public static unsafe delegate* unmanaged[Cdecl]<int, nint, int> Callback => &OnCertificate;

    /// <summary>The callback of SSL_CTX_set_cert_verify_callback(3), for a policy with a pin.</summary>
    public static unsafe delegate* unmanaged[Cdecl]<nint, nint, int> ChainCallback => &OnChain;

    // Called for each certificate with OpenSSL's own opinion; 1 accepts.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnCertificate(int accepted, nint storeContext) =>
        accepted == 1 || Of(storeContext) is { } verdict && verdict.Overrules(storeContext) ? 1 : 0;

    // Called once for the chain, in the place of OpenSSL's verification; 1 accepts.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnChain(nint storeContext, nint argument) =>
        Of(storeContext) is { } verdict && verdict.AcceptsChain(storeContext) ? 1 : 0;

    private static CertificateVerdict? Of(nint storeContext) =>
        (SslHandle.AttachedTo(LibCrypto.X509_STORE_CTX_get_ex_data(storeContext, SslIndex)) as HandshakeNotes)?.Verdict;

    private bool AcceptsChain(nint storeContext)
    {
        var certificate = LibCrypto.X509_STORE_CTX_get0_cert(storeContext);
        if (certificate == 0)
        {
            return false;
        }
        var der = X509Handle.Encode(certificate);
        if (pin is not null && !pin.Accepts(der))
        {
            WantedFingerprint = pin.Expected;
            LibCrypto.X509_STORE_CTX_set_error(storeContext, CertificateRefusal.Rejected);
            Refusal ??= new CertificateRefusal(CertificateRefusal.Rejected, 0, der);
            return false;
        }
        if (verifiesChain)
        {
            return LibCrypto.X509_verify_cert(storeContext) == 1;
        }
        LibCrypto.X509_STORE_CTX_set_error(storeContext, 0);
        return true;
    }

    private bool Overrules(nint storeContext)
    {
        var error = LibCrypto.X509_STORE_CTX_get_error(storeContext);
        var certificate = LibCrypto.X509_STORE_CTX_get_current_cert(storeContext);
        if ((error == CertificateRefusal.AddressMismatch && certificate != 0 && NamesExpectedAddress(certificate))
            || (error == CertificateRefusal.NoRevocationList && IsAnchor(storeContext)))
        {
            LibCrypto.X509_STORE_CTX_set_error(storeContext, 0);
            return true;
        }
        Refusal ??= new CertificateRefusal(
            error,
            LibCrypto.X509_STORE_CTX_get_error_depth(storeContext),
            certificate == 0 ? null : X509Handle.Encode(certificate));
        return false;
    }

    // What the user trusts by itself, be it a root or a server's own certificate, no issuer's list can take back.
    private static bool IsAnchor(nint storeContext) =>
        LibCrypto.X509_STORE_CTX_get_error_depth(storeContext)
        == LibCrypto.OPENSSL_sk_num(LibCrypto.X509_STORE_CTX_get0_chain(storeContext)) - 1;

    // OpenSSL looks for an address only among the alternative names of type iPAddress; RouterOS compares connect-to
    // with the common name as well, which is where its users put the address.
    private bool NamesExpectedAddress(nint certificate) =>
        expectedAddress is not null && LibCrypto.X509_check_host(certificate, expectedAddress, 0,
            LibCrypto.CheckNoWildcards | LibCrypto.CheckAlwaysSubject, 0) == 1;
}
