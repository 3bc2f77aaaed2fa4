using System.Runtime.InteropServices;

namespace SstpRouter.Tls.Native;

/// <summary>The functions of OpenSSL's libcrypto that we call, one to one.</summary>
internal static unsafe partial class LibCrypto
{
    /// <summary>The library, for dlopen; a static link names the same string in its DirectPInvoke item.</summary>
    public const string Library = "libcrypto.so.3";

    public const int KeyTypeRsa = 6;
    public const int KeyTypeRsaPss = 912;
    public const int KeyTypeEc = 408;
    public const int KeyTypeEd25519 = 1087;
    public const int KeyTypeEd448 = 1088;
    public const uint CheckNoWildcards = 0x2;
    public const uint CheckNoPartialWildcards = 0x4;
    public const uint CheckAlwaysSubject = 0x1;
    public const uint VerifyPartialChain = 0x80000;
    public const uint VerifyCrl = 0x4;
    public const uint VerifyCrlOfAll = 0x8;

    [LibraryImport(Library)]
    public static partial nint OSSL_LIB_CTX_new();

    [LibraryImport(Library)]
    public static partial nuint ERR_get_error();

    [LibraryImport(Library)]
    public static partial void ERR_clear_error();

    [LibraryImport(Library)]
    public static partial nint ERR_reason_error_string(nuint error);

    [LibraryImport(Library)]
    public static partial int BIO_get_new_index();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint BIO_meth_new(int kind, string name);

    [LibraryImport(Library)]
    public static partial int BIO_meth_set_read_ex(nint method, delegate* unmanaged[Cdecl]<nint, byte*, nuint, nuint*, int> read);

    [LibraryImport(Library)]
    public static partial int BIO_meth_set_write_ex(nint method, delegate* unmanaged[Cdecl]<nint, byte*, nuint, nuint*, int> write);

    [LibraryImport(Library)]
    public static partial int BIO_meth_set_ctrl(nint method, delegate* unmanaged[Cdecl]<nint, int, nint, nint, nint> control);

    [LibraryImport(Library)]
    public static partial int BIO_meth_set_destroy(nint method, delegate* unmanaged[Cdecl]<nint, int> destroy);

    [LibraryImport(Library)]
    public static partial BioHandle BIO_new(nint method);

    [LibraryImport(Library)]
    public static partial int BIO_up_ref(BioHandle bio);

    [LibraryImport(Library)]
    public static partial int BIO_free(nint bio);

    [LibraryImport(Library)]
    public static partial void BIO_set_data(BioHandle bio, nint data);

    [LibraryImport(Library)]
    public static partial nint BIO_get_data(nint bio);

    [LibraryImport(Library)]
    public static partial void BIO_set_flags(nint bio, int flags);

    [LibraryImport(Library)]
    public static partial void BIO_clear_flags(nint bio, int flags);

    [LibraryImport(Library)]
    public static partial nint X509_new_ex(nint libraryContext, nint properties);

    [LibraryImport(Library)]
    public static partial void X509_free(nint certificate);

    [LibraryImport(Library)]
    public static partial nint d2i_X509(ref nint certificate, ref byte* der, nint length);

    [LibraryImport(Library)]
    public static partial int i2d_X509(nint certificate, nint nothing);

    [LibraryImport(Library)]
    public static partial int i2d_X509(nint certificate, ref byte* der);

    [LibraryImport(Library)]
    public static partial nint X509_get0_pubkey(nint certificate);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int X509_check_host(nint certificate, string name, nuint length, uint flags, nint peerName);

    [LibraryImport(Library)]
    public static partial nint X509_verify_cert_error_string(nint error);

    [LibraryImport(Library)]
    public static partial X509StoreHandle X509_STORE_new();

    [LibraryImport(Library)]
    public static partial void X509_STORE_free(nint store);

    [LibraryImport(Library)]
    public static partial int X509_STORE_add_cert(X509StoreHandle store, X509Handle certificate);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int X509_STORE_load_file_ex(
        X509StoreHandle store, string file, nint libraryContext, nint properties);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int X509_STORE_load_path(X509StoreHandle store, string directory);

