using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SstpRouter.Certificates.Tests;

public sealed class CertificateChainTests
{
    private readonly X509Certificate2 _root = TestCertificates.Authority("root");
    private readonly X509Certificate2 _middle;
    private readonly X509Certificate2 _leaf;

    public CertificateChainTests()
    {
        _middle = TestCertificates.Authority("middle", _root, 5);
        _leaf = TestCertificates.Leaf("CN=leaf", _middle);
    }

    [Fact]
    public void Issuers_follow_the_leaf_and_the_root_stays_at_home() =>
        Assert.Equal([_leaf.Stored(), _middle.Stored()], Chain(_leaf, _root, _leaf, _middle));

    [Fact]
    public void A_missing_issuer_ends_the_chain() => Assert.Equal([_leaf.Stored()], Chain(_leaf, _root));

    [Fact]
    public void A_self_signed_leaf_is_its_own_chain() => Assert.Equal([_root.Stored()], Chain(_root, _middle, _root));

    [Fact]
    public void An_authority_of_the_same_name_with_another_key_is_no_issuer() =>
        Assert.Equal([_leaf.Stored()], Chain(_leaf, TestCertificates.Authority("middle", _root, 5)));

    [Fact]
    public void A_certificate_that_is_no_authority_is_no_issuer() =>
        Assert.Equal([_leaf.Stored()], Chain(_leaf, TestCertificates.Leaf("CN=middle", _root)));

    [Fact]
    public void Of_two_certificates_of_one_issuer_the_longer_valid_one_is_taken()
    {
        using var key = _middle.GetECDsaPrivateKey()!;
        X509Certificate2 renewed = TestCertificates.Authority("middle", _root, 7, key);

        Assert.Equal([_leaf.Stored(), renewed.Stored()], Chain(_leaf, _middle, renewed));
    }

    [Fact]
    public void Authorities_that_sign_each_other_do_not_make_it_endless()
    {
        using var keyA = ECDsa.Create();
        using var keyB = ECDsa.Create();
        X509Certificate2 a = TestCertificates.Authority("a", key: keyA);
        X509Certificate2 b = TestCertificates.Authority("b", key: keyB);
        X509Certificate2 aByB = TestCertificates.Authority("a", b, 5, keyA);
        X509Certificate2 bByA = TestCertificates.Authority("b", a, 5, keyB);
        X509Certificate2 leaf = TestCertificates.Leaf("CN=leaf", aByB);

        Assert.Equal([leaf.Stored(), aByB.Stored(), bByA.Stored()], Chain(leaf, aByB, bByA));
    }

    [Fact]
    public void A_damaged_candidate_is_passed_over() =>
        Assert.Equal(2, CertificateChain.Build(_leaf.Stored(), [new StoredCertificate([1, 2, 3], null), _middle.Stored()]).Count);

    private static IReadOnlyList<StoredCertificate> Chain(X509Certificate2 leaf, params X509Certificate2[] candidates) =>
        CertificateChain.Build(leaf.Stored(), candidates.Select(c => c.Stored()));
}
