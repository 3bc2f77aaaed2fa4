using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SstpRouter.Certificates.Tests;

public sealed class CertificateDescriptionTests
{
    private static CertificateDescription Describe(X509Certificate2 certificate) => CertificateDescription.Of(certificate.RawData);

    [Fact]
    public void Names_are_told_in_the_order_of_the_certificate()
    {
        var description = Describe(TestCertificates.Leaf("C=LV, S=Riga region, L=Riga, O=Example, OU=Net, CN=vpn.example.com", TestCertificates.Authority("root")));

        Assert.Equal("vpn.example.com", description.CommonName);
        Assert.Equal(
            ("LV", "Riga region", "Riga", "Example", "Net"),
            (description.Country, description.State, description.Locality, description.Organization, description.Unit));
        Assert.Equal("CN=root", description.Issuer);
        Assert.Contains("O=Example", description.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void Serial_number_fingerprint_and_validity_have_RouterOS_forms()
    {
        X509Certificate2 certificate = TestCertificates.Leaf("CN=a", TestCertificates.Authority("root"));
        var description = Describe(certificate);

        Assert.Equal("0ABC", description.SerialNumber);
        Assert.Equal(certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant(), description.Fingerprint);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), description.InvalidBefore);
        Assert.Equal(new DateTimeOffset(2027, 1, 2, 3, 4, 5, TimeSpan.Zero), description.InvalidAfter);
    }

    [Fact]
    public void Alternative_names_are_prefixed_by_their_kind()
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("vpn.example.com");
        names.AddIpAddress(IPAddress.Parse("192.168.62.2"));
        names.AddIpAddress(IPAddress.Parse("2001:db8::1"));
        names.AddEmailAddress("noc@example.com");
        names.AddUserPrincipalName("left@out");

        var description = Describe(TestCertificates.Leaf("CN=a", TestCertificates.Authority("root"), names.Build()));

        Assert.Equal(["DNS:vpn.example.com", "IP:192.168.62.2", "IP:2001:db8::1", "email:noc@example.com"], description.SubjectAltNames);
    }

    [Fact]
    public void Key_usages_have_RouterOS_names_and_unknown_purposes_keep_their_number()
    {
        var usage = new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true);
        var purposes = new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2"), new Oid("1.2.3.4")], false);

        var description = Describe(TestCertificates.Leaf("CN=a", TestCertificates.Authority("root"), usage, purposes));

        Assert.Equal(["digital-signature", "key-cert-sign", "crl-sign", "tls-server", "tls-client", "1.2.3.4"], description.KeyUsage);
    }

    [Fact]
    public void An_authority_signed_by_itself_is_both()
    {
        X509Certificate2 root = TestCertificates.Authority("root");
        var authority = Describe(root);
        var leaf = Describe(TestCertificates.Leaf("CN=a", root));

        Assert.Equal((true, true), (authority.IsAuthority, authority.IsSelfSigned));
        Assert.Equal((false, false), (leaf.IsAuthority, leaf.IsSelfSigned));
        Assert.Equal(authority.SubjectKeyId, leaf.AuthorityKeyId);
        Assert.Matches("^[0-9a-f]{40}$", leaf.SubjectKeyId);
    }

    [Fact]
    public void A_damaged_alternative_name_is_refused_as_a_damaged_certificate()
    {
        X509Certificate2 bad = TestCertificates.Leaf("CN=a", TestCertificates.Authority("root"), new X509Extension("2.5.29.17", [0x30, 0x7F], false));

        Assert.Throws<ImportError>(() => Describe(bad));
    }

    [Fact]
    public void Every_single_damaged_byte_is_read_or_refused_and_never_anything_else()
    {
        byte[] good = TestCertificates.Leaf("CN=a", TestCertificates.Authority("root")).RawData;
        for (int i = 0; i < good.Length; i++)
        {
            byte[] bad = [.. good];
            bad[i] ^= 0x41;
            Exception? outcome = Record.Exception(() => CertificateDescription.Of(bad));
            Assert.True(outcome is null or ImportError, $"byte {i}: {outcome}");
        }
    }
}
