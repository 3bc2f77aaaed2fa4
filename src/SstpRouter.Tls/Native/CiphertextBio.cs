using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SstpRouter.Tls.Native;

/// <summary>What an SSL reads from and writes to in the place of a socket: memory of ours, without a copy that could be spared.</summary>
internal sealed unsafe class CiphertextBio : IDisposable
{
    // <openssl/bio.h>
    private const int ReadFlag = 0x01;
    private const int RetryFlags = 0x0F;
    private const int ShouldRetryFlag = 0x08;
    private const int SourceSink = 0x0400;
    private const int ControlEnd = 2;
    private const int ControlFlush = 11;

    private const int SmallestBuffer = 4 * 1024;

    private static readonly nint Method = MakeMethod();

    private readonly ICiphertextBuffers? _buffers;
    private ReadOnlyMemory<byte> _lent;
    private byte[] _kept = [];
    private int _keptAt;
    private int _keptEnd;
    private byte[] _waiting = [];
    private byte[]? _rented;
    private int _waitingAt;
    private int _waitingEnd;
    private bool _ended;

    /// <summary>Makes an empty one; <paramref name="buffers"/> null takes memory as it is needed.</summary>
    public CiphertextBio(ICiphertextBuffers? buffers)
    {
        _buffers = buffers;
        Handle = LibCrypto.BIO_new(Method);
        if (Handle.IsInvalid)
        {
            throw OpenSslError.Take().ToException();
        }
        // Freed with the BIO, which an SSL in use on another thread keeps alive.
        LibCrypto.BIO_set_data(Handle, GCHandle.ToIntPtr(GCHandle.Alloc(this)));
    }

    /// <summary>The BIO itself.</summary>
    public BioHandle Handle { get; }

    /// <summary>What waits for the socket.</summary>
    public ReadOnlySpan<byte> Waiting => _waiting.AsSpan(_waitingAt, _waitingEnd - _waitingAt);

    /// <summary>So much of <see cref="Waiting"/> has left.</summary>
    public void Sent(int count)
    {
        _waitingAt += count;
        if (_waitingAt == _waitingEnd)
        {
            Forget();
        }
    }

    /// <summary>Takes a copy of what came from the socket.</summary>
    public void Put(ReadOnlySpan<byte> bytes)
    {
        KeepLent();
        Keep(bytes);
    }

    /// <summary>Reads from the memory itself, until <see cref="EndLoan"/>.</summary>
    public void Lend(ReadOnlyMemory<byte> bytes)
    {
        KeepLent();
        _lent = bytes;
    }

    /// <summary>What was not read of the loan is copied.</summary>
    public void EndLoan() => KeepLent();

    /// <summary>No more will come.</summary>
    public void End() => _ended = true;

    public void Dispose()
    {
        Forget();
        Handle.Dispose();
    }

    private static nint MakeMethod()
    {
        nint method = LibCrypto.BIO_meth_new(LibCrypto.BIO_get_new_index() | SourceSink, "ciphertext");
        _ = LibCrypto.BIO_meth_set_read_ex(method, &Read);
        _ = LibCrypto.BIO_meth_set_write_ex(method, &Write);
        _ = LibCrypto.BIO_meth_set_ctrl(method, &Control);
        _ = LibCrypto.BIO_meth_set_destroy(method, &Destroy);
        return method;
    }

    private static CiphertextBio Of(nint bio) => (CiphertextBio)GCHandle.FromIntPtr(LibCrypto.BIO_get_data(bio)).Target!;

    // No exception may leave these: only out of memory could, which ends the process in any case.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(nint bio, byte* data, nuint length, nuint* read)
    {
        CiphertextBio self = Of(bio);
        LibCrypto.BIO_clear_flags(bio, RetryFlags);
        int count = self.Take(new Span<byte>(data, (int)Math.Min(length, int.MaxValue)));
        *read = (nuint)count;
        if (count == 0 && !self._ended)
        {
            LibCrypto.BIO_set_flags(bio, ReadFlag | ShouldRetryFlag);
        }
        return count > 0 ? 1 : 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(nint bio, byte* data, nuint length, nuint* written)
    {
        Of(bio).Append(new ReadOnlySpan<byte>(data, checked((int)length)));
        *written = length;
        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Control(nint bio, int command, nint number, nint argument) => command switch
    {
        ControlFlush => 1,
        ControlEnd => Of(bio) is { _ended: true, HasInput: false } ? 1 : 0,
        _ => 0,
    };

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Destroy(nint bio)
    {
        if (LibCrypto.BIO_get_data(bio) is not 0 and var self)
        {
            GCHandle.FromIntPtr(self).Free();
        }
        return 1;
    }

    private bool HasInput => _keptEnd > _keptAt || !_lent.IsEmpty;

    private int Take(Span<byte> destination)
    {
        if (_keptEnd > _keptAt)
        {
            int count = Math.Min(destination.Length, _keptEnd - _keptAt);
            _kept.AsSpan(_keptAt, count).CopyTo(destination);
            _keptAt += count;
            if (_keptAt == _keptEnd)
            {
                _kept = Small(_kept);
                _keptAt = _keptEnd = 0;
            }
            return count;
        }

        int lent = Math.Min(destination.Length, _lent.Length);
        _lent.Span[..lent].CopyTo(destination);
        _lent = _lent[lent..];
        return lent;
    }

    private void KeepLent()
    {
        ReadOnlyMemory<byte> rest = _lent;
        _lent = default;
        Keep(rest.Span);
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            MakeRoom(ref _kept, ref _keptAt, ref _keptEnd, bytes.Length);
            bytes.CopyTo(_kept.AsSpan(_keptEnd));
            _keptEnd += bytes.Length;
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_waiting.Length == 0 && _buffers is not null)
        {
            _waiting = _rented = _buffers.Rent();
        }
        MakeRoom(ref _waiting, ref _waitingAt, ref _waitingEnd, bytes.Length);
        bytes.CopyTo(_waiting.AsSpan(_waitingEnd));
        _waitingEnd += bytes.Length;
        if (_rented is not null && _waiting != _rented)
        {
            _buffers!.Return(_rented);
            _rented = null;
        }
    }

    private static void MakeRoom(ref byte[] buffer, ref int at, ref int end, int more)
    {
        if (buffer.Length - end >= more)
        {
            return;
        }
        int length = end - at;
        byte[] target = buffer.Length - length >= more ? buffer : new byte[Math.Max(SmallestBuffer, 2 * (length + more))];
        buffer.AsSpan(at, length).CopyTo(target);
        buffer = target;
        at = 0;
        end = length;
    }

    // What a few packets took is kept for the next.
    private static byte[] Small(byte[] buffer) => buffer.Length <= SmallestBuffer ? buffer : [];

    private void Forget()
    {
        if (_rented is not null)
        {
            _buffers!.Return(_rented);
            _rented = null;
        }
        _waiting = _buffers is null ? Small(_waiting) : [];
        _waitingAt = _waitingEnd = 0;
    }
}
