namespace SstpRouter.Tls;

/// <summary>
/// Revocation lists that can be replaced while policies use them: new handshakes see the new ones, connections that stand
/// stay. Safe to use from several threads.
/// </summary>
public sealed class RevocationLists
{
    private volatile IReadOnlyList<byte[]> _current = [];

    /// <summary>The lists, each a DER CertificateList (RFC 5280 5.1). What cannot be read as one is passed over.</summary>
    public IReadOnlyList<byte[]> Current => _current;

    /// <summary>Puts other lists in the place of all.</summary>
    /// <param name="der">The lists in DER; must not change any more.</param>
    public void Replace(IReadOnlyList<byte[]> der) => _current = der;
}
