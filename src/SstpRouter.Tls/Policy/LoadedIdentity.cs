using SstpRouter.Tls.Native;

namespace SstpRouter.Tls.Policy;

/// <summary>An identity in OpenSSL's own objects.</summary>
internal sealed class LoadedIdentity : IDisposable
{
    // RouterOS's own words for a certificate without flag K.
    private const string NoKey = "no key for certificate found (6)";

    private readonly List<X509Handle> _chain = [];
    private readonly KeyHandle _privateKey;

    /// <exception cref="TlsPolicyException">The identity is not usable.</exception>
    public LoadedIdentity(TlsIdentity identity)
    {
        if (identity.PrivateKeyPkcs8Der.Length == 0)
        {
            throw new TlsPolicyException(NoKey);
        }
        if (identity.CertificateChainDer.Count == 0)
        {
            throw new TlsPolicyException("the certificate is empty: import it again");
        }
        _privateKey = DecodeKey(identity.PrivateKeyPkcs8Der);
        try
        {
            foreach (var der in identity.CertificateChainDer)
            {
                _chain.Add(X509Handle.TryDecode(der) ?? throw new TlsPolicyException(
                    "a certificate of the chain cannot be read: it is not one DER certificate; import it again"));
            }
            Key = Check(_chain[0]);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The key of our own certificate.</summary>
    public IdentityKey Key { get; }

    /// <summary>Our own certificate in DER.</summary>
    public byte[] LeafDer() => _chain[0].Encode();

    /// <summary>Makes the identity that of <paramref name="context"/>, which keeps references of its own.</summary>
    /// <exception cref="TlsPolicyException">The key belongs to another certificate.</exception>
    public void Install(SslContextHandle context)
    {
        LibCrypto.ERR_clear_error();
        if (LibSsl.SSL_CTX_use_certificate(context, _chain[0]) != 1)
        {
            throw new TlsPolicyException($"the certificate cannot be used: {OpenSslError.Take().Text}");
        }
        if (LibSsl.SSL_CTX_use_PrivateKey(context, _privateKey) != 1
            || LibSsl.SSL_CTX_check_private_key(context) != 1)
        {
            LibCrypto.ERR_clear_error();
            throw new TlsPolicyException(
                "the private key does not belong to the certificate: import the certificate with its own key");
        }
        foreach (var intermediate in _chain.Skip(1))
        {
            // The 1 makes it SSL_CTX_add1_chain_cert, which takes a reference of its own.
            if (LibSsl.SSL_CTX_ctrl(context, LibSsl.ControlChainCertificate, 1, intermediate) != 1)
            {
                throw OpenSslError.Take().ToException();
            }
        }
    }

    public void Dispose()
    {
        _privateKey.Dispose();
        foreach (var certificate in _chain)
        {
            certificate.Dispose();
        }
    }

    private static unsafe KeyHandle DecodeKey(ReadOnlySpan<byte> der)
    {
        LibCrypto.ERR_clear_error();
        fixed (byte* start = der)
        {
            var position = start;
            var key = LibCrypto.d2i_AutoPrivateKey_ex(0, ref position, der.Length, OpenSsl.LibraryContext, 0);
            if (!key.IsInvalid)
            {
                return key;
            }
            key.Dispose();
        }
        throw new TlsPolicyException(
            $"{NoKey}: the private key cannot be read as PKCS#8 ({OpenSslError.Take().Text}); import it again");
    }

    private static IdentityKey Check(X509Handle certificate)
    {
        var (type, bits) = certificate.PublicKey();
        LibCrypto.ERR_clear_error();
        var key = new IdentityKey(type, bits);
        if (!key.IsUsable)
        {
            throw new TlsPolicyException("the certificate's key is neither RSA nor an elliptic curve key: " +
                "choose a certificate with key-type rsa or ec");
        }
        if (key.IsTooShort)
        {
            throw new TlsPolicyException($"the certificate's RSA key has {bits} bits and at least " +
                $"{IdentityKey.MinimumRsaBits} are needed: make one with key-size=2048");
        }
        return key;
    }
}
