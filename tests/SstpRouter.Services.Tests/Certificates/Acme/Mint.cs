using SstpRouter.Certificates;
using SstpRouter.Services.Certificates.Acme;
using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Certificates.Acme;

/// <summary>An authority without a network: it issues at once, or fails as a test says.</summary>
internal sealed class Mint : IAcmeIssuer
{
    private readonly List<StoredCertificate> _authorities = [];

    public Mint() => ChangeAuthority();

    /// <summary>The time at which certificates begin.</summary>
    public ManualClock Clock { get; set; } = new(DateTimeOffset.UtcNow);

    public int DaysValid { get; set; } = 100;

    /// <summary>What it says instead of a certificate; null: it issues.</summary>
    public AcmeError? Fault { get; set; }

    /// <summary>What it was asked for.</summary>
    public List<AcmeRequest> Asked { get; } = [];

    /// <summary>Issues with another intermediate from now on.</summary>
    public void ChangeAuthority()
    {
        DateTimeOffset start = DateTimeOffset.UtcNow.AddDays(-1);
        StoredCertificate root = CertificateSigning.SelfSigned(About($"root {_authorities.Count}"), KeyGeneration.Make("prime256v1"), start);
        _authorities.Add(CertificateSigning.Issued(About($"middle {_authorities.Count}"), KeyGeneration.Make("prime256v1"), root, null, start));
    }

    public Task<IssuedCertificate> Issue(AcmeRequest request, Action<string> progress, CancellationToken cancellation)
    {
        Asked.Add(request);
        progress("asking the mint");
        if (Fault is { } fault)
        {
            throw fault;
        }

        var wish = new CertificateTemplate
        {
            CommonName = request.Names[0],
            SubjectAltNames = [.. request.Names.Select(n => "DNS:" + n)],
            DaysValid = DaysValid,
        };
        StoredCertificate middle = _authorities[^1];
        StoredCertificate leaf = CertificateSigning.Issued(wish, KeyGeneration.Make("prime256v1"), middle, null, Clock.Now);
        return Task.FromResult(new IssuedCertificate(leaf, [middle with { PrivateKeyPkcs8 = null }]));
    }

    private static CertificateTemplate About(string name) => new() { CommonName = name, KeyUsage = ["key-cert-sign", "crl-sign"], DaysValid = 3650 };
}
