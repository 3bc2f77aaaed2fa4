using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using SstpRouter.Certificates.Reading;
using SstpRouter.Certificates.Revocation;

namespace SstpRouter.Certificates;

/// <summary>A certificate that its issuer has revoked.</summary>
/// <param name="SerialNumber">Its serial number as <see cref="CertificateDescription.SerialNumber"/> gives it.</param>
/// <param name="Time">When it was revoked.</param>
public sealed record RevokedCertificate(string SerialNumber, DateTimeOffset Time);

/// <summary>A certificate revocation list (RFC 5280 5).</summary>
public sealed class RevocationList
{
    /// <summary>The largest list that is read, in bytes: room for some hundred thousand entries.</summary>
    public const int LargestFile = 8 * 1024 * 1024;

    private readonly ReadOnlyMemory<byte> _signed;
    private readonly ReadOnlyMemory<byte> _entries;
    private readonly byte[] _issuer;
    private readonly string _algorithm;
    private readonly byte[] _signature;

    private RevocationList(byte[] der)
    {
        Der = der;
        AsnReader list = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        _signed = list.ReadEncodedValue();
        _algorithm = list.ReadSequence().ReadObjectIdentifier();
        _signature = list.ReadBitString(out _);

        AsnReader content = new AsnReader(_signed, AsnEncodingRules.DER).ReadSequence();
        if (content.PeekTag() == Asn1Tag.Integer)
        {
            content.ReadInteger();
        }

        content.ReadSequence();
        _issuer = content.ReadEncodedValue().ToArray();
        Issuer = DistinguishedName.Read(_issuer).ToString();
        ThisUpdate = ReadTime(content);
        if (IsTime(content))
        {
            NextUpdate = ReadTime(content);
        }

        if (content.HasData && content.PeekTag() == Asn1Tag.Sequence)
        {
            _entries = content.ReadEncodedValue();
        }

        if (content.HasData)
        {
            ReadExtensions(content);
        }

        foreach (RevokedCertificate _ in Entries)
        {
            Count++; // also finds a damaged entry now and not when it is asked for
        }
    }

    /// <summary>The list as it is encoded.</summary>
    public byte[] Der { get; }

    /// <summary>Who signed it, in the form of <see cref="CertificateDescription.Subject"/>.</summary>
    public string Issuer { get; }

    /// <summary>Its number, which grows with each list of that issuer; 0 where it has none.</summary>
    public BigInteger Number { get; private set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset ThisUpdate { get; }

    /// <summary>When the next one will have been made; null where it does not say.</summary>
    public DateTimeOffset? NextUpdate { get; }

    /// <summary>How many certificates it names.</summary>
    public int Count { get; }

    /// <summary>The certificates that it names, read anew each time: a list may be long.</summary>
    public IEnumerable<RevokedCertificate> Entries
    {
        get
        {
            if (_entries.IsEmpty)
            {
                yield break;
            }

            AsnReader entries = new AsnReader(_entries, AsnEncodingRules.DER).ReadSequence();
            while (entries.HasData)
            {
                AsnReader entry = entries.ReadSequence();
                string serial = Convert.ToHexString(entry.ReadIntegerBytes().Span);
                yield return new RevokedCertificate(serial, ReadTime(entry));
            }
        }
    }

    /// <summary>Reads a list, DER or PEM.</summary>
    /// <exception cref="ImportError">It is damaged, or too large.</exception>
    public static RevocationList Read(ReadOnlySpan<byte> file)
    {
        if (file.Length > LargestFile)
        {
            throw new ImportError($"the revocation list is larger than {LargestFile} bytes");
        }

        try
        {
            byte[] der = PemFile.IsPem(file)
                ? PemFile.Read(file) is [{ Label: "X509 CRL" } only] ? only.Content : throw new ImportError("the file is no revocation list")
                : file.ToArray();
            return DerElement.IsWhole(der) ? new RevocationList(der) : throw new ImportError("the revocation list is cut short, or something follows it");
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException or ArgumentException)
        {
            throw new ImportError("the revocation list is damaged: " + e.Message, e);
        }
    }

    /// <summary>Makes and signs a list.</summary>
    /// <param name="authority">Whose list it is, with key.</param>
    /// <param name="number">Its number, above that of the list before.</param>
    /// <param name="entries">The revoked certificates.</param>
    /// <param name="now">When it is made.</param>
    /// <param name="nextUpdate">Until when it is good.</param>
    /// <exception cref="SigningError">It cannot be signed.</exception>
    public static RevocationList Make(
        StoredCertificate authority, BigInteger number, IEnumerable<RevokedCertificate> entries, DateTimeOffset now, DateTimeOffset nextUpdate) =>
        CertificateSigning.Making(() => new RevocationList(RevocationListSigning.Sign(authority, number, entries, now, nextUpdate)));

    /// <summary>True where the authority is the one that made this list: name and signature.</summary>
    public bool IsMadeBy(StoredCertificate authority)
    {
        try
        {
            var about = CertificateDescription.Of(authority.Der);
            return about.SubjectRaw.AsSpan().SequenceEqual(_issuer)
                && SignatureCheck.Holds(authority.Der, _algorithm, _signed.Span, _signature);
        }
        catch (Exception e) when (e is ImportError or CryptographicException)
        {
            return false;
        }
    }

    /// <summary>True where it is out of date.</summary>
    public bool HasExpired(DateTimeOffset now) => NextUpdate < now;

    private static bool IsTime(AsnReader reader) => reader.HasData
        && reader.PeekTag() is var tag && (tag == Asn1Tag.UtcTime || tag == Asn1Tag.GeneralizedTime);

    private static DateTimeOffset ReadTime(AsnReader reader) =>
        reader.PeekTag() == Asn1Tag.UtcTime ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();

    private void ReadExtensions(AsnReader content)
    {
        AsnReader extensions = content.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
        while (extensions.HasData)
        {
            AsnReader extension = extensions.ReadSequence();
            string oid = extension.ReadObjectIdentifier();
            if (extension.PeekTag() == Asn1Tag.Boolean)
            {
                extension.ReadBoolean();
            }

            byte[] value = extension.ReadOctetString();
            if (oid == Oids.CrlNumber)
            {
                Number = new AsnReader(value, AsnEncodingRules.DER).ReadInteger();
            }
        }
    }
}