    [LibraryImport(Library)]
    public static partial int X509_STORE_add_crl(X509StoreHandle store, nint list);

    [LibraryImport(Library)]
    public static partial nint X509_CRL_new_ex(nint libraryContext, nint properties);

    [LibraryImport(Library)]
    public static partial void X509_CRL_free(nint list);

    [LibraryImport(Library)]
    public static partial nint d2i_X509_CRL(ref nint list, ref byte* der, nint length);

    [LibraryImport(Library)]
    public static partial int X509_verify_cert(nint storeContext);

    [LibraryImport(Library)]
    public static partial nint X509_STORE_CTX_get0_cert(nint storeContext);

    [LibraryImport(Library)]
    public static partial nint X509_STORE_CTX_get_ex_data(nint storeContext, int index);

    [LibraryImport(Library)]
    public static partial int X509_STORE_CTX_get_error(nint storeContext);

    [LibraryImport(Library)]
    public static partial void X509_STORE_CTX_set_error(nint storeContext, int error);

    [LibraryImport(Library)]
    public static partial int X509_STORE_CTX_get_error_depth(nint storeContext);

    [LibraryImport(Library)]
    public static partial nint X509_STORE_CTX_get0_chain(nint storeContext);

    [LibraryImport(Library)]
    public static partial int OPENSSL_sk_num(nint stack);

    [LibraryImport(Library)]
    public static partial nint OPENSSL_sk_value(nint stack, int index);

    [LibraryImport(Library)]
    public static partial nint X509_get0_notAfter(nint certificate);

    [LibraryImport(Library)]
    public static partial int ASN1_TIME_diff(out int days, out int seconds, nint from, nint to);

    [LibraryImport(Library)]
    public static partial nint X509_STORE_CTX_get_current_cert(nint storeContext);

    [LibraryImport(Library)]
    public static partial int X509_VERIFY_PARAM_set_flags(nint parameters, nuint flags);

    [LibraryImport(Library)]
    public static partial void X509_VERIFY_PARAM_set_time(nint parameters, nint seconds);

    [LibraryImport(Library)]
    public static partial void X509_VERIFY_PARAM_set_hostflags(nint parameters, uint flags);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int X509_VERIFY_PARAM_set1_host(nint parameters, string name, nuint length);

    [LibraryImport(Library)]
    public static partial int X509_VERIFY_PARAM_set1_ip(nint parameters, ReadOnlySpan<byte> address, nuint length);

    [LibraryImport(Library)]
    public static partial KeyHandle d2i_AutoPrivateKey_ex(
        nint nothing, ref byte* der, nint length, nint libraryContext, nint properties);

    [LibraryImport(Library)]
    public static partial void EVP_PKEY_free(nint key);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_get_base_id(KeyHandle key);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_get_base_id(nint key);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_get_bits(KeyHandle key);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_get_bits(nint key);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial CipherHandle EVP_CIPHER_fetch(nint libraryContext, string name, nint properties);

    [LibraryImport(Library)]
    public static partial void EVP_CIPHER_free(nint cipher);

    [LibraryImport(Library)]
    public static partial CipherContextHandle EVP_CIPHER_CTX_new();

    [LibraryImport(Library)]
    public static partial void EVP_CIPHER_CTX_free(nint context);

    [LibraryImport(Library)]
    public static partial int EVP_EncryptInit_ex2(
        CipherContextHandle context, CipherHandle cipher, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, nint parameters);

    [LibraryImport(Library)]
    public static partial int EVP_EncryptInit_ex2(
        nint context, CipherHandle cipher, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, nint parameters);

    [LibraryImport(Library)]
    public static partial int EVP_DecryptInit_ex2(
        nint context, CipherHandle cipher, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, nint parameters);

    [LibraryImport(Library)]
    public static partial int EVP_MAC_CTX_set_params(nint context, NativeParameter* parameters);

    [LibraryImport(Library)]
    public static partial int EVP_EncryptUpdate(
        CipherContextHandle context, Span<byte> output, out int written, ReadOnlySpan<byte> input, int length);
}
