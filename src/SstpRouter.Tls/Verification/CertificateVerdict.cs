using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SstpRouter.Tls.Native;

namespace SstpRouter.Tls.Verification;

/// <summary>What OpenSSL said of the peer's certificate chain during one handshake.</summary>
/// <param name="expectedAddress">The IP address that the certificate must name, as text; null when it is none.</param>
internal sealed class CertificateVerdict(string? expectedAddress)
{
    private static readonly int SslIndex = LibSsl.SSL_get_ex_data_X509_STORE_CTX_idx();

    /// <summary>The first refusal, or null while there is none.</summary>
    public CertificateRefusal? Refusal { get; private set; }

    public static unsafe delegate* unmanaged[Cdecl]<int, nint, int> Callback => &OnCertificate;

    // The verify_callback of SSL_CTX_set_verify(3): called for each certificate with OpenSSL's own opinion; 1 accepts.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnCertificate(int accepted, nint storeContext)
    {
        if (accepted == 1)
        {
            return 1;
        }
        var verdict = SslHandle.AttachedTo(LibCrypto.X509_STORE_CTX_get_ex_data(storeContext, SslIndex))
            as CertificateVerdict;
        return verdict is not null && verdict.Overrules(storeContext) ? 1 : 0;
    }

    private bool Overrules(nint storeContext)
    {
        var error = LibCrypto.X509_STORE_CTX_get_error(storeContext);
        var certificate = LibCrypto.X509_STORE_CTX_get_current_cert(storeContext);
        if (error == CertificateRefusal.AddressMismatch && certificate != 0 && NamesExpectedAddress(certificate))
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

    // OpenSSL looks for an address only among the alternative names of type iPAddress; RouterOS compares connect-to
    // with the common name as well, which is where its users put the address.
    private bool NamesExpectedAddress(nint certificate) =>
        expectedAddress is not null && LibCrypto.X509_check_host(certificate, expectedAddress, 0,
            LibCrypto.CheckNoWildcards | LibCrypto.CheckAlwaysSubject, 0) == 1;
}
