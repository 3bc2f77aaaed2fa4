using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SstpRouter.Tls.Tests.Oracle;

/// <summary>What a generated certificate is like; the defaults are those of a good server's.</summary>
internal sealed record Wish(string CommonName)
{
    public bool? IsAuthority { get; init; } = false;
    public int? PathLength { get; init; }
    public X509KeyUsageFlags? Usage { get; init; }
    public string[]? Purposes { get; init; }
    public string[] DnsNames { get; init; } = [];
    public string[] Addresses { get; init; } = [];
    public string[] RawNames { get; init; } = [];
    public byte[]? NameConstraints { get; init; }
    public int FromDays { get; init; } = -10;
    public int ToDays { get; init; } = 100;
    public bool BreakSignature { get; init; }
    public bool UnknownCriticalExtension { get; init; }
}

/// <summary>A certificate and the key that signs below it.</summary>
internal sealed record Made(byte[] Der, X500DistinguishedName Subject, AsymmetricAlgorithm Key);

/// <summary>Makes certificates of any kind, right and wrong, around one point in time; keys are few and shared.</summary>
internal sealed class Workshop(int seed, DateTimeOffset now)
{
    private static readonly AsymmetricAlgorithm[] Keys =
        [RSA.Create(2048), ECDsa.Create(ECCurve.NamedCurves.nistP256), RSA.Create(1024), ECDsa.Create(ECCurve.NamedCurves.nistP384)];

    private readonly Random _random = new(seed);
    private int _serial;

    public AsymmetricAlgorithm AnyKey() => Keys[_random.Next(Keys.Length)];

    public int Number(int below) => _random.Next(below);

    public Made Root(string name = "root", Func<Wish, Wish>? change = null)
    {
        var wish = new Wish(name)
        {
            IsAuthority = true,
            Usage = X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign,
            ToDays = 1000,
        };
        return Make(change?.Invoke(wish) ?? wish, issuer: null);
    }

    public Made Intermediate(Made issuer, string name, Func<Wish, Wish>? change = null)
    {
        var wish = new Wish(name)
        {
            IsAuthority = true,
            Usage = X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign,
            ToDays = 500,
        };
        return Make(change?.Invoke(wish) ?? wish, issuer);
    }

    public Made Make(Wish wish, Made? issuer, AsymmetricAlgorithm? key = null)
    {
        key ??= AnyKey();
        var subject = new X500DistinguishedName($"CN={wish.CommonName}");
        var request = key is ECDsa ec
            ? new CertificateRequest(subject, ec, HashAlgorithmName.SHA256)
            : new CertificateRequest(subject, (RSA)key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        if (wish.IsAuthority is { } authority)
        {
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
                authority, wish.PathLength is not null, wish.PathLength ?? 0, critical: true));
        }
        if (wish.Usage is { } usage)
        {
            request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
        }
        if (wish.Purposes is { } purposes)
        {
            var oids = new OidCollection();
            Array.ForEach(purposes, purpose => oids.Add(new Oid(purpose)));
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(oids, critical: false));
        }
        if (wish.DnsNames.Length + wish.Addresses.Length + wish.RawNames.Length > 0)
        {
            request.CertificateExtensions.Add(AlternativeNames(wish));
        }
        if (wish.NameConstraints is { } constraints)
        {
            request.CertificateExtensions.Add(new X509Extension("2.5.29.30", constraints, critical: true));
        }
        if (wish.UnknownCriticalExtension)
        {
            request.CertificateExtensions.Add(new X509Extension("1.3.6.1.4.1.99999.1", [0x05, 0x00], critical: true));
        }
        var signer = issuer?.Key ?? key;
        var generator = signer is ECDsa ecSigner
            ? X509SignatureGenerator.CreateForECDsa(ecSigner)
            : X509SignatureGenerator.CreateForRSA((RSA)signer, RSASignaturePadding.Pkcs1);
        using var certificate = request.Create(
            issuer?.Subject ?? subject, generator, now.AddDays(wish.FromDays), now.AddDays(wish.ToDays), NextSerial());
        var der = certificate.RawData;
        if (wish.BreakSignature)
        {
            der[^3] ^= 1;
        }
        return new Made(der, subject, key);
    }

    /// <summary>A revocation list.</summary>
    public byte[] List(Made issuer, IEnumerable<Made> revoked, int fromDays = -1, int toDays = 10)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (var one in revoked)
        {
            using var certificate = X509CertificateLoader.LoadCertificate(one.Der);
            builder.AddEntry(certificate, now.AddDays(-2));
        }
        using var bare = X509CertificateLoader.LoadCertificate(issuer.Der);
        using var withKey = issuer.Key is ECDsa ec ? bare.CopyWithPrivateKey(ec) : bare.CopyWithPrivateKey((RSA)issuer.Key);
        // The builder wants an identifier of the issuer's key, which these certificates leave out.
        var generator = issuer.Key is ECDsa ecSigner
            ? X509SignatureGenerator.CreateForECDsa(ecSigner)
            : X509SignatureGenerator.CreateForRSA((RSA)issuer.Key, RSASignaturePadding.Pkcs1);
        var identifier = X509AuthorityKeyIdentifierExtension.CreateFromIssuerNameAndSerialNumber(
            bare.IssuerName, bare.SerialNumberBytes.Span);
        return builder.Build(
            issuer.Subject, generator, 1, now.AddDays(toDays), HashAlgorithmName.SHA256, identifier, now.AddDays(fromDays));
    }

    /// <summary>Name constraints (RFC 5280 4.2.1.10) with one subtree of DNS names.</summary>
    public static byte[] DnsConstraint(bool permitted, string subtree)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, permitted ? 0 : 1)))
        using (writer.PushSequence())
        {
            writer.WriteCharacterString(UniversalTagNumber.IA5String, subtree, new Asn1Tag(TagClass.ContextSpecific, 2));
        }
        return writer.Encode();
    }

    // Written by hand, since the framework refuses some of the names that peers do have.
    private static X509Extension AlternativeNames(Wish wish)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var name in wish.DnsNames.Concat(wish.RawNames))
            {
                writer.WriteCharacterString(UniversalTagNumber.IA5String, name, new Asn1Tag(TagClass.ContextSpecific, 2));
            }
            foreach (var address in wish.Addresses)
            {
                writer.WriteOctetString(IPAddress.Parse(address).GetAddressBytes(), new Asn1Tag(TagClass.ContextSpecific, 7));
            }
        }
        return new X509Extension("2.5.29.17", writer.Encode(), critical: false);
    }

    private byte[] NextSerial()
    {
        var serial = ++_serial;
        return [0x10, (byte)(serial >> 8), (byte)serial];
    }
}
