using SstpRouter.Certificates;
using SstpRouter.RouterOs.Language;
using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Certificates;

/// <summary>Templates, and what is signed of them.</summary>
public sealed class SignCommandTests : IDisposable
{
    private readonly CertificateShelf _shelf = new();

    public void Dispose() => _shelf.Dispose();

    [Fact]
    public void The_manuals_lines_make_what_the_manual_shows()
    {
        _shelf.MakeTheManuals();

        Assert.Equal(["myCa AKLT", "server IKT", "client IK"], _shelf.Names);
        GoldenScreen.Check("certificate-print", CertificateShelf.Masked(_shelf.Desk.Type("/certificate print")));
        GoldenScreen.Check("certificate-print-detail", CertificateShelf.Masked(_shelf.Desk.Type("/certificate print detail")));
    }

    [Fact]
    public void Signing_reports_that_it_is_done_and_keeps_the_items_number()
    {
        _shelf.Desk.Type("/certificate add name=x key-size=ed25519");
        ulong id = _shelf.Rows[0].Id;

        Assert.Equal("  progress: done\n", _shelf.Desk.Type("/certificate sign 0"));

        Assert.Equal(id, _shelf.Rows[0].Id);
        Assert.Equal(["x AK"], _shelf.Names);
        Assert.Equal("x", _shelf.Rows[0].Text("common-name"));
    }

    [Fact]
    public void All_that_was_made_is_there_after_a_restart()
    {
        _shelf.MakeTheManuals();
        string before = _shelf.Desk.Type("/certificate print detail");

        _shelf.Restart();

        Assert.Equal(before, _shelf.Desk.Type("/certificate print detail"));
        Assert.NotNull(_shelf.Service.Identity(_shelf.Desk.Now, "server"));
    }

    [Fact]
    public void A_template_says_what_was_typed_and_is_no_identity()
    {
        _shelf.Desk.Type("/certificate add name=t common-name=gate country=LV state=s locality=l organization=o unit=u days-valid=17"
            + " subject-alt-name=dns:gate.example,IP:192.0.2.1,email:a@b.example key-usage=tls-server,digital-signature digest-algorithm=sha384 key-size=secp384r1 trusted=yes");

        GoldenScreen.Check("certificate-print-template", _shelf.Desk.Type("/certificate print detail"));
        Assert.Throws<ScriptError>(() => _shelf.Service.Identity(_shelf.Desk.Now, "t"));
        Assert.Empty(_shelf.Kept);

        _shelf.Desk.Type("/certificate sign t");
        var about = CertificateDescription.Of(_shelf.Certificate("t").Der);
        Assert.Equal("C=LV,ST=s,L=l,O=o,OU=u,CN=gate", about.Subject);
        Assert.Equal(["DNS:gate.example", "IP:192.0.2.1", "email:a@b.example"], about.SubjectAltNames);
        Assert.Equal(["digital-signature", "tls-server"], about.KeyUsage);
        Assert.Equal("sha384", about.DigestAlgorithm);
        Assert.Equal(["t KT"], _shelf.Names);
    }

    [Fact]
    public void A_template_gets_its_name_from_its_common_name_and_the_rest_by_copying()
    {
        _shelf.Desk.Type("/certificate add common-name=gate organization=Example key-usage=tls-server key-size=ed25519");
        _shelf.Desk.Type("/certificate add common-name=gate");
        _shelf.Desk.Type("/certificate add copy-from=gate name=third unit=u");
        _shelf.Desk.Type("/certificate sign gate");
        _shelf.Desk.Type("/certificate add copy-from=0 name=fourth common-name=other");

        Assert.Equal(["gate", "gate_1", "third", "fourth"], _shelf.Rows.Select(r => r.Text("name")));
        Assert.Equal("gate/Example/u/tls-server/ed25519", Said(2));
        Assert.Equal("other/Example//tls-server/ed25519", Said(3));

        string Said(int row) => string.Join(
            '/', new[] { "common-name", "organization", "unit", "key-usage", "key-size" }.Select(p => _shelf.Desk.Type($":put [/certificate get {row} {p}]").TrimEnd('\n')));
    }

    [Fact]
    public void Only_name_and_trust_of_a_certificate_can_be_changed()
    {
        _shelf.Desk.Type("/certificate add name=x key-size=ed25519");
        _shelf.Desk.Type("/certificate set x common-name=before days-valid=3");
        _shelf.Desk.Type("/certificate sign x");

        Assert.Equal("failure: certificate <x> is signed, its common-name cannot be changed", _shelf.Desk.Refused("/certificate set x common-name=after"));
        Assert.Equal("failure: certificate <x> is signed, its key-usage cannot be changed", _shelf.Desk.Refused("/certificate set x key-usage=crl-sign"));
        _shelf.Desk.Type("/certificate set x name=y trusted=yes");
        Assert.Equal(["y AKT"], _shelf.Names);
    }

    [Fact]
    public void A_renamed_authority_is_still_the_one_that_issued()
    {
        _shelf.MakeTheManuals();

        _shelf.Desk.Type("/certificate set myCa name=\"the new CA\"");

        Assert.Equal("the new CA", _shelf.Rows[1].Text("ca"));
        Assert.Equal(_shelf.Rows[0].Text("fingerprint"), _shelf.Rows[1].Text("ca-fingerprint"));
    }

