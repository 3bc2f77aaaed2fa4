using SstpRouter.Certificates;
using SstpRouter.Services.Certificates;
using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Certificates;

/// <summary>The authorities that the system brings along.</summary>
public sealed class BuiltinTests : IDisposable
{
    private readonly PemFiles _files = new();
    private readonly Desk _desk = new();
    private readonly BuiltinAnchors _anchors;
    private readonly string _path;

    public BuiltinTests()
    {
        _path = _files.Certificate("bundle.crt", _files.Authority, _files.Office);
        _anchors = new BuiltinAnchors(_desk.Root, _desk.Store, TimeProvider.System, _path);
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public void They_are_shown_and_trusted_only_where_that_is_said()
    {
        Assert.Equal(["Authority ", "office.example "], Names);
        Assert.False(_anchors.AreTrusted(_desk.Now));

        _desk.Type("/certificate settings set builtin-trust-anchors=trusted");

        Assert.Equal(["Authority T", "office.example T"], Names);
        Assert.True(_anchors.AreTrusted(_desk.Now));
    }

    [Fact]
    public void A_new_bundle_is_read_and_one_that_is_gone_or_damaged_is_none()
    {
        Assert.Equal(2, _anchors.All.Count);
        Rewrite(CertificateExport.Pem(new StoredCertificate(_files.Office.RawData, null)));
        Assert.Single(_anchors.All);

        Rewrite("-----BEGIN CERTIFICATE-----\n"u8.ToArray());
        Assert.Empty(_anchors.All);
        File.Delete(_path);
        Assert.Empty(_anchors.All);
    }

    private IEnumerable<string> Names => _desk.Rows("certificate/builtin").Select(r => $"{r.Text("name")} {string.Concat(r.Flags)}");

    private void Rewrite(byte[] content)
    {
        File.WriteAllBytes(_path, content);
        File.SetLastWriteTimeUtc(_path, File.GetLastWriteTimeUtc(_path).AddSeconds(content.Length)); // the file system's clock may be coarse
    }
}
