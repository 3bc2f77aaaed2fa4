using System.Text;

namespace SstpRouter.Certificates.Tests;

public sealed class RevocationListTests : IDisposable
{
    private readonly OpenSslTool _openSsl = new();

    public void Dispose() => _openSsl.Dispose();

    [Theory]
    [InlineData("2048")]
    [InlineData("prime256v1")]
    [InlineData("ed25519")]
    public void OpenSSL_refuses_what_our_list_names(string keySize)
    {
        StoredCertificate authority = SigningTests.Authority(keySize);
        StoredCertificate good = SigningTests.Issued(new() { CommonName = "good" }, authority);
        StoredCertificate bad = SigningTests.Issued(new() { CommonName = "bad" }, authority);

        RevocationList list = RevocationList.Make(
            authority, 7, [new(CertificateDescription.Of(bad.Der).SerialNumber, SigningTests.Now)], SigningTests.Now, SigningTests.Now.AddDays(7));

        _openSsl.Write("ca.crt", CertificateExport.Pem(authority));
        _openSsl.Write("good.crt", CertificateExport.Pem(good));
        _openSsl.Write("bad.crt", CertificateExport.Pem(bad));
        _openSsl.Write("list.crl", list.Der);
        _openSsl.Text("crl -inform DER -in list.crl -out list.pem");
        Assert.Contains("verify OK", _openSsl.Text("crl -in list.pem -CAfile ca.crt -noout -crlnumber"));
        Assert.Contains("OK", _openSsl.Text("verify -crl_check -CRLfile list.pem -CAfile ca.crt good.crt"));
        Assert.Contains("certificate revoked", _openSsl.Try("verify -crl_check -CRLfile list.pem -CAfile ca.crt bad.crt").Text);
        Assert.Equal(7, list.Number);
        Assert.Equal(1, list.Count);
        Assert.True(list.IsMadeBy(authority));
        Assert.False(list.IsMadeBy(SigningTests.Authority(keySize)));
    }

    [Fact]
    public void A_serial_number_that_begins_with_a_high_bit_is_kept()
    {
        StoredCertificate authority = SigningTests.Authority();
        RevokedCertificate[] entries = [new("00FF01", SigningTests.Now), new("0ABC", SigningTests.Now)];

        RevocationList list = RevocationList.Make(authority, 1, entries, SigningTests.Now, SigningTests.Now.AddDays(7));

        Assert.Equal(["00FF01", "0ABC"], list.Entries.Select(e => e.SerialNumber));
    }

    [Theory]
    [InlineData("PEM")]
    [InlineData("DER")]
    public void We_read_the_list_of_OpenSSL(string form)
    {
        _openSsl.Write("ca.cnf", Encoding.ASCII.GetBytes(
            "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ncrlnumber=number\ndefault_md=sha256\ndefault_crl_days=3\n"));
        _openSsl.Write("index.txt", Encoding.ASCII.GetBytes("R\t350101000000Z\t260102030405Z\t0ABC\tunknown\t/CN=gone\n"));
        _openSsl.Write("number", "05\n"u8.ToArray());
        _openSsl.Text("req -x509 -newkey rsa:2048 -nodes -keyout key.pem -subj /CN=theirs -out ca.crt");
        _openSsl.Text("ca -config ca.cnf -gencrl -keyfile key.pem -cert ca.crt -out list.pem");
        byte[] file = _openSsl.Run($"crl -in list.pem -outform {form} -out list", "list");

        var list = RevocationList.Read(file);

        Assert.Equal("CN=theirs", list.Issuer);
        Assert.Equal(5, list.Number);
        Assert.Equal([new RevokedCertificate("0ABC", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero))], list.Entries);
        Assert.True(list.IsMadeBy(CertificateImport.Read(_openSsl["ca.crt"], null).Certificates[0]));
        Assert.False(list.HasExpired(DateTimeOffset.UtcNow));
        Assert.True(list.HasExpired(DateTimeOffset.UtcNow.AddDays(4)));
    }

    [Fact]
    public void A_forged_or_damaged_list_is_found_out()
    {
        StoredCertificate authority = SigningTests.Authority();
        byte[] der = RevocationList.Make(
            authority, 1, [new("0ABC", SigningTests.Now)], SigningTests.Now, SigningTests.Now.AddDays(7)).Der;
        byte[] forged = [.. der];
        forged[forged.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x0A, 0xBC]) + 1] ^= 1;

        Assert.False(RevocationList.Read(forged).IsMadeBy(authority));
        Assert.All(Enumerable.Range(0, der.Length), length => Assert.Throws<ImportError>(() => RevocationList.Read(der.AsSpan(0, length))));
    }

    [Fact]
    public void Any_changed_octet_is_refused_in_words_or_does_not_verify()
    {
        StoredCertificate authority = SigningTests.Authority();
        byte[] der = RevocationList.Make(authority, 1, [new("0ABC", SigningTests.Now)], SigningTests.Now, SigningTests.Now.AddDays(7)).Der;
        for (int i = 0; i < der.Length; i++)
        {
            byte[] changed = [.. der];
            changed[i] ^= 0xFF;
            try
            {
                Assert.False(RevocationList.Read(changed).IsMadeBy(authority), $"octet {i}");
            }
            catch (ImportError)
            {
                continue;
            }
        }
    }
}
