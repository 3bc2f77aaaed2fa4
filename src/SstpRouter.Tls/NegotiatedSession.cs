using System.Runtime.InteropServices;
using SstpRouter.Tls.Native;
using SstpRouter.Tls.Policy;

namespace SstpRouter.Tls;

/// <summary>What a handshake arrived at.</summary>
internal sealed record NegotiatedSession(
    bool IsAnonymous,
    string CipherSuite,
    string Protocol,
    string Encoding,
    byte[]? PeerCertificateDer,
    IdentityKey? PeerKey,
    bool IsResumed)
{
    public static NegotiatedSession Of(SslHandle ssl)
    {
        var cipher = LibSsl.SSL_get_current_cipher(ssl);
        var suite = Marshal.PtrToStringUTF8(LibSsl.SSL_CIPHER_get_name(cipher)) ?? "";
        using var peer = LibSsl.SSL_get1_peer_certificate(ssl);
        var (type, bits) = peer.IsInvalid ? (0, 0) : peer.PublicKey();
        return new NegotiatedSession(
            LibSsl.SSL_CIPHER_get_auth_nid(cipher) == LibSsl.AuthenticationNull,
            suite,
            Marshal.PtrToStringUTF8(LibSsl.SSL_get_version(ssl)) ?? "",
            LibSsl.SSL_CIPHER_get_cipher_nid(cipher) switch
            {
                LibSsl.CipherAes256Cbc => "AES256-CBC",
                LibSsl.CipherAes256Gcm => "AES256-GCM",
                LibSsl.CipherAes128Gcm => "AES128-GCM",
                LibSsl.CipherChaCha20Poly1305 => "CHACHA20-POLY1305",
                _ => suite,
            },
            peer.IsInvalid ? null : peer.Encode(),
            peer.IsInvalid ? null : new IdentityKey(type, bits),
            LibSsl.SSL_session_reused(ssl) == 1);
    }
}
