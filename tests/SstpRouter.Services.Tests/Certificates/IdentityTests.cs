using SstpRouter.RouterOs.Language;
using SstpRouter.Services.Certificates;
using SstpRouter.Tls;

namespace SstpRouter.Services.Tests.Certificates;

public sealed class IdentityTests : IDisposable
{
    private readonly CertificateShelf _shelf = new();

    [Fact]
    public void An_identity_brings_its_chain_along()
    {
        _shelf.Import(_shelf.Files.Certificate("authority.pem", _shelf.Files.Authority), "name=authority");
        _shelf.Import(_shelf.Files.Pair("office.pem", _shelf.Files.Office), "name=office");

        TlsIdentity identity = _shelf.Service.Identity(_shelf.Desk.Now, "office")!;

        Assert.Equal(_shelf.Files.Office.RawData, identity.CertificateChainDer[0]);
        Assert.All(identity.CertificateChainDer.Skip(1), c => Assert.Equal(_shelf.Files.Authority.RawData, c));
    }

    [Fact]
    public void None_is_no_identity() => Assert.Null(_shelf.Service.Identity(_shelf.Desk.Now, "none"));

    [Fact]
    public void A_certificate_without_key_is_no_identity()
    {
        _shelf.Import(_shelf.Files.Certificate("office.pem", _shelf.Files.Office), "name=office");

        ScriptError error = Assert.Throws<ScriptError>(() => _shelf.Service.Identity(_shelf.Desk.Now, "office"));

        Assert.Equal("no key for certificate found (6)", error.Text);
    }

    [Fact]
    public void Only_trusted_certificates_anchor_trust()
    {
        _shelf.Import(_shelf.Files.Certificate("authority.pem", _shelf.Files.Authority), "name=authority");
        _shelf.Import(_shelf.Files.Pair("office.pem", _shelf.Files.Office), "name=office trusted=no");

        Assert.Equal([_shelf.Files.Authority.RawData], _shelf.Service.Trusted(_shelf.Desk.Now));

        _shelf.Desk.Type("/certificate set authority trusted=no");
        Assert.Empty(_shelf.Service.Trusted(_shelf.Desk.Now));
    }

    [Fact]
    public void A_certificate_is_the_same_after_a_restart()
    {
        _shelf.Import(_shelf.Files.Pair("office.pem", _shelf.Files.Office), "name=office");
        TlsIdentity before = _shelf.Service.Identity(_shelf.Desk.Now, "office")!;

        TlsIdentity after = _shelf.Open().Identity(_shelf.Desk.Now, "office")!;

        Assert.Equal(before.CertificateChainDer, after.CertificateChainDer);
        Assert.Equal(before.PrivateKeyPkcs8Der, after.PrivateKeyPkcs8Der);
    }

    [Fact]
    public void A_damaged_file_spoils_its_own_certificate_only()
    {
        _shelf.Import(_shelf.Files.Pair("office.pem", _shelf.Files.Office), "name=office");
        _shelf.Import(_shelf.Files.Certificate("authority.pem", _shelf.Files.Authority), "name=authority");
        _shelf.Damage("1.pem");

        CertificateService restarted = _shelf.Open();

        Assert.EndsWith("import it again", _shelf.Rows[0].Fault);
        Assert.Null(_shelf.Rows[1].Fault);
        Assert.Single(restarted.Trusted(_shelf.Desk.Now));
        Assert.Throws<ScriptError>(() => restarted.Identity(_shelf.Desk.Now, "office"));
        Assert.Contains("is damaged", _shelf.Desk.Type("/certificate print"));
    }

    public void Dispose() => _shelf.Dispose();
}
