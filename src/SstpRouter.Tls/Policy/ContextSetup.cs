using System.Net;
using System.Text;
using SstpRouter.Tls.Handshake;
using SstpRouter.Tls.Native;
using SstpRouter.Tls.Resumption;
using SstpRouter.Tls.Verification;

namespace SstpRouter.Tls.Policy;

/// <summary>
/// Turns a policy into an SSL_CTX. It sets all that a configuration file of the host could have set, since OpenSSL
/// applies such a file to every new SSL_CTX once anything in the process has loaded it.
/// </summary>
internal static class ContextSetup
{
    /// <exception cref="TlsPolicyException">The policy is not usable.</exception>
    public static ReadyPolicy Client(TlsClientPolicy policy)
    {
        using var identity = policy.Identity is null ? null : new LoadedIdentity(policy.Identity);
        var offer = TlsOffer.ForClient(policy, policy.AesFirst ?? CipherSpeed.AesFirst);
        return Make(policy, LibSsl.TLS_client_method(), identity, offer, policy.VerifyServer, context =>
        {
            // A server before RFC 5746: what that opens needs a renegotiation, and we have none. It still is no
            // business of a client that relies on certificates.
            SetCommon(context, offer, policy.VerifyServer ? 0 : LibSsl.OptionLegacyServerConnect);
            if (identity is not null)
            {
                Check(LibSsl.SSL_CTX_ctrl(context, LibSsl.ControlClientSignatureAlgorithms, 0,
                    SignatureAlgorithms.For(identity.Key)));
            }
            if (policy.VerifyServer)
            {
                SetVerification(context, policy, LibSsl.VerifyPeer);
                if (policy.VerifyServerAddress)
                {
                    SetExpectedName(context, policy.ServerName);
                }
            }
            if (policy.Pin is { IsDemanded: true })
            {
                SetPin(context);
            }
            if (policy.AllowsResumption)
            {
                KeepSessions(context);
            }
        });
    }

    /// <exception cref="TlsPolicyException">The policy is not usable.</exception>
    public static ReadyPolicy Server(TlsServerPolicy policy)
    {
        if (policy is { VerifyClient: true, Identity: null })
        {
            throw new TlsPolicyException(
                "verify-client-certificate=yes needs a server certificate: set certificate= as well");
        }
        using var identity = policy.Identity is null ? null : new LoadedIdentity(policy.Identity);
        var offer = TlsOffer.ForServer(policy, identity?.Key, policy.AesFirst ?? CipherSpeed.AesFirst);
        return Make(policy, LibSsl.TLS_server_method(), identity, offer, policy.VerifyClient, context =>
        {
            SetCommon(context, offer, LibSsl.OptionServerPreference | LibSsl.OptionPrioritizeChaCha);
            SetClientHelloCallback(context);
            // DH parameters as strong as the key, or 128 bits of security for an anonymous 256-bit suite.
            Check(LibSsl.SSL_CTX_ctrl(context, LibSsl.ControlDhAuto, 1, 0));
            Check(LibSsl.SSL_CTX_set_num_tickets(context, 0));
            if (Resumes(policy))
            {
                GiveTickets(context);
            }
            if (identity is not null)
            {
                Check(LibSsl.SSL_CTX_ctrl(context, LibSsl.ControlSignatureAlgorithms, 0,
                    SignatureAlgorithms.For(identity.Key)));
            }
            if (policy.VerifyClient)
            {
                SetVerification(context, policy, LibSsl.VerifyPeer | LibSsl.VerifyFailWithoutCertificate);
                AnnounceIssuers(context, policy);
            }
        });
    }

    private static ReadyPolicy Make(
        TlsPolicy policy, nint method, LoadedIdentity? identity, TlsOffer offer, bool verifies, Action<SslContextHandle> set)
    {
        LibCrypto.ERR_clear_error();
        var trust = verifies ? new TrustStore(policy) : null;
        var context = LibSsl.SSL_CTX_new_ex(OpenSsl.LibraryContext, 0, method);
        try
        {
            Check(context.IsInvalid ? 0 : 1);
            set(context);
            identity?.Install(context);
            return new ReadyPolicy(policy, context, offer, trust, identity?.LeafDer(),
                policy is TlsServerPolicy server && Resumes(server) ? new TicketKeys(policy.Clock) : null);
        }
        catch
        {
            context.Dispose();
            trust?.Dispose();
            throw;
        }
    }

