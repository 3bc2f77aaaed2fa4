using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SstpRouter.Certificates.Native;

namespace SstpRouter.Certificates.Keys;

/// <summary>Makes RSA keys by OpenSSL itself: the framework's call cannot be ended, and a small board looks for large primes for minutes.</summary>
internal static unsafe class RsaGeneration
{
    /// <summary>A new private key, PKCS#8.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static byte[] Make(int bits, CancellationToken cancellation)
    {
        nint context = LibCrypto.EVP_PKEY_CTX_new_from_name(0, "RSA", 0);
        GCHandle wish = GCHandle.Alloc(new StrongBox<CancellationToken>(cancellation));
        try
        {
            Require(context != 0 && LibCrypto.EVP_PKEY_keygen_init(context) == 1
                && LibCrypto.EVP_PKEY_CTX_set_rsa_keygen_bits(context, bits) == 1);
            LibCrypto.EVP_PKEY_CTX_set_app_data(context, GCHandle.ToIntPtr(wish));
            LibCrypto.EVP_PKEY_CTX_set_cb(context, &GoesOn);
            int made = LibCrypto.EVP_PKEY_generate(context, out nint key);
            if (made != 1)
            {
                LibCrypto.ERR_clear_error();
                cancellation.ThrowIfCancellationRequested();
            }

            Require(made == 1);
            return Export(key);
        }
        finally
        {
            wish.Free();
            LibCrypto.EVP_PKEY_CTX_free(context);
        }
    }

    /// <summary>EVP_PKEY_CTX_set_cb(3): asked at each candidate; 0 ends the search.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GoesOn(nint context)
    {
        var wish = (StrongBox<CancellationToken>)GCHandle.FromIntPtr(LibCrypto.EVP_PKEY_CTX_get_app_data(context)).Target!;
        return wish.Value.IsCancellationRequested ? 0 : 1;
    }

    private static byte[] Export(nint key)
    {
        try
        {
            int length = LibCrypto.i2d_PrivateKey(key, null);
            Require(length > 0);
            byte[] pkcs1 = new byte[length];
            fixed (byte* start = pkcs1)
            {
                byte* end = start;
                Require(LibCrypto.i2d_PrivateKey(key, &end) == length);
            }

            byte[] pkcs8 = PrivateKey.FromRsa(pkcs1).Pkcs8;
            CryptographicOperations.ZeroMemory(pkcs1);
            return pkcs8;
        }
        finally
        {
            LibCrypto.EVP_PKEY_free(key);
        }
    }

    private static void Require(bool done)
    {
        if (!done)
        {
            LibCrypto.ERR_clear_error();
            throw new CryptographicException("OpenSSL makes no such RSA key here");
        }
    }
}
