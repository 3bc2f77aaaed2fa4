namespace SstpRouter.Certificates;

/// <summary>Finds the issuers of a certificate, as a TLS server sends them (RFC 8446 4.4.2).</summary>
public static class CertificateChain
{
    /// <summary>The leaf, then its issuers as far as they are found among the candidates, nearest first.</summary>
    /// <param name="leaf">The certificate to begin with; it is always the first.</param>
    /// <param name="candidates">Where issuers are looked for; order and duplicates do not matter.</param>
    /// <returns>A self-signed root is left out, for who trusts it has it, unless it is the leaf itself.</returns>
    /// <exception cref="ImportError">The leaf is damaged; a damaged candidate is no issuer.</exception>
    /// <remarks>An issuer is an authority whose subject is the issuer's name and whose key identifier, where both are given, is the one asked for; of several,
    /// the one that is valid the longest. Signatures are for the peer to verify.</remarks>
    public static IReadOnlyList<StoredCertificate> Build(StoredCertificate leaf, IEnumerable<StoredCertificate> candidates)
    {
        List<Authority> authorities = [];
        foreach (StoredCertificate candidate in candidates)
        {
            if (Describe(candidate) is { IsAuthority: true } description)
            {
                authorities.Add(new Authority(candidate, description));
            }
        }

        var chain = new List<StoredCertificate> { leaf };
        var current = CertificateDescription.Of(leaf.Der);
        while (!current.IsSelfSigned)
        {
            Authority? issuer = authorities
                .Where(a => IsIssuer(a.Description, current) && !chain.Exists(c => c.Fingerprint == a.Certificate.Fingerprint))
                .MaxBy(a => a.Description.InvalidAfter);
            if (issuer is null || issuer.Description.IsSelfSigned)
            {
                break;
            }

            chain.Add(issuer.Certificate);
            current = issuer.Description;
        }

        return chain;
    }

    private static bool IsIssuer(CertificateDescription authority, CertificateDescription issued) =>
        authority.SubjectRaw.AsSpan().SequenceEqual(issued.IssuerRaw)
        && (issued.AuthorityKeyId.Length == 0 || authority.SubjectKeyId.Length == 0 || issued.AuthorityKeyId == authority.SubjectKeyId);

    private static CertificateDescription? Describe(StoredCertificate candidate)
    {
        try
        {
            return CertificateDescription.Of(candidate.Der);
        }
        catch (ImportError)
        {
            return null;
        }
    }

    private sealed record Authority(StoredCertificate Certificate, CertificateDescription Description);
}