    private static unsafe void SetCommon(SslContextHandle context, TlsOffer offer, ulong moreOptions)
    {
        // Level 0: anonymous suites, TLS 1.0 and 1.1 and short keys need it; what may be used is named in full instead.
        LibSsl.SSL_CTX_set_security_level(context, 0);
        Check(LibSsl.SSL_CTX_ctrl(context, LibSsl.ControlMinimumVersion, offer.MinimumVersion, 0));
        Check(LibSsl.SSL_CTX_ctrl(context, LibSsl.ControlMaximumVersion, offer.MaximumVersion, 0));
        Check(LibSsl.SSL_CTX_set_cipher_list(context, offer.Suites));
        Check(LibSsl.SSL_CTX_set_ciphersuites(context, offer.Tls13Suites));
        Check(LibSsl.SSL_CTX_ctrl(context, LibSsl.ControlGroups, 0, SignatureAlgorithms.Groups));
        Check(LibSsl.SSL_CTX_ctrl(context, LibSsl.ControlSignatureAlgorithms, 0, SignatureAlgorithms.All));
        Check(LibSsl.SSL_CTX_ctrl(context, LibSsl.ControlClientSignatureAlgorithms, 0, SignatureAlgorithms.All));

        LibSsl.SSL_CTX_clear_options(context, ulong.MaxValue);
        LibSsl.SSL_CTX_set_options(context, moreOptions | LibSsl.OptionNoCompression | LibSsl.OptionNoRenegotiation
            | LibSsl.OptionNoTicket | LibSsl.OptionMiddleboxCompatibility);
        LibSsl.SSL_CTX_ctrl(context, LibSsl.ControlSessionCacheMode, LibSsl.SessionCacheOff, 0);
        LibSsl.SSL_CTX_ctrl(context, LibSsl.ControlMode,
            LibSsl.ModeAutoRetry | LibSsl.ModeReleaseBuffers | LibSsl.ModeNoAutoChain, 0);
        LibSsl.SSL_CTX_ctrl(context, LibSsl.ControlReadAhead, 1, 0);
        LibSsl.SSL_CTX_set_verify(context, LibSsl.VerifyNone, null);
    }

    private static unsafe void SetVerification(SslContextHandle context, TlsPolicy policy, int mode)
    {
        var parameters = LibSsl.SSL_CTX_get0_param(context);
        var flags = LibCrypto.VerifyPartialChain
            | (policy.CheckRevocation ? LibCrypto.VerifyCrl | LibCrypto.VerifyCrlOfAll : 0);
        Check(LibCrypto.X509_VERIFY_PARAM_set_flags(parameters, flags));
        if (policy.Now is { } now)
        {
            LibCrypto.X509_VERIFY_PARAM_set_time(parameters, (nint)now.ToUnixTimeSeconds());
        }
        LibSsl.SSL_CTX_set_verify(context, mode, CertificateVerdict.Callback);
    }

    // An anonymous server proves nothing that could be relied on again.
    private static bool Resumes(TlsServerPolicy policy) => policy is { AllowsResumption: true, Identity: not null };

    // Sessions are with the clients alone, sealed: what callers leave behind takes no memory here.
    private static unsafe void GiveTickets(SslContextHandle context)
    {
        LibSsl.SSL_CTX_clear_options(context, LibSsl.OptionNoTicket);
        Check(LibSsl.SSL_CTX_set_num_tickets(context, 1));
        LibSsl.SSL_CTX_set_timeout(context, (nint)ResumptionTerm.Longest.TotalSeconds);
        Check(LibSsl.SSL_CTX_set_tlsext_ticket_key_evp_cb(context, TicketKeys.Callback));
        Check(LibSsl.SSL_CTX_set_session_ticket_cb(context, ResumptionTerm.SealCallback, ResumptionTerm.OpenCallback, 0));
    }

    private static unsafe void KeepSessions(SslContextHandle context)
    {
        LibSsl.SSL_CTX_clear_options(context, LibSsl.OptionNoTicket);
        LibSsl.SSL_CTX_ctrl(context, LibSsl.ControlSessionCacheMode,
            LibSsl.SessionCacheClient | LibSsl.SessionCacheNoInternal, 0);
        LibSsl.SSL_CTX_sess_set_new_cb(context, KeptSession.Callback);
    }

    // RFC 5246 7.4.4: an empty list lets the client choose, which the roots of the system would not fit in anyway.
    private static void AnnounceIssuers(SslContextHandle context, TlsServerPolicy policy)
    {
        foreach (var der in policy.SystemRoots is null ? policy.TrustedCertificates : [])
        {
            using var certificate = X509Handle.TryDecode(der)!;
            Check(LibSsl.SSL_CTX_add_client_CA(context, certificate));
        }
    }

    // The pin is looked at in the place of the chain, or before it: no byte of PPP goes to a stranger.
    private static unsafe void SetPin(SslContextHandle context)
    {
        LibSsl.SSL_CTX_set_verify(context, LibSsl.VerifyPeer, CertificateVerdict.Callback);
        LibSsl.SSL_CTX_set_cert_verify_callback(context, CertificateVerdict.ChainCallback, 0);
    }

    private static unsafe void SetClientHelloCallback(SslContextHandle context) =>
        LibSsl.SSL_CTX_set_client_hello_cb(context, PeerOffer.Callback, 0);

    private static void SetExpectedName(SslContextHandle context, string? name)
    {
        var parameters = LibSsl.SSL_CTX_get0_param(context);
        bool set;
        if (IPAddress.TryParse(name, out var address))
        {
            var bytes = address.GetAddressBytes();
            set = LibCrypto.X509_VERIFY_PARAM_set1_ip(parameters, bytes, (nuint)bytes.Length) == 1;
        }
        else
        {
            LibCrypto.X509_VERIFY_PARAM_set_hostflags(parameters, LibCrypto.CheckNoPartialWildcards);
            var host = name?.TrimEnd('.') ?? "";
            set = host.Length > 0 && LibCrypto.X509_VERIFY_PARAM_set1_host(
                parameters, host, (nuint)Encoding.UTF8.GetByteCount(host)) == 1;
        }
        if (!set)
        {
            LibCrypto.ERR_clear_error();
            throw new TlsPolicyException("verify-server-address-from-certificate=yes needs a name or an address " +
                "to compare with: set connect-to");
        }
    }

    private static void Check(nint result)
    {
        if (result <= 0)
        {
            throw OpenSslError.Take().ToException();
        }
    }
}