    [Fact]
    public void Refusals()
    {
        _shelf.MakeTheManuals();
        _shelf.Desk.Type("/certificate add name=t key-size=ed25519");
        _shelf.Desk.Type("/certificate add name=bad country=Latvia key-size=ed25519");
        _shelf.Desk.Type("/certificate add name=old digest-algorithm=md5 key-size=prime256v1");
        string[] lines =
        [
            "add",
            "add name=myCa",
            "add name=x key-size=1000",
            "add name=x key-usage=fly",
            "add name=x days-valid=0",
            "add name=x subject-alt-name=gate.example",
            "add name=x copy-from=nobody",
            "sign",
            "sign nobody",
            "sign server",
            "sign t ca=nobody",
            "sign t ca=t",
            "sign t ca=client",
            "sign t name=server",
            "sign t,bad",
            "sign t ca=myCa ca-crl-host=10.0.0.1",
            "sign t ca-crl-host=\"a b\"",
            "sign bad",
            "sign old",
            "create-certificate-request",
            "create-certificate-request template=server key-passphrase=12345678",
            "create-certificate-request template=t",
            "create-certificate-request template=t key-passphrase=1234567",
            "sign-certificate-request",
            "sign-certificate-request file-name=x",
            "export-certificate",
            "export-certificate t",
            "export-certificate server export-passphrase=1234567",
            "export-certificate server type=der",
            "export-certificate server type=pkcs12",
            "export-certificate server file-name=../x",
            "issued-revoke myCa",
            "issued-revoke t",
            "add-scep template=t scep-url=http://x",
            "scep-server add ca-cert=myCa path=/scep/x",
            "card-verify",
            "enable-ssl-certificate",
            "enable-ssl-certificate dns-name=x",
            "enable-ssl-certificate dns-name=*.example.com",
            "enable-ssl-certificate dns-name=192.168.62.2",
            "enable-ssl-certificate dns-name=x.example.com directory-url=http://127.0.0.1/dir",
            "enable-ssl-certificate dns-name=x.example.com eab-kid=1",
            "enable-ssl-certificate dns-name=x.example.com eab-kid=1 eab-hmac-key=\"?\"",
            "add-acme",
            "add-acme domain-names=x.example.com,-y.example.com",
            "add-acme domain-names=x.example.com name=server",
            "acme-renew",
            "acme-renew server",
            "crl add url=https://x/y.crl",
        ];

        GoldenScreen.Check("certificate-refusals", string.Concat(lines.Select(l => $"{l}\n    {_shelf.Desk.Refused("/certificate " + l)}\n")));
        Assert.Equal(["myCa AKLT", "server IKT", "client IK", "t ", "bad ", "old "], _shelf.Names);
        Assert.Equal(["1.crl", "1.pem", "2.pem", "3.pem"], _shelf.Kept);
    }

    [Fact]
    public void A_key_that_takes_long_can_be_interrupted()
    {
        _shelf.Desk.Type("/certificate add name=big key-size=8192");
        using var interrupt = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        ScriptError error = Assert.Throws<ScriptError>(() => _shelf.Desk.Type("/certificate sign big", interrupt.Token));

        Assert.Equal("interrupted", error.Message);
        Assert.Equal(["big "], _shelf.Names);
        Assert.Empty(_shelf.Kept);
    }

    [Fact]
    public void Removing_an_authority_removes_what_it_has_issued_here()
    {
        _shelf.MakeTheManuals();
        _shelf.Desk.Type("/certificate add name=middle-template common-name=middle key-usage=key-cert-sign,crl-sign key-size=ed25519");
        _shelf.Desk.Type("/certificate sign middle-template ca=myCa name=middle");
        _shelf.Desk.Type("/certificate add name=leaf-template common-name=leaf key-size=ed25519");
        _shelf.Desk.Type("/certificate sign leaf-template ca=middle name=leaf");
        _shelf.Desk.Type("/certificate add name=other");

        _shelf.Desk.Type("/certificate remove myCa");

        Assert.Equal(["other "], _shelf.Names);
        Assert.Empty(_shelf.Kept);
    }

    [Fact]
    public void A_certificate_that_is_used_stays_and_so_does_its_authority()
    {
        _shelf.MakeTheManuals();
        _shelf.Desk.Type("/interface sstp-server server set certificate=server");

        string told = _shelf.Desk.Refused("/certificate remove myCa");

        Assert.Equal("failure: certificate <server> is used by /interface sstp-server server certificate, change that first", told);
        Assert.Equal(3, _shelf.Rows.Count);
        Assert.Equal(["1.crl", "1.pem", "2.pem", "3.pem"], _shelf.Kept);
    }

    [Fact]
    public void An_export_of_the_configuration_holds_no_certificate_and_no_key()
    {
        _shelf.MakeTheManuals();

        string export = _shelf.Desk.Type("/export show-sensitive verbose");

        Assert.DoesNotContain("/certificate\n", export);
        Assert.DoesNotContain("myCa", export);
        Assert.Contains("/certificate settings", export);
    }

    [Fact]
    public void A_private_key_is_in_no_log_no_screen_and_no_exported_file()
    {
        _shelf.MakeTheManuals();
        string[] secrets = [.. new[] { "myCa", "server", "client" }.Select(n => Convert.ToBase64String(_shelf.Certificate(n).PrivateKeyPkcs8!)[40..80])];
        string seen = _shelf.Desk.Type("/certificate print detail") + _shelf.Desk.Type("/certificate print value-list") + _shelf.Desk.Type("/export verbose show-sensitive")
            + _shelf.Desk.Type(":put [/certificate get client]") + _shelf.Desk.Type("/certificate export-certificate client export-passphrase=12345678");
        seen += _shelf.Desk.Refused("/certificate set client key-size=2048") + string.Join('\n', _shelf.Desk.Log.Lines);
        seen += string.Concat(Directory.EnumerateFiles(_shelf.Desk.Store.FilesDirectory!).Select(File.ReadAllText));

        Assert.All(secrets, s => Assert.DoesNotContain(s, seen.ReplaceLineEndings("")));
        Assert.DoesNotContain("12345678", string.Join('\n', _shelf.Desk.Log.Lines));
    }
}
