namespace SstpRouter.Tls.Native;

internal sealed unsafe class X509Handle : OpenSslHandle
{
    /// <summary>The certificate, or null when <paramref name="der"/> is not exactly one certificate.</summary>
    public static X509Handle? TryDecode(ReadOnlySpan<byte> der)
    {
        var certificate = new X509Handle();
        var decoded = LibCrypto.X509_new_ex(OpenSsl.LibraryContext, 0);
        fixed (byte* start = der)
        {
            var position = start;
            var result = LibCrypto.d2i_X509(ref decoded, ref position, der.Length);
            certificate.SetHandle(decoded);
            if (result != 0 && position == start + der.Length)
            {
                return certificate;
            }
        }
        certificate.Dispose();
        LibCrypto.ERR_clear_error();
        return null;
    }

    /// <summary>The certificate in DER.</summary>
    public byte[] Encode()
    {
        var der = Encode(handle);
        GC.KeepAlive(this);
        return der;
    }

    /// <inheritdoc cref="Encode()"/>
    public static byte[] Encode(nint certificate)
    {
        var der = new byte[LibCrypto.i2d_X509(certificate, 0)];
        fixed (byte* start = der)
        {
            var position = start;
            _ = LibCrypto.i2d_X509(certificate, ref position);
        }
        return der;
    }

    /// <summary>Type and length in bits of the public key; zero and zero when OpenSSL cannot read it.</summary>
    public (int Type, int Bits) PublicKey()
    {
        var key = LibCrypto.X509_get0_pubkey(handle);
        var found = key == 0 ? (0, 0) : (LibCrypto.EVP_PKEY_get_base_id(key), LibCrypto.EVP_PKEY_get_bits(key));
        GC.KeepAlive(this);
        return found;
    }

    protected override bool ReleaseHandle()
    {
        LibCrypto.X509_free(handle);
        return true;
    }
}
