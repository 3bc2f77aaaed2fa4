using System.Runtime.InteropServices;

namespace SstpRouter.Tls.Native;

/// <summary>The functions of OpenSSL's libssl that we call, one to one.</summary>
internal static unsafe partial class LibSsl
{
    /// <summary>The library, for dlopen; a static link names the same string in its DirectPInvoke item.</summary>
    public const string Library = "libssl.so.3";

    public const ulong InitNoLoadConfig = 0x80;
    public const ulong InitNoAtExit = 0x80000;

    public const int ControlMode = 33;
    public const int ControlReadAhead = 41;
    public const int ControlSessionCacheMode = 44;
    public const int ControlServerName = 55;
    public const int ControlChainCertificate = 89;
    public const int ControlGroups = 92;
    public const int ControlSignatureAlgorithms = 98;
    public const int ControlClientSignatureAlgorithms = 102;
    public const int ControlVerifyStore = 106;
    public const int ControlDhAuto = 118;
    public const int ControlMinimumVersion = 123;
    public const int ControlMaximumVersion = 124;

    public const int ModeAutoRetry = 0x4;
    public const int ModeNoAutoChain = 0x8;
    public const int ModeReleaseBuffers = 0x10;

    public const int SessionCacheOff = 0;
    public const int SessionCacheClient = 0x1;
    public const int SessionCacheNoInternal = 0x300;
    public const int SentShutdown = 1;
    public const int VersionTls13 = 0x0304;

    public const ulong OptionLegacyServerConnect = 0x4;
    public const ulong OptionNoTicket = 0x4000;
    public const ulong OptionNoCompression = 0x20000;
    public const ulong OptionMiddleboxCompatibility = 0x100000;
    public const ulong OptionPrioritizeChaCha = 0x200000;
    public const ulong OptionServerPreference = 0x400000;
    public const ulong OptionNoRenegotiation = 0x40000000;

    public const int VerifyNone = 0;
    public const int VerifyPeer = 1;
    public const int VerifyFailWithoutCertificate = 2;

    public const int ClientHelloSuccess = 1;

    public const int ErrorWantRead = 2;
    public const int ErrorZeroReturn = 6;

    public const int AuthenticationNull = 1053;
    public const int CipherAes256Cbc = 427;
    public const int CipherAes128Gcm = 895;
    public const int CipherAes256Gcm = 901;
    public const int CipherChaCha20Poly1305 = 1018;

    [LibraryImport(Library)]
    public static partial int OPENSSL_init_ssl(ulong options, nint settings);

    [LibraryImport(Library)]
    public static partial nint TLS_client_method();

    [LibraryImport(Library)]
    public static partial nint TLS_server_method();

    [LibraryImport(Library)]
    public static partial SslContextHandle SSL_CTX_new_ex(nint libraryContext, nint properties, nint method);

    [LibraryImport(Library)]
    public static partial void SSL_CTX_free(nint context);

    [LibraryImport(Library)]
    public static partial nint SSL_CTX_ctrl(SslContextHandle context, int command, nint number, nint argument);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint SSL_CTX_ctrl(SslContextHandle context, int command, nint number, string argument);

    [LibraryImport(Library)]
    public static partial nint SSL_CTX_ctrl(
        SslContextHandle context, int command, nint number, X509StoreHandle argument);

    [LibraryImport(Library)]
    public static partial nint SSL_CTX_ctrl(SslContextHandle context, int command, nint number, X509Handle argument);

    [LibraryImport(Library)]
    public static partial ulong SSL_CTX_clear_options(SslContextHandle context, ulong options);

    [LibraryImport(Library)]
    public static partial ulong SSL_CTX_set_options(SslContextHandle context, ulong options);

    [LibraryImport(Library)]
    public static partial void SSL_CTX_set_security_level(SslContextHandle context, int level);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SSL_CTX_set_cipher_list(SslContextHandle context, string suites);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SSL_CTX_set_ciphersuites(SslContextHandle context, string suites);

    [LibraryImport(Library)]
    public static partial int SSL_CTX_set_num_tickets(SslContextHandle context, nuint count);

    [LibraryImport(Library)]
    public static partial nint SSL_CTX_set_timeout(SslContextHandle context, nint seconds);

    [LibraryImport(Library)]
    public static partial void SSL_CTX_sess_set_new_cb(
        SslContextHandle context, delegate* unmanaged[Cdecl]<nint, nint, int> callback);

    [LibraryImport(Library)]
    public static partial int SSL_CTX_set_tlsext_ticket_key_evp_cb(
        SslContextHandle context, delegate* unmanaged[Cdecl]<nint, byte*, byte*, nint, nint, int, int> callback);

    [LibraryImport(Library)]
    public static partial int SSL_CTX_set_session_ticket_cb(
        SslContextHandle context,
        delegate* unmanaged[Cdecl]<nint, nint, int> seal,
        delegate* unmanaged[Cdecl]<nint, nint, byte*, nuint, int, nint, int> opened,
        nint argument);

    [LibraryImport(Library)]
    public static partial void SSL_CTX_set_verify(
        SslContextHandle context, int mode, delegate* unmanaged[Cdecl]<int, nint, int> callback);

    [LibraryImport(Library)]
    public static partial void SSL_CTX_set_cert_verify_callback(
        SslContextHandle context, delegate* unmanaged[Cdecl]<nint, nint, int> callback, nint argument);

