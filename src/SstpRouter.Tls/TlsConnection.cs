using SstpRouter.Tls.Handshake;
using SstpRouter.Tls.Native;

namespace SstpRouter.Tls;

/// <summary>One TLS connection, without a socket: ciphertext and plaintext go in and come out as spans.</summary>
/// <remarks>
/// For one thread at a time. After each call of <see cref="Handshake"/>, <see cref="Read"/>, <see cref="Write"/> and
/// <see cref="Close"/>, failed ones included, send what <see cref="TakeCiphertext"/> gives: a failure queues the alert
/// that tells the peer. A client's TLS 1.3 handshake ends before the server has judged its certificate (RFC 8446 2):
/// a refusal then arrives as a failed <see cref="Read"/>.
/// </remarks>
public sealed class TlsConnection : IDisposable
{
    private readonly SslHandle _ssl;
    private readonly CiphertextBio _ciphertext;
    private readonly HandshakeNotes _notes;
    private NegotiatedSession? _session;
    private bool _closeSent;
    private bool _closeReceived;

    internal TlsConnection(SslHandle ssl, HandshakeNotes notes, ICiphertextBuffers? buffers)
    {
        _ssl = ssl;
        _notes = notes;
        _ciphertext = new CiphertextBio(buffers);
        // SSL_set_bio takes over one reference; the handle keeps its own.
        _ = LibCrypto.BIO_up_ref(_ciphertext.Handle);
        LibSsl.SSL_set_bio(ssl, _ciphertext.Handle, _ciphertext.Handle);
    }

    /// <summary>Why the connection is lost, or null while it is not.</summary>
    public TlsFailure? Failure { get; private set; }

    /// <summary>True when no certificate took part. False until the handshake is done.</summary>
    public bool IsAnonymous => _session?.IsAnonymous ?? false;

    /// <summary>
    /// True when the handshake resumed the session of an earlier one (RFC 5077, RFC 8446 2.2) and showed no certificate anew:
    /// <see cref="PeerCertificateDer"/> is then the one of that. False until the handshake is done.
    /// </summary>
    public bool IsResumed => _session?.IsResumed ?? false;

    /// <summary>OpenSSL's name of the suite, such as <c>ECDHE-RSA-AES256-GCM-SHA384</c>; empty until then.</summary>
    public string CipherSuite => _session?.CipherSuite ?? "";

    /// <summary>The version, such as <c>TLSv1.2</c>; empty until the handshake is done.</summary>
    public string Protocol => _session?.Protocol ?? "";

    /// <summary>True for TLS 1.0 and 1.1, which are taken only from a peer that has nothing better.</summary>
    public bool IsOutdated => Protocol is "TLSv1" or "TLSv1.1";

    /// <summary>RouterOS's name of the bulk cipher, such as <c>AES256-CBC</c>; empty until the handshake is done.</summary>
    public string Encoding => _session?.Encoding ?? "";

    /// <summary>The peer's own certificate in DER; null when it has none, and until the handshake is done.</summary>
    public byte[]? PeerCertificateDer => _session?.PeerCertificateDer;

    /// <summary>Ciphertext that waits for the socket, in bytes.</summary>
    public int PendingCiphertext => Ciphertext.Length;

    /// <summary>The same bytes, until the next call; what is sent of them is told to <see cref="Sent"/>.</summary>
    public ReadOnlySpan<byte> Ciphertext
    {
        get
        {
            ObjectDisposedException.ThrowIf(_ssl.IsClosed, this);
            return _ciphertext.Waiting;
        }
    }

    /// <summary>Carries the handshake on; the first call of a client makes its ClientHello.</summary>
    /// <returns>
    /// <see cref="TlsStatus.WantsInput"/>, <see cref="TlsStatus.Done"/> or <see cref="TlsStatus.Failed"/>.
    /// </returns>
    public TlsStatus Handshake()
    {
        if (Failure is not null)
        {
            return TlsStatus.Failed;
        }
        if (_session is not null)
        {
            return TlsStatus.Done;
        }
        LibCrypto.ERR_clear_error();
        var result = LibSsl.SSL_do_handshake(_ssl);
        if (result != 1)
        {
            return LibSsl.SSL_get_error(_ssl, result) == LibSsl.ErrorWantRead ? TlsStatus.WantsInput : Fail();
        }
        var session = NegotiatedSession.Of(_ssl);
        if (session.PeerCertificateDer is { } certificate && session.PeerKey is { IsTooShort: true } key)
        {
            Failure = ConnectionFailure.ShortKey(key.Bits, certificate);
            return TlsStatus.Failed;
        }
        _session = session;
        _notes.Peer = null;
        if (session.PeerCertificateDer is { } seen)
        {
            (_notes.Policy as TlsClientPolicy)?.Pin?.Note(seen);
            _notes.Resumption?.Agreed(_ssl, session.IsResumed);
        }
        return TlsStatus.Done;
    }

    /// <summary>Takes all of what the socket received; a record may come in any pieces.</summary>
    /// <param name="fromSocket">The bytes; an empty span does nothing.</param>
    public void PutCiphertext(ReadOnlySpan<byte> fromSocket) => _ciphertext.Put(fromSocket);

