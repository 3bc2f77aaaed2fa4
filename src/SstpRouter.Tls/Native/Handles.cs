using System.Runtime.InteropServices;

namespace SstpRouter.Tls.Native;

/// <summary>An OpenSSL object that we hold one reference to; zero is no object.</summary>
internal abstract class OpenSslHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;
}

internal sealed class SslContextHandle : OpenSslHandle
{
    protected override bool ReleaseHandle()
    {
        LibSsl.SSL_CTX_free(handle);
        return true;
    }
}

/// <summary>One SSL, and the object that its callbacks find through it.</summary>
internal sealed class SslHandle : OpenSslHandle
{
    // SSL_get_app_data is the ex_data of index 0: SSL_get_ex_data(3).
    private const int AppDataIndex = 0;

    private GCHandle _appData;

    public void Attach(object appData)
    {
        _appData = GCHandle.Alloc(appData);
        if (LibSsl.SSL_set_ex_data(this, AppDataIndex, GCHandle.ToIntPtr(_appData)) != 1)
        {
            throw OpenSslError.Take().ToException();
        }
    }

    public static object? AttachedTo(nint ssl) => GCHandle.FromIntPtr(LibSsl.SSL_get_ex_data(ssl, AppDataIndex)).Target;

    protected override bool ReleaseHandle()
    {
        // A connection that ends without close_notify, as one does whose path broke, would else take its session along, and
        // that is the one to resume. After an alert it is gone all the same (RFC 5246 7.2.2).
        LibSsl.SSL_set_shutdown(handle, LibSsl.SentShutdown);
        LibSsl.SSL_free(handle);
        if (_appData.IsAllocated)
        {
            _appData.Free();
        }
        return true;
    }
}

internal sealed class SslSessionHandle : OpenSslHandle
{
    /// <summary>Takes over the caller's reference of <paramref name="session"/>.</summary>
    public static SslSessionHandle Owning(nint session)
    {
        var taken = new SslSessionHandle();
        taken.SetHandle(session);
        return taken;
    }

    /// <summary>The certificate in DER that the peer showed when the session began; null when it showed none.</summary>
    public byte[]? PeerCertificate()
    {
        var certificate = LibSsl.SSL_SESSION_get0_peer(handle);
        var der = certificate == 0 ? null : X509Handle.Encode(certificate);
        GC.KeepAlive(this);
        return der;
    }

    protected override bool ReleaseHandle()
    {
        LibSsl.SSL_SESSION_free(handle);
        return true;
    }
}

internal sealed class BioHandle : OpenSslHandle
{
    protected override bool ReleaseHandle() => LibCrypto.BIO_free(handle) == 1;
}

internal sealed class X509StoreHandle : OpenSslHandle
{
    protected override bool ReleaseHandle()
    {
        LibCrypto.X509_STORE_free(handle);
        return true;
    }
}

internal sealed class KeyHandle : OpenSslHandle
{
    protected override bool ReleaseHandle()
    {
        LibCrypto.EVP_PKEY_free(handle);
        return true;
    }
}

internal sealed class CipherHandle : OpenSslHandle
{
    protected override bool ReleaseHandle()
    {
        LibCrypto.EVP_CIPHER_free(handle);
        return true;
    }
}

internal sealed class CipherContextHandle : OpenSslHandle
{
    protected override bool ReleaseHandle()
    {
        LibCrypto.EVP_CIPHER_CTX_free(handle);
        return true;
    }
}
