using System.Text;

namespace SstpRouter.Certificates.Tests;

public sealed class DeviceKeyTests : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("device-key-").FullName;
    private readonly StoredCertificate _pair = SigningTests.Authority();

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [Fact]
    public void A_key_on_the_disk_is_sealed_and_opens_again()
    {
        new CertificateDirectory(Shelf, KeyFile("a")).Save("1", _pair);

        Assert.DoesNotContain("BEGIN PRIVATE KEY", Stored);
        Assert.DoesNotContain(Convert.ToBase64String(_pair.PrivateKeyPkcs8!)[..40], Stored.ReplaceLineEndings(""));
        Assert.Equal(_pair, new CertificateDirectory(Shelf, KeyFile("a")).Load("1"));
    }

    [Fact]
    public void What_was_stored_before_there_was_a_device_key_is_sealed_at_the_next_start()
    {
        new CertificateDirectory(Shelf, new DeviceKeyFile(Path.Combine(_path, "none"))).Save("1", _pair);
        Assert.Contains("BEGIN PRIVATE KEY", Stored);

        var next = new CertificateDirectory(Shelf, KeyFile("a"));

        Assert.DoesNotContain("BEGIN PRIVATE KEY", Stored);
        Assert.Equal(_pair, next.Load("1"));
    }

    [Fact]
    public void Without_the_device_key_or_with_another_the_error_says_so()
    {
        new CertificateDirectory(Shelf, KeyFile("a")).Save("1", _pair);
        string file = Path.Combine(Shelf, "1.pem");

        Assert.Equal(
            $"certificate file {file}: its private key is encrypted with the device's key, and there is no device key",
            Assert.Throws<ImportError>(() => new CertificateDirectory(Shelf).Load("1")).Message);
        Assert.Equal(
            $"certificate file {file}: its private key does not open with device key {KeyFile("b").Name}: it belongs to another device, or the file is damaged",
            Assert.Throws<ImportError>(() => new CertificateDirectory(Shelf, KeyFile("b")).Load("1")).Message);
    }

    [Fact]
    public void A_sealed_key_does_not_move_to_another_certificate()
    {
        var shelf = new CertificateDirectory(Shelf, KeyFile("a"));
        shelf.Save("1", _pair);
        string other = Encoding.ASCII.GetString(CertificateExport.Pem(SigningTests.Authority()));
        File.WriteAllText(Path.Combine(Shelf, "1.pem"), other + Stored[Stored.IndexOf("-----BEGIN SSTP", StringComparison.Ordinal)..]);

        Assert.Contains("does not open", Assert.Throws<ImportError>(() => shelf.Load("1")).Message);
    }

    [Fact]
    public void A_key_without_certificate_is_its_owners_alone_and_sealed_once_there_is_a_device_key()
    {
        byte[] key = KeyGeneration.Make("prime256v1");
        string file = Path.Combine(Shelf, "account.key");
        new CertificateDirectory(Shelf).SaveKey("account", key);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(key, new CertificateDirectory(Shelf).LoadKey("account"));
        Assert.Null(new CertificateDirectory(Shelf).LoadKey("other"));

        var shelf = new CertificateDirectory(Shelf, KeyFile("a"));

        Assert.DoesNotContain("BEGIN PRIVATE KEY", File.ReadAllText(file));
        Assert.Equal(key, shelf.LoadKey("account"));
        File.Copy(file, Path.Combine(Shelf, "other.key"));
        Assert.Contains("does not open", Assert.Throws<ImportError>(() => shelf.LoadKey("other")).Message);
        Assert.Contains("there is no device key", Assert.Throws<ImportError>(() => new CertificateDirectory(Shelf).LoadKey("account")).Message);
        File.WriteAllText(file, "-----BEGIN PRIVATE KEY-----\nAAAA\n");
        Assert.StartsWith($"key file {file}: ", Assert.Throws<ImportError>(() => shelf.LoadKey("account")).Message);
    }

    [Fact]
    public void A_key_file_that_is_missing_short_blank_or_open_to_others_is_refused()
    {
        string file = Path.Combine(_path, "bad.key");
        Assert.Null(new DeviceKeyFile(file).Read());
        Assert.Equal($"there is no device key {file}", Refused(new DeviceKeyFile(file, isRequired: true)));

        Write(file, new byte[32]);
        Assert.Equal($"device key {file} holds no key: it needs 16 octets or more that are not all the same", Refused(new DeviceKeyFile(file)));
        Write(file, "short"u8.ToArray());
        Assert.StartsWith($"device key {file} holds no key", Refused(new DeviceKeyFile(file)));
        Write(file, Encoding.ASCII.GetBytes("long enough and good"));
        Assert.Equal(20, new DeviceKeyFile(file).Read()!.Length);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Equal($"device key {file} can be read by others: chmod 600 {file}", Refused(new DeviceKeyFile(file)));

        static string Refused(DeviceKeyFile key) => Assert.Throws<IOException>(() => key.Read()).Message;
    }

    private string Shelf => Path.Combine(_path, "certificates");

    private string Stored => File.ReadAllText(Path.Combine(Shelf, "1.pem"));

    private DeviceKeyFile KeyFile(string name)
    {
        string file = Path.Combine(_path, name + ".key");
        Write(file, Encoding.ASCII.GetBytes($"the device key of board {name}"));
        return new DeviceKeyFile(file);
    }

    private static void Write(string file, byte[] content)
    {
        File.WriteAllBytes(file, content);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
