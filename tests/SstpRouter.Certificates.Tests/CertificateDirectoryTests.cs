using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SstpRouter.Certificates.Tests;

public sealed class CertificateDirectoryTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("certificates-").FullName, "certificates");
    private readonly CertificateDirectory _directory;
    private readonly StoredCertificate _pair;

    public CertificateDirectoryTests()
    {
        _directory = new CertificateDirectory(_path);
        X509Certificate2 certificate = TestCertificates.Authority("a");
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        _pair = new StoredCertificate(certificate.RawData, key.ExportPkcs8PrivateKey());
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public void What_was_saved_is_loaded_by_the_next_start()
    {
        _directory.Save("2", _pair);
        _directory.Save("10", _pair with { PrivateKeyPkcs8 = null });

        var next = new CertificateDirectory(_path);

        Assert.Equal(["10", "2"], next.Keys);
        Assert.Equal(_pair, next.Load("2"));
        Assert.Null(next.Load("10")!.PrivateKeyPkcs8);
    }

    [Fact]
    public void Only_the_owner_reads()
    {
        _directory.Save("1", _pair);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_path, "1.pem")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_path));
    }

    [Fact]
    public void A_wide_mode_of_the_directory_is_narrowed()
    {
        File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        _ = new CertificateDirectory(_path);

        Assert.False(File.GetUnixFileMode(_path).HasFlag(UnixFileMode.OtherRead));
    }

    [Fact]
    public void A_second_save_replaces_and_leaves_no_other_file()
    {
        _directory.Save("1", _pair with { PrivateKeyPkcs8 = null });
        File.WriteAllText(Path.Combine(_path, "1.pem.new"), "left by a power cut");

        _directory.Save("1", _pair);

        Assert.Equal(_pair, _directory.Load("1"));
        Assert.Equal(["1.pem"], Directory.GetFiles(_path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_removed_certificate_is_gone_and_removing_it_again_is_no_error()
    {
        _directory.Save("1", _pair);

        _directory.Remove("1");
        _directory.Remove("1");

        Assert.Null(_directory.Load("1"));
        Assert.Empty(_directory.Keys);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../1")]
    [InlineData("a/b")]
    [InlineData(".hidden")]
    public void A_key_never_leaves_the_directory(string key) =>
        Assert.Throws<ArgumentException>(() => _directory.Save(key, _pair));

    [Fact]
    public void A_damaged_file_is_named()
    {
        _directory.Save("1", _pair);
        string file = Path.Combine(_path, "1.pem");
        File.WriteAllText(file, File.ReadAllText(file)[..200]);

        var error = Assert.Throws<ImportError>(() => _directory.Load("1"));

        Assert.Equal($"certificate file {file} is damaged: line 1: BEGIN CERTIFICATE without its END; the file is cut short", error.Message);
    }
}
