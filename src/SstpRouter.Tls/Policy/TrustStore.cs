using SstpRouter.Tls.Native;

namespace SstpRouter.Tls.Policy;

/// <summary>What a policy verifies against, in OpenSSL's own object; made anew when the revocation lists were replaced.</summary>
internal sealed class TrustStore : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TlsPolicy _policy;
    private IReadOnlyList<byte[]> _lists;
    private X509StoreHandle _store;
    private long _number;

    /// <exception cref="TlsPolicyException">A trusted certificate or the system's roots cannot be read.</exception>
    public TrustStore(TlsPolicy policy)
    {
        _policy = policy;
        _lists = Lists;
        _store = Make(policy, _lists);
    }

    private IReadOnlyList<byte[]> Lists => _policy.CheckRevocation ? _policy.RevocationLists?.Invoke() ?? [] : [];

    /// <summary>Gives <paramref name="ssl"/> a reference of the store as it is now.</summary>
    /// <returns>The store's number: another one where other lists were looked into.</returns>
    /// <exception cref="TlsPolicyException">The system's roots cannot be read any more.</exception>
    public long Attach(SslHandle ssl)
    {
        lock (_gate)
        {
            var lists = Lists;
            if (!AreSame(lists, _lists))
            {
                var fresh = Make(_policy, lists);
                _store.Dispose();
                (_store, _lists) = (fresh, lists);
                _number++;
            }
            // The 1 makes it SSL_set1_verify_cert_store, which takes a reference of its own.
            if (LibSsl.SSL_ctrl(ssl, LibSsl.ControlVerifyStore, 1, _store) != 1)
            {
                throw OpenSslError.Take().ToException();
            }
            return _number;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _store.Dispose();
        }
    }

    private static bool AreSame(IReadOnlyList<byte[]> some, IReadOnlyList<byte[]> others) =>
        some.Count == others.Count && some.Zip(others).All(pair => ReferenceEquals(pair.First, pair.Second));

    private static X509StoreHandle Make(TlsPolicy policy, IReadOnlyList<byte[]> lists)
    {
        LibCrypto.ERR_clear_error();
        var store = LibCrypto.X509_STORE_new();
        try
        {
            if (store.IsInvalid)
            {
                throw OpenSslError.Take().ToException();
            }
            for (var i = 0; i < policy.TrustedCertificates.Count; i++)
            {
                using var certificate = X509Handle.TryDecode(policy.TrustedCertificates[i]) ?? throw new TlsPolicyException(
                    $"trusted certificate {i} cannot be read: it is not one DER certificate; import it again");
                if (LibCrypto.X509_STORE_add_cert(store, certificate) != 1)
                {
                    throw OpenSslError.Take().ToException();
                }
            }
            if (policy.SystemRoots is { } roots)
            {
                AddRoots(store, roots);
            }
            foreach (var list in lists)
            {
                AddList(store, list);
            }
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private static void AddRoots(X509StoreHandle store, string path)
    {
        var added = Directory.Exists(path)
            ? LibCrypto.X509_STORE_load_path(store, path)
            : LibCrypto.X509_STORE_load_file_ex(store, path, OpenSsl.LibraryContext, 0);
        if (added != 1)
        {
            throw new TlsPolicyException($"the system's trusted roots cannot be read from {path} " +
                $"({OpenSslError.Take().Text}): install ca-certificates, or set builtin-trust-anchors=not-trusted");
        }
    }

    // One list that is damaged must not stop the others: the chains that need it are refused for want of it.
    private static unsafe void AddList(X509StoreHandle store, ReadOnlySpan<byte> der)
    {
        var list = LibCrypto.X509_CRL_new_ex(OpenSsl.LibraryContext, 0);
        fixed (byte* start = der)
        {
            var position = start;
            if (LibCrypto.d2i_X509_CRL(ref list, ref position, der.Length) != 0)
            {
                _ = LibCrypto.X509_STORE_add_crl(store, list);
            }
        }
        LibCrypto.X509_CRL_free(list);
        LibCrypto.ERR_clear_error();
    }
}
