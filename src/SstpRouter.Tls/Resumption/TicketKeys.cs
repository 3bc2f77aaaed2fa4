using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using SstpRouter.Tls.Handshake;
using SstpRouter.Tls.Native;

namespace SstpRouter.Tls.Resumption;

/// <summary>
/// The keys that a server seals its tickets with (RFC 5077 4, RFC 8446 4.6.1), made by itself and known to nobody else: who
/// comes by one reads what was said in the TLS 1.2 sessions of its time. So each is used for one span, opens tickets for one
/// more, and is wiped at the next handshake after that.
/// </summary>
/// <param name="clock">The clock that spans are measured with.</param>
internal sealed class TicketKeys(TimeProvider clock) : IDisposable
{
    private const int NotOpened = 0;
    private const int Done = 1;
    private const int DoneButRenew = 2;
    private const int Failed = -1;

    private static readonly CipherHandle Cipher = LibCrypto.EVP_CIPHER_fetch(OpenSsl.LibraryContext, "AES-256-CBC", 0);

    // The digest of the seal, and OSSL_MAC_PARAM_KEY and OSSL_MAC_PARAM_DIGEST: C strings.
    private static readonly byte[] Digest = Encoding.ASCII.GetBytes("SHA256\0");
    private static readonly byte[] KeyName = Encoding.ASCII.GetBytes("key\0");
    private static readonly byte[] DigestName = Encoding.ASCII.GetBytes("digest\0");

    private readonly Lock _gate = new();
    private Key? _current;
    private Key? _last;

    /// <summary>How long tickets are sealed with the same key.</summary>
    public static TimeSpan Span => ResumptionTerm.Longest;

    /// <summary>The callback of SSL_CTX_set_tlsext_ticket_key_evp_cb(3).</summary>
    public static unsafe delegate* unmanaged[Cdecl]<nint, byte*, byte*, nint, nint, int, int> Callback => &OnTicket;

    public void Dispose()
    {
        lock (_gate)
        {
            _current?.Wipe();
            _last?.Wipe();
            (_current, _last) = (null, null);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe int OnTicket(nint ssl, byte* name, byte* nonce, nint cipher, nint mac, int isSealing)
    {
        if (SslHandle.AttachedTo(ssl) is not HandshakeNotes { TicketKeys: { } keys })
        {
            return Failed;
        }
        var named = new Span<byte>(name, Key.NameBytes);
        lock (keys._gate)
        {
            keys.Turn();
            if (isSealing != 0)
            {
                // The length of the nonce is that of a block of AES.
                RandomNumberGenerator.Fill(new Span<byte>(nonce, 16));
                keys._current!.Name.CopyTo(named);
                return Use(keys._current, nonce, cipher, mac, isSealing: true) ? Done : Failed;
            }
            if (named.SequenceEqual(keys._current!.Name))
            {
                return Use(keys._current, nonce, cipher, mac, isSealing: false) ? Done : Failed;
            }
            if (keys._last is { } last && named.SequenceEqual(last.Name))
            {
                return Use(last, nonce, cipher, mac, isSealing: false) ? DoneButRenew : Failed;
            }
            return NotOpened;
        }
    }

    private void Turn()
    {
        if (_current is not null && clock.GetElapsedTime(_current.Since) < Span)
        {
            return;
        }
        _last?.Wipe();
        _last = _current;
        if (_last is not null && clock.GetElapsedTime(_last.Since) >= 2 * Span)
        {
            _last.Wipe();
            _last = null;
        }
        _current = new Key(clock.GetTimestamp());
    }

    private static unsafe bool Use(Key key, byte* nonce, nint cipher, nint mac, bool isSealing)
    {
        var block = new ReadOnlySpan<byte>(nonce, 16);
        var started = isSealing
            ? LibCrypto.EVP_EncryptInit_ex2(cipher, Cipher, key.Cipher, block, 0)
            : LibCrypto.EVP_DecryptInit_ex2(cipher, Cipher, key.Cipher, block, 0);
        fixed (byte* keyName = KeyName, digestName = DigestName, digest = Digest, secret = key.Mac)
        {
            var parameters = stackalloc NativeParameter[3];
            parameters[0] = NativeParameter.Octets(keyName, secret, key.Mac.Length);
            parameters[1] = NativeParameter.Text(digestName, digest, Digest.Length - 1);
            parameters[2] = default;
            return started == 1 && LibCrypto.EVP_MAC_CTX_set_params(mac, parameters) == 1;
        }
    }

    private sealed class Key(long since)
    {
        public const int NameBytes = 16;

        public long Since => since;

        public byte[] Name { get; } = RandomNumberGenerator.GetBytes(NameBytes);

        public byte[] Cipher { get; } = RandomNumberGenerator.GetBytes(32);

        public byte[] Mac { get; } = RandomNumberGenerator.GetBytes(32);

        public void Wipe()
        {
            CryptographicOperations.ZeroMemory(Cipher);
            CryptographicOperations.ZeroMemory(Mac);
        }
    }
}
