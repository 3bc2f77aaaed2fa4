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
        LibSsl.SSL_free(handle);
        if (_appData.IsAllocated)
        {
            _appData.Free();
        }
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
