using System.Runtime.InteropServices;

namespace SstpRouter.Certificates.Native;

/// <summary>The functions of OpenSSL's libcrypto that the framework has no call for, one to one.</summary>
internal static unsafe partial class LibCrypto
{
    /// <summary>The library, for dlopen; a static link names the same string in its DirectPInvoke item.</summary>
    public const string Library = "libcrypto.so.3";

    static LibCrypto() => _ = OPENSSL_init_crypto(InitNoLoadConfig | InitNoAtExit, 0);

    public const int KeyTypeEd25519 = 1087;

    // Without the handler at exit: it would free what other threads still use while the process ends.
    public const ulong InitNoLoadConfig = 0x80;
    public const ulong InitNoAtExit = 0x80000;

    [LibraryImport(Library)]
    public static partial int OPENSSL_init_crypto(ulong options, nint settings);

    [LibraryImport(Library)]
    public static partial nint EVP_PKEY_new_raw_private_key(int type, nint engine, byte* key, nuint length);

    [LibraryImport(Library)]
    public static partial nint EVP_PKEY_new_raw_public_key(int type, nint engine, byte* key, nuint length);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_get_raw_public_key(nint key, byte* publicKey, ref nuint length);

    [LibraryImport(Library)]
    public static partial void EVP_PKEY_free(nint key);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint EVP_PKEY_CTX_new_from_name(nint library, string name, nint properties);

    [LibraryImport(Library)]
    public static partial void EVP_PKEY_CTX_free(nint context);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_keygen_init(nint context);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_CTX_set_rsa_keygen_bits(nint context, int bits);

    [LibraryImport(Library)]
    public static partial void EVP_PKEY_CTX_set_cb(nint context, delegate* unmanaged[Cdecl]<nint, int> callback);

    [LibraryImport(Library)]
    public static partial void EVP_PKEY_CTX_set_app_data(nint context, nint data);

    [LibraryImport(Library)]
    public static partial nint EVP_PKEY_CTX_get_app_data(nint context);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_generate(nint context, out nint key);

    [LibraryImport(Library)]
    public static partial int i2d_PrivateKey(nint key, byte** output);

    [LibraryImport(Library)]
    public static partial nint EVP_MD_CTX_new();

    [LibraryImport(Library)]
    public static partial void EVP_MD_CTX_free(nint context);

    [LibraryImport(Library)]
    public static partial int EVP_DigestSignInit(nint context, nint keyContext, nint digest, nint engine, nint key);

    [LibraryImport(Library)]
    public static partial int EVP_DigestSign(nint context, byte* signature, ref nuint signatureLength, byte* data, nuint length);

    [LibraryImport(Library)]
    public static partial int EVP_DigestVerifyInit(nint context, nint keyContext, nint digest, nint engine, nint key);

    [LibraryImport(Library)]
    public static partial int EVP_DigestVerify(nint context, byte* signature, nuint signatureLength, byte* data, nuint length);

    [LibraryImport(Library)]
    public static partial void ERR_clear_error();
}
