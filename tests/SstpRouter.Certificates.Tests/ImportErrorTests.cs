using System.Security.Cryptography;
using System.Text;

namespace SstpRouter.Certificates.Tests;

public sealed class ImportErrorTests
{
    private static readonly byte[] Certificate = TestCertificates.Authority("a").RawData;
    private static readonly string Pem = PemEncoding.WriteString("CERTIFICATE", Certificate) + "\n";

    [Fact]
    public void A_block_that_does_not_end_is_named_by_its_line() =>
        AssertRefused("hello\n" + Pem[..^30], "line 2: BEGIN CERTIFICATE without its END; the file is cut short");

    [Fact]
    public void A_block_cut_by_the_next_one_is_named_by_its_line() =>
        AssertRefused(Pem[..150] + "\n" + Pem, "line 1: BEGIN CERTIFICATE without its END; the file is cut short");

    [Fact]
    public void An_end_without_a_begin_is_named_by_its_line() =>
        AssertRefused("\n-----END CERTIFICATE-----\n" + Pem, "line 2: END CERTIFICATE without its BEGIN");

    [Fact]
    public void A_block_that_ends_as_another_is_refused() =>
        AssertRefused("-----BEGIN CERTIFICATE-----\nAAAA\n-----END PRIVATE KEY-----\n", "line 3: END PRIVATE KEY where BEGIN CERTIFICATE of line 1 should end");

    [Fact]
    public void A_strange_character_is_named_by_its_line() =>
        AssertRefused("-----BEGIN CERTIFICATE-----\nAAAA\nAA!A\n-----END CERTIFICATE-----\n", "line 3: not base64 inside CERTIFICATE of line 1");

    [Fact]
    public void Base64_that_does_not_come_out_even_is_refused() =>
        AssertRefused("-----BEGIN CERTIFICATE-----\nAAAAA\n-----END CERTIFICATE-----\n", "line 1: the base64 of CERTIFICATE is damaged");

    [Fact]
    public void What_is_no_certificate_inside_a_certificate_block_is_refused() =>
        AssertRefusedWith("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "line 1: CERTIFICATE: certificate is damaged");

    [Fact]
    public void One_damaged_block_refuses_the_whole_file() =>
        AssertRefusedWith(Pem + "-----BEGIN PRIVATE KEY-----\nMAAA\n-----END PRIVATE KEY-----\n", $"line {Pem.Count(c => c == '\n') + 1}: PRIVATE KEY: ");

    [Fact]
    public void What_cannot_be_imported_says_what_can() =>
        AssertRefused("-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n", "line 1: X509 CRL: cannot be imported; certificates and private keys can");

    [Fact]
    public void An_unknown_key_algorithm_is_named() =>
        AssertRefused(
            PemEncoding.WriteString("PRIVATE KEY", [0x30, 0x0C, 2, 1, 0, 0x30, 5, 6, 3, 0x2B, 0x65, 0x6E, 4, 0]),
            "line 1: PRIVATE KEY: keys of algorithm 1.3.101.110 cannot be used; make an rsa or ec key");

    [Fact]
    public void A_file_of_something_else_is_refused() => AssertRefused("# just a script\n", "unknown file: neither PEM, DER nor PKCS#12");

    [Fact]
    public void An_empty_file_is_refused() => AssertRefused("", "unknown file: neither PEM, DER nor PKCS#12");

    [Fact]
    public void A_pem_file_of_parameters_only_holds_nothing() =>
        AssertRefused("-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n", "the file holds no certificate and no private key");

    [Fact]
    public void A_der_certificate_with_more_behind_it_is_refused() =>
        AssertRefused([.. Certificate, 0], "DER certificate: it is cut short, or something follows it");

    [Fact]
    public void A_der_certificate_that_is_cut_short_is_refused() =>
        Assert.Throws<ImportError>(() => CertificateImport.Read(Certificate.AsSpan(0, 100), null));

    [Fact]
    public void A_file_beyond_the_limit_is_not_even_looked_at() =>
        AssertRefused(new byte[CertificateImport.LargestFile + 1], "the file is larger than 4194304 bytes");

    [Fact]
    public void The_same_certificate_twice_is_imported_once() =>
        Assert.Single(CertificateImport.Read(Encoding.ASCII.GetBytes(Pem + Pem), null).Certificates);

    [Fact]
    public void Blanks_and_carriage_returns_around_lines_do_no_harm() =>
        Assert.Single(CertificateImport.Read(Encoding.ASCII.GetBytes("  " + Pem.Replace("\n", "  \r\n  ", StringComparison.Ordinal)), null).Certificates);

    [Fact]
    public void An_iteration_count_that_would_hold_the_router_is_refused()
    {
        using var key = ECDsa.Create();
        byte[] encrypted = key.ExportEncryptedPkcs8PrivateKey("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 2048));
        int count = encrypted.AsSpan().IndexOf((ReadOnlySpan<byte>)[2, 2, 8, 0]);
        byte[] raised = [.. encrypted[..count], 2, 4, 0x7F, 0xFF, 0xFF, 0xFF, .. encrypted[(count + 4)..]];
        foreach (int length in EnclosingLengths(encrypted, count))
        {
            raised[length] += 2;
        }

        AssertRefused(raised, "DER private key (PKCS#8): its iteration count is not 1..10000000");
    }

    [Fact]
    public void Random_damage_to_any_file_is_an_import_error_or_a_result()
    {
        var random = new Random(1);
        using var key = ECDsa.Create();
        byte[][] files =
        [
            Certificate,
            key.ExportPkcs8PrivateKey(),
            key.ExportECPrivateKey(),
            key.ExportEncryptedPkcs8PrivateKey("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA1, 10)),
            TestCertificates.Authority("b").Export(System.Security.Cryptography.X509Certificates.X509ContentType.Pkcs12, "secret"),
            Encoding.ASCII.GetBytes(Pem),
        ];
        for (int i = 0; i < 1500; i++)
        {
            byte[] bad = [.. files[i % files.Length]];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            }

            Exception? outcome = Record.Exception(() => CertificateImport.Read(bad, "secret"));
            Assert.True(outcome is null or ImportError, $"{Convert.ToHexString(bad)}: {outcome}");
        }
    }

    // The lengths of the sequences around an offset, one byte each or the low byte of a long one.
    private static IEnumerable<int> EnclosingLengths(byte[] der, int offset)
    {
        int position = 0;
        while (position < offset)
        {
            int header = der[position + 1] < 0x80 ? 2 : 2 + (der[position + 1] & 0x7F);
            int length = der[position + 1] < 0x80 ? der[position + 1] : der.AsSpan(position + 2, header - 2).ToArray().Aggregate(0, (a, b) => (a << 8) | b);
            if (offset < position + header + length && (der[position] & 0x20) != 0)
            {
                yield return position + header - 1;
                position += header;
            }
            else
            {
                position += header + length;
            }
        }
    }

    private static void AssertRefused(string file, string text) => AssertRefused(Encoding.ASCII.GetBytes(file), text);

    private static void AssertRefused(byte[] file, string text) =>
        Assert.Equal(text, Assert.Throws<ImportError>(() => CertificateImport.Read(file, "secret")).Message);

    private static void AssertRefusedWith(string file, string start) =>
        Assert.StartsWith(start, Assert.Throws<ImportError>(() => CertificateImport.Read(Encoding.ASCII.GetBytes(file), null)).Message, StringComparison.Ordinal);
}
