using SstpRouter.Certificates;

namespace SstpRouter.Services.Certificates.Acme;

/// <summary>Gets certificates of authorities.</summary>
internal interface IAcmeIssuer
{
    /// <summary>Gets one, which takes seconds to minutes.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="progress">Told each step, in words for the user, on any thread.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="AcmeError">None was issued; the text says why.</exception>
    Task<IssuedCertificate> Issue(AcmeRequest request, Action<string> progress, CancellationToken cancellation);
}

/// <summary>A certificate that an authority has issued.</summary>
/// <param name="Leaf">The certificate with its key.</param>
/// <param name="Chain">Its issuers as the authority sent them, nearest first.</param>
internal sealed record IssuedCertificate(StoredCertificate Leaf, IReadOnlyList<StoredCertificate> Chain);
