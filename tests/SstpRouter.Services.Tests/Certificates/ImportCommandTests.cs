using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Certificates;

public sealed class ImportCommandTests : IDisposable
{
    private readonly CertificateShelf _shelf = new();

    [Fact]
    public void A_pair_is_imported_and_counted()
    {
        string screen = _shelf.Import(_shelf.Files.Pair("office.pem", _shelf.Files.Office), "name=office");

        GoldenScreen.Check("certificate-import", screen);
        Assert.Equal(["office KT"], _shelf.Names);
        Assert.Equal(["1.pem"], _shelf.Kept);
    }

    [Fact]
    public void A_key_may_come_after_its_certificate()
    {
        _shelf.Import(_shelf.Files.Certificate("office.crt", _shelf.Files.Office), "name=office trusted=no");
        Assert.Equal(["office "], _shelf.Names);

        string screen = _shelf.Import(_shelf.Files.Key("office.key", _shelf.Files.Office));

        Assert.Contains("certificates-imported: 0\n", screen);
        Assert.Contains("private-keys-imported: 1\n", screen);
        Assert.Equal(["office K"], _shelf.Names);
    }

    [Fact]
    public void Several_certificates_of_one_file_are_numbered_after_the_name()
    {
        _shelf.Import(_shelf.Files.Certificate("all.pem", _shelf.Files.Office, _shelf.Files.Authority), "name=office");

        Assert.Equal(["office ", "office_1 AT"], _shelf.Names);
    }

    [Fact]
    public void A_chain_as_public_authorities_send_it_anchors_nothing_and_names_the_leaf()
    {
        string path = _shelf.Files.Write("fullchain.pem", PublicChain.Pem);

        _shelf.Import(path, "name=gate");
        _shelf.Desk.Type("/certificate remove gate,gate_1");
        _shelf.Import(_shelf.Files.Write("reversed.pem", PublicChain.ReversedPemWithKey), "name=gate");

        Assert.Equal(["gate K", "gate_1 A"], _shelf.Names);
        Assert.Equal(2, _shelf.Service.Identity(_shelf.Desk.Now, "gate")!.CertificateChainDer.Count);
        _shelf.Import(_shelf.Files.Write("again.pem", PublicChain.Pem), "name=said trusted=yes");
        Assert.Equal(["said T", "said_1 AT"], _shelf.Names.Skip(2));
    }

    [Fact]
    public void The_report_can_be_had_as_a_value()
    {
        string path = _shelf.Files.Pair("office.pem", _shelf.Files.Office);

        Assert.Contains("certificates-imported=1;decryption-failures=0;", _shelf.Desk.Type($":put [/certificate import file-name={path} as-value]"));
    }

    [Fact]
    public void Without_a_name_the_file_gives_it()
    {
        _shelf.Import(_shelf.Files.Certificate("all.pem", _shelf.Files.Office, _shelf.Files.Authority));

        Assert.Equal(["all.pem_0 ", "all.pem_1 AT"], _shelf.Names);
    }

    [Fact]
    public void A_name_that_is_taken_is_refused_and_nothing_is_left_behind()
    {
        string path = _shelf.Files.Pair("office.pem", _shelf.Files.Office);
        _shelf.Import(path, "name=office");

        Assert.Equal("failure: certificate with such name already exists", _shelf.ImportRefused(path, "name=office"));

        Assert.Equal(["office KT"], _shelf.Names);
        Assert.Equal(["1.pem"], _shelf.Kept);
    }

    [Fact]
    public void A_damaged_file_is_refused_whole_and_leaves_nothing()
    {
        string good = File.ReadAllText(_shelf.Files.Certificate("good.pem", _shelf.Files.Office));
        string path = _shelf.Files.Write("bad.pem", good + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        string told = _shelf.ImportRefused(path, "name=office");

        Assert.StartsWith($"failure: {path}: line ", told, StringComparison.Ordinal);
        Assert.Empty(_shelf.Names);
        Assert.Empty(_shelf.Kept);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        string path = Path.Combine(Path.GetTempPath(), "no-such-file.pem");

        Assert.Equal($"failure: there is no file {path}", _shelf.ImportRefused(path));
    }

    [Fact]
    public void The_right_passphrase_opens_the_key_and_a_wrong_one_is_counted_and_told_to_nobody()
    {
        string path = _shelf.Files.LockedPair("office.pem", _shelf.Files.Office, "open sesame");

        string wrong = _shelf.Import(path, "name=first passphrase=\"wrong horse\"");
        string right = _shelf.Import(path, "name=second passphrase=\"open sesame\"");

        Assert.Contains("decryption-failures: 1\n", wrong);
        Assert.Contains("decryption-failures: 0\n", right);
        Assert.Equal(["first T", "second KT"], _shelf.Names);
        Assert.DoesNotContain(_shelf.Desk.Logged(), m => m.Contains("horse", StringComparison.Ordinal) || m.Contains("sesame", StringComparison.Ordinal));
    }

    [Fact]
    public void Remove_deletes_certificate_and_key()
    {
        _shelf.Import(_shelf.Files.Pair("office.pem", _shelf.Files.Office), "name=office");
        _shelf.Import(_shelf.Files.Certificate("authority.pem", _shelf.Files.Authority), "name=authority");

        _shelf.Desk.Type("/certificate remove office");

        Assert.Equal(["authority AT"], _shelf.Names);
        Assert.Equal(["2.pem"], _shelf.Kept);
    }

    public void Dispose() => _shelf.Dispose();
}