    /// <summary>The same without a copy: the memory must stay as it is until <see cref="EndLoan"/>.</summary>
    /// <param name="fromSocket">The bytes.</param>
    public void LendCiphertext(ReadOnlyMemory<byte> fromSocket) => _ciphertext.Lend(fromSocket);

    /// <summary>The memory lent may change from now on; what was not read of it yet is kept.</summary>
    public void EndLoan() => _ciphertext.EndLoan();

    /// <summary>
    /// Says that the socket will give no more: once all is read, <see cref="Read"/> and <see cref="Handshake"/> fail
    /// with <see cref="TlsFailureReason.Truncated"/> rather than want input, unless the peer had closed properly.
    /// </summary>
    public void EndCiphertext() => _ciphertext.End();

    /// <summary>Reads plaintext, at most one record at a time: call it until it wants input.</summary>
    /// <param name="plaintext">Where to; must not be empty.</param>
    /// <param name="count">The bytes read; 0 unless the status is <see cref="TlsStatus.Data"/>.</param>
    /// <returns>
    /// <see cref="TlsStatus.Data"/>, <see cref="TlsStatus.WantsInput"/>, <see cref="TlsStatus.Closed"/> or
    /// <see cref="TlsStatus.Failed"/>; the last two stay.
    /// </returns>
    /// <exception cref="InvalidOperationException">The handshake is not done.</exception>
    public TlsStatus Read(Span<byte> plaintext, out int count)
    {
        count = 0;
        if (Failure is not null)
        {
            return TlsStatus.Failed;
        }
        if (_closeReceived)
        {
            return TlsStatus.Closed;
        }
        ThrowUnlessDone();
        ArgumentOutOfRangeException.ThrowIfZero(plaintext.Length);
        LibCrypto.ERR_clear_error();
        var result = LibSsl.SSL_read_ex(_ssl, plaintext, (nuint)plaintext.Length, out var read);
        if (result == 1)
        {
            count = (int)read;
            return TlsStatus.Data;
        }
        switch (LibSsl.SSL_get_error(_ssl, result))
        {
            case LibSsl.ErrorWantRead:
                return TlsStatus.WantsInput;
            case LibSsl.ErrorZeroReturn:
                _closeReceived = true;
                return TlsStatus.Closed;
            default:
                return Fail();
        }
    }

    /// <summary>Encrypts all of the plaintext, in records of at most 16,384 bytes (RFC 8446 5.1).</summary>
    /// <param name="plaintext">The bytes, of any length; an empty span does nothing.</param>
    /// <returns>False when the connection is lost or this side has closed it.</returns>
    /// <exception cref="InvalidOperationException">The handshake is not done.</exception>
    public bool Write(ReadOnlySpan<byte> plaintext)
    {
        if (Failure is not null || _closeSent)
        {
            return false;
        }
        ThrowUnlessDone();
        if (plaintext.IsEmpty)
        {
            return true;
        }
        LibCrypto.ERR_clear_error();
        if (LibSsl.SSL_write_ex(_ssl, plaintext, (nuint)plaintext.Length, out _) == 1)
        {
            return true;
        }
        Fail();
        return false;
    }

    /// <summary>Moves ciphertext out, for the socket.</summary>
    /// <param name="destination">Where to.</param>
    /// <returns>The bytes moved; 0 when none wait or <paramref name="destination"/> is empty.</returns>
    public int TakeCiphertext(Span<byte> destination)
    {
        int count = Math.Min(destination.Length, Ciphertext.Length);
        Ciphertext[..count].CopyTo(destination);
        Sent(count);
        return count;
    }

    /// <summary>So many bytes of <see cref="Ciphertext"/> have been sent.</summary>
    public void Sent(int count) => _ciphertext.Sent(count);

    /// <summary>
    /// Queues a close_notify, once; nothing can be written after it, and the peer's data can still be read. Before the
    /// handshake is done and after a failure there is nothing to close, and it does nothing.
    /// </summary>
    public void Close()
    {
        if (_closeSent || _session is null || Failure is not null)
        {
            return;
        }
        _closeSent = true;
        LibCrypto.ERR_clear_error();
        if (LibSsl.SSL_shutdown(_ssl) < 0)
        {
            Fail();
        }
    }

    /// <summary>Frees the connection; it sends nothing.</summary>
    public void Dispose()
    {
        _ssl.Dispose();
        _ciphertext.Dispose();
    }

    private TlsStatus Fail()
    {
        var error = OpenSslError.Take();
        Failure = _notes.Verdict is { Refusal: { } refusal } verdict
            ? refusal.ToFailure(_notes.Policy, verdict.WantedFingerprint)
            : ConnectionFailure.From(error, _ssl, _notes, established: _session is not null);
        return TlsStatus.Failed;
    }

    private void ThrowUnlessDone()
    {
        if (_session is null)
        {
            throw new InvalidOperationException("The handshake is not done.");
        }
    }
}