    [LibraryImport(Library)]
    public static partial void SSL_CTX_set_client_hello_cb(
        SslContextHandle context, delegate* unmanaged[Cdecl]<nint, nint, nint, int> callback, nint argument);

    [LibraryImport(Library)]
    public static partial uint SSL_client_hello_get0_legacy_version(nint ssl);

    [LibraryImport(Library)]
    public static partial nuint SSL_client_hello_get0_ciphers(nint ssl, out byte* suites);

    [LibraryImport(Library)]
    public static partial int SSL_client_hello_get0_ext(nint ssl, uint type, out byte* content, out nuint length);

    [LibraryImport(Library)]
    public static partial nint SSL_CTX_get0_param(SslContextHandle context);

    [LibraryImport(Library)]
    public static partial int SSL_CTX_add_client_CA(SslContextHandle context, X509Handle certificate);

    [LibraryImport(Library)]
    public static partial int SSL_CTX_use_certificate(SslContextHandle context, X509Handle certificate);

    [LibraryImport(Library)]
    public static partial int SSL_CTX_use_PrivateKey(SslContextHandle context, KeyHandle key);

    [LibraryImport(Library)]
    public static partial int SSL_CTX_check_private_key(SslContextHandle context);

    [LibraryImport(Library)]
    public static partial SslHandle SSL_new(SslContextHandle context);

    [LibraryImport(Library)]
    public static partial void SSL_free(nint ssl);

    [LibraryImport(Library)]
    public static partial void SSL_set_bio(SslHandle ssl, BioHandle read, BioHandle write);

    [LibraryImport(Library)]
    public static partial void SSL_set_connect_state(SslHandle ssl);

    [LibraryImport(Library)]
    public static partial void SSL_set_accept_state(SslHandle ssl);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint SSL_ctrl(SslHandle ssl, int command, nint number, string argument);

    [LibraryImport(Library)]
    public static partial nint SSL_ctrl(SslHandle ssl, int command, nint number, X509StoreHandle argument);

    [LibraryImport(Library)]
    public static partial int SSL_set_ex_data(SslHandle ssl, int index, nint data);

    [LibraryImport(Library)]
    public static partial nint SSL_get_ex_data(nint ssl, int index);

    [LibraryImport(Library)]
    public static partial int SSL_get_ex_data_X509_STORE_CTX_idx();

    [LibraryImport(Library)]
    public static partial int SSL_do_handshake(SslHandle ssl);

    [LibraryImport(Library)]
    public static partial int SSL_read_ex(SslHandle ssl, Span<byte> data, nuint length, out nuint read);

    [LibraryImport(Library)]
    public static partial int SSL_write_ex(SslHandle ssl, ReadOnlySpan<byte> data, nuint length, out nuint written);

    [LibraryImport(Library)]
    public static partial int SSL_shutdown(SslHandle ssl);

    [LibraryImport(Library)]
    public static partial int SSL_get_error(SslHandle ssl, int result);

    [LibraryImport(Library)]
    public static partial nint SSL_get_version(SslHandle ssl);

    [LibraryImport(Library)]
    public static partial nint SSL_get_current_cipher(SslHandle ssl);

    [LibraryImport(Library)]
    public static partial nint SSL_CIPHER_find(SslHandle ssl, ReadOnlySpan<byte> suite);

    [LibraryImport(Library)]
    public static partial nint SSL_CIPHER_get_name(nint cipher);

    [LibraryImport(Library)]
    public static partial int SSL_CIPHER_get_auth_nid(nint cipher);

    [LibraryImport(Library)]
    public static partial int SSL_CIPHER_get_cipher_nid(nint cipher);

    [LibraryImport(Library)]
    public static partial X509Handle SSL_get1_peer_certificate(SslHandle ssl);

    [LibraryImport(Library)]
    public static partial nint SSL_get_certificate(nint ssl);

    [LibraryImport(Library)]
    public static partial nint SSL_get0_verified_chain(nint ssl);

    [LibraryImport(Library)]
    public static partial void SSL_set_shutdown(nint ssl, int mode);

    [LibraryImport(Library)]
    public static partial int SSL_set_session_id_context(SslHandle ssl, ReadOnlySpan<byte> context, uint length);

    [LibraryImport(Library)]
    public static partial int SSL_set_session(SslHandle ssl, SslSessionHandle session);

    [LibraryImport(Library)]
    public static partial int SSL_session_reused(SslHandle ssl);

    [LibraryImport(Library)]
    public static partial nint SSL_get_session(nint ssl);

    [LibraryImport(Library)]
    public static partial SslSessionHandle SSL_get1_session(SslHandle ssl);

    [LibraryImport(Library)]
    public static partial void SSL_SESSION_free(nint session);

    [LibraryImport(Library)]
    public static partial int SSL_SESSION_is_resumable(SslSessionHandle session);

    [LibraryImport(Library)]
    public static partial int SSL_SESSION_get_protocol_version(nint session);

    [LibraryImport(Library)]
    public static partial nint SSL_SESSION_get0_peer(nint session);

    [LibraryImport(Library)]
    public static partial nint SSL_SESSION_set_timeout(nint session, nint seconds);

    [LibraryImport(Library)]
    public static partial int SSL_SESSION_set1_ticket_appdata(nint session, ReadOnlySpan<byte> data, nuint length);

    [LibraryImport(Library)]
    public static partial int SSL_SESSION_get0_ticket_appdata(nint session, out byte* data, out nuint length);

    [LibraryImport(Library)]
    public static partial nint SSL_alert_desc_string_long(int alert);
}
