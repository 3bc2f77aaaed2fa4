using SstpRouter.Certificates;
using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Certificates;

/// <summary>Files that leave the router, and those that come back to it.</summary>
public sealed class ExportCommandTests : IDisposable
{
    private readonly CertificateShelf _shelf = new();

    public ExportCommandTests() => _shelf.MakeTheManuals();

    public void Dispose() => _shelf.Dispose();

    [Fact]
    public void The_key_leaves_under_a_passphrase_only_and_is_the_owners()
    {
        _shelf.Desk.Type("/certificate export-certificate myCa");
        _shelf.Desk.Type("/certificate export-certificate client export-passphrase=12345678");

        Assert.Equal(["cert_export_client.crt", "cert_export_client.key", "cert_export_myCa.crt"], Written);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_shelf.ExportedPath("cert_export_client.key")));
        using var other = new CertificateShelf();
        other.Import(_shelf.ExportedPath("cert_export_myCa.crt"), "passphrase=\"\"");
        other.Import(_shelf.ExportedPath("cert_export_client.crt"), "passphrase=\"\"");
        GoldenScreen.Check("certificate-import-key", other.Import(_shelf.ExportedPath("cert_export_client.key"), "passphrase=12345678"));
        Assert.Equal(["cert_export_myCa.crt_0 AT", "cert_export_client.crt_0 KT"], other.Names);
    }

    [Fact]
    public void A_PKCS12_file_brings_the_chain_along()
    {
        _shelf.Desk.Type("/certificate export-certificate client type=pkcs12 export-passphrase=12345678 file-name=bundle");

        Assert.Equal(["bundle.p12"], Written);
        using var other = new CertificateShelf();
        string screen = other.Import(_shelf.ExportedPath("bundle.p12"), "passphrase=12345678 name=client");
        Assert.Contains("certificates-imported: 1\n", screen); // the root is for who trusts it
        Assert.Contains("keys-decrypted: 1\n", screen);
        Assert.Equal(["client KT"], other.Names);
    }

    [Fact]
    public void A_key_that_must_not_leave_does_not_leave_again()
    {
        _shelf.Desk.Type("/certificate export-certificate client export-passphrase=12345678");
        using var other = new CertificateShelf();
        other.Import(_shelf.ExportedPath("cert_export_client.crt"), "name=client");
        other.Import(_shelf.ExportedPath("cert_export_client.key"), "passphrase=12345678 no-key-export=yes");

        Assert.Equal(
            "failure: the private key of <client> must not be exported, leave export-passphrase out",
            other.Desk.Refused("/certificate export-certificate client export-passphrase=12345678"));
        other.Desk.Type("/certificate export-certificate client");
        other.Restart();
        other.Desk.Refused("/certificate export-certificate client type=pkcs12 export-passphrase=12345678");
    }

    [Fact]
    public void A_name_that_no_file_can_have_is_made_plain()
    {
        _shelf.Desk.Type("/certificate set client name=\"../a/b\"");

        _shelf.Desk.Type("/certificate export-certificate client-template".Replace("client-template", "\"../a/b\"", StringComparison.Ordinal));

        Assert.Equal(["cert_export_.._a_b.crt"], Written);
    }

    [Fact]
    public void A_request_goes_to_an_authority_and_its_answer_comes_back()
    {
        _shelf.Desk.Type("/certificate add name=guest common-name=guest subject-alt-name=DNS:guest.example key-size=prime256v1");
        _shelf.Desk.Type("/certificate create-certificate-request template=guest key-passphrase=12345678 challenge-passphrase=sesame");
        Assert.Equal(["certificate-request.pem", "certificate-request_key.pem"], Written);

        _shelf.Desk.Type("/certificate sign-certificate-request file-name=certificate-request.pem ca=myCa days-valid=12");

        Assert.Equal(["myCa AKLT", "server IKT", "client IK", "guest ", "guest_1 I"], _shelf.Names);
        using var other = new CertificateShelf();
        other.Import(_shelf.ExportedPath("certificate-response.pem"), "name=guest trusted=no");
        other.Import(_shelf.ExportedPath("certificate-request_key.pem"), "passphrase=12345678");
        Assert.Equal(["guest K"], other.Names);
        var about = CertificateDescription.Of(other.Certificate("guest").Der);
        Assert.Equal(12, about.DaysValid);
        Assert.Equal(["DNS:guest.example"], about.SubjectAltNames);
        Assert.Equal(["http://10.5.101.16/crl/1.crl"], about.RevocationListUrls);
        Assert.Matches("req-fingerprint=\"[0-9a-f]{64}\"", _shelf.Desk.Type("/certificate print detail"));
    }

    [Fact]
    public void A_damaged_request_leaves_nothing()
    {
        string path = _shelf.Files.Write("bad.pem", "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n");

        string told = _shelf.Desk.Refused($"/certificate sign-certificate-request file-name={path} ca=myCa");

        Assert.StartsWith($"failure: {path}: certificate request: ", told);
        Assert.Equal(3, _shelf.Rows.Count);
        Assert.False(File.Exists(_shelf.ExportedPath("certificate-response.pem")));
    }

    private IEnumerable<string?> Written => Directory.EnumerateFiles(_shelf.Desk.Store.FilesDirectory!).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
