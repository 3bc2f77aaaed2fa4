using System.Globalization;
using SstpRouter.Certificates;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;
using SstpRouter.Services.Certificates.Acme;

namespace SstpRouter.Services.Certificates;

/// <summary>What <c>/certificate print</c> shows of an item.</summary>
internal sealed class CertificateRows(CertificateItems items, TimeProvider clock)
{
    // Before that a look at the list need not worry anybody: what renews itself does so later.
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    public void Describe(Row row)
    {
        // The flag of the same name would else stand in for a moment that is not set.
        string revoked = row["revoked"] is TextValue kept ? kept.Content : "";
        row.Show("revoked", revoked.Length > 0 ? Value.Of(RouterTime.Show(RouterTime.Read(revoked))) : Value.Nothing);
        if (CertificateItems.IsTemplate(row))
        {
            return;
        }

        if (items.Load(row.Id, out string? fault) is not { } known)
        {
            row.Fault = fault;
            foreach (string property in TemplateItem.Properties)
            {
                row.Show(property, Value.Nothing); // its defaults are a template's, and say nothing about this one
            }

            return;
        }

        DateTimeOffset now = clock.GetUtcNow();
        SetFlags(row, known, now);
        ShowSubject(row, known.About);
        ShowKey(row, known.About);
        ShowOrigin(row, known.About);
        ShowTimes(row, known.About, now);
        if (AcmeItems.IsManaged(row))
        {
            row.Show("acme-status", Value.Of(AcmeRenewals.StatusOf(row, known, now)));
        }
    }

    private static void SetFlags(Row row, KnownCertificate known, DateTimeOffset now)
    {
        Set('K', known.Certificate.PrivateKeyPkcs8 is not null);
        Set('L', row.Text("ca-crl-host").Length > 0);
        Set('A', known.About.IsAuthority);
        Set('I', row.Text("ca").Length > 0 && row.Text("revoked").Length == 0);
        Set('R', row.Text("revoked").Length > 0);
        Set('E', known.About.InvalidAfter < now);
        Set('T', row.IsYes("trusted"));
        Set('a', AcmeItems.IsManaged(row));

        void Set(char letter, bool isOn)
        {
            if (isOn)
            {
                row.Flags.Add(letter);
            }
        }
    }

    private static void ShowSubject(Row row, CertificateDescription about)
    {
        row.Show("common-name", Value.Of(about.CommonName));
        ShowWord(row, "country", about.Country);
        ShowWord(row, "state", about.State);
        ShowWord(row, "locality", about.Locality);
        ShowWord(row, "organization", about.Organization);
        ShowWord(row, "unit", about.Unit);
        row.Show("subject-alt-name", about.SubjectAltNames.Count > 0 ? Words(about.SubjectAltNames) : Value.Nothing);
    }

    private static void ShowKey(Row row, CertificateDescription about)
    {
        row.Show("key-type", Value.Of(about.KeyType)).Show("key-size", Value.Of(about.KeySize)).Show("key-usage", Words(about.KeyUsage));
        ShowWord(row, "digest-algorithm", about.DigestAlgorithm);
    }

    private void ShowOrigin(Row row, CertificateDescription about)
    {
        row.Show("issuer", Value.Of(about.Issuer))
            .Show("serial-number", Value.Of(about.SerialNumber))
            .Show("fingerprint", Value.Of(about.Fingerprint));
        ShowWord(row, "akid", about.AuthorityKeyId);
        ShowWord(row, "skid", about.SubjectKeyId);
        if (row.Text("ca") is { Length: > 0 } ca
            && items.Find(items.Store.Current, ca) is { } authority && items.Load(authority.Id) is { } known)
        {
            row.Show("ca-fingerprint", Value.Of(known.About.Fingerprint));
        }
    }

    private static void ShowTimes(Row row, CertificateDescription about, DateTimeOffset now)
    {
        row.Show("days-valid", Value.Of(about.DaysValid))
            .Show("invalid-before", Value.Of(RouterTime.Show(about.InvalidBefore)))
            .Show("invalid-after", Value.Of(RouterTime.Show(about.InvalidAfter)));
        TimeSpan left = about.InvalidAfter - now;
        if (left > TimeSpan.Zero)
        {
            row.Show("expires-after", new TimeValue(TimeSpan.FromSeconds((long)left.TotalSeconds)));
        }

        string? status = left <= TimeSpan.Zero ? "expired"
            : about.InvalidBefore > now ? "not valid yet"
            : left <= Soon ? "expires in " + ShortText(left)
            : null;
        row.Show("status", status is null ? Value.Nothing : Value.Of(status));
    }

    /// <summary>Whole days, or hours on the last day: <c>6d</c>, <c>5h</c>.</summary>
    internal static string ShortText(TimeSpan left) => left >= TimeSpan.FromDays(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalDays}d")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalHours}h");

    private static void ShowWord(Row row, string property, string text) => row.Show(property, text.Length > 0 ? Value.Of(text) : Value.Nothing);

    private static ArrayValue Words(IEnumerable<string> words) => ArrayValue.Of(words.Select(Value.Of));
}
