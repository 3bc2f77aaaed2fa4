using SstpRouter.Services.Tests.Support;
using SstpRouter.Services.Users;

namespace SstpRouter.Services.Tests.Users;

public class AccountTests
{
    private const string Ed25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP9RUMaLjowNzMfJFuV9NOAjhy07j9wnHTHTgCZNu7yw alice@example.com";

    private const string Rsa = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC+Iw7at+xx9uQrl3wkQ5oI7re6jeWNPIvq3tI3XJZWakdbhk15CmowDDc/FvvQ9ozWQ5N4Xwkbh/HlayQxjxQxknjl6p"
        + "KoZkBOla94L7pbpIhtUeqNN3DcTyLbhQWBiaOtg2ifkr48l/cbuf/yI39kq7ZCSjnnBuVzXThm7PUss08PsinJRrlfcZg1DJJbrQNcUqITaRD/3g9Jf6jYzeBXzW2Z/Pab6I9Ws68nSrd4"
        + "uYH/YSXonlUISqcMRJ+NL5aMPD+fLsD79mMGED1vpuwLpiT0VomS1eWNA2d2DjWAFXsSO0BpyA12y4A7KLG1x6WmjT149WRdcEA/q5A28gRz";

    [Fact]
    public void The_account_files_have_every_user_in_the_forms_that_tools_send()
    {
        Account[] accounts = [new("admin", "$y$j9T$salt$hash"), new("bob", null)];

        GoldenScreen.Check(
            "accounts",
            AccountFiles.Passwd(accounts, "/var/lib/sstp-router/ssh", "/usr/bin/sstp-router-shell") + AccountFiles.Shadow(accounts));
        Assert.Superset(
            new HashSet<string> { "+ct80w", "+ct511w4098h", "+cet1024w" },
            AccountFiles.Options.ToHashSet());
        Assert.Distinct(AccountFiles.Options);
    }

    [Fact]
    public void Only_users_whom_ssh_lets_in_have_accounts()
    {
        var desk = new UserDesk();
        desk.Type("/user group add name=apis policy=api,read\n/user add name=bot group=apis\n/user add name=gone group=full disabled=yes\n/user set admin password=x");

        Account account = Assert.Single(desk.Users.Accounts);
        Assert.Equal("admin", account.Name);
        Assert.StartsWith("$y$", account.Hash);
    }

    [Fact]
    public void The_account_files_follow_each_change_of_a_user_or_group()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("users-");
        try
        {
            var desk = new UserDesk(Desk.In(folder.FullName));
            string File(string name) => Path.Combine(folder.FullName, "accounts", name);
            string[] Names() => [.. System.IO.File.ReadAllLines(File("passwd")).Select(l => l.Split(':')[0]).Where(n => !n.Contains('+'))];
            Assert.Equal(["admin"], Names());
            Assert.StartsWith("admin:*:", System.IO.File.ReadAllText(File("shadow")), StringComparison.Ordinal);

            desk.Type("/user set admin password=x\n/user group add name=ops policy=ssh,read\n/user add name=carl group=ops\n/user add name=dora group=full disabled=yes");

            Assert.Equal(["admin", "carl"], Names());
            Assert.StartsWith("admin:$y$", System.IO.File.ReadAllText(File("shadow")), StringComparison.Ordinal);
            Assert.Contains($"carl+ct80w:x:0:0::{folder.FullName}/ssh/carl:{Environment.ProcessPath}\n", System.IO.File.ReadAllText(File("passwd")), StringComparison.Ordinal);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File("shadow")));

            desk.Type("/user group set ops policy=read");
            Assert.Equal(["admin"], Names());
            desk.Desk.Store.Dispose();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Keys_are_imported_shown_and_written_for_the_ssh_server()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("users-");
        try
        {
            var desk = new UserDesk(Desk.In(folder.FullName));
            Directory.CreateDirectory(Path.Combine(folder.FullName, "files"));
            File.WriteAllText(Path.Combine(folder.FullName, "files", "id.pub"), Ed25519 + "\n");
            string keys = Path.Combine(folder.FullName, "ssh", "admin", ".ssh", "authorized_keys");
            Assert.Equal("", File.ReadAllText(keys));

            desk.Type($"/user ssh-keys import public-key-file=id.pub user=admin\n/user ssh-keys add user=admin key-owner=\"the\\nlab\" key=\"{Rsa}\"");

            GoldenScreen.Check("ssh-keys", desk.Type("/user ssh-keys print"));
            Assert.Equal($"{Ed25519}\n{Rsa} thelab\n", File.ReadAllText(keys));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(keys));

            desk.Type("/user add name=second group=full\n/user set admin name=chief\n/user ssh-keys remove 1");
            Assert.Equal(Ed25519 + "\n", File.ReadAllText(keys.Replace("/admin/", "/chief/", StringComparison.Ordinal)));
            Assert.False(File.Exists(keys));

            desk.Type("/user ssh-keys remove [find]\n/user remove chief", "second");
            Assert.Equal(["second"], Directory.GetDirectories(Path.Combine(folder.FullName, "ssh")).Select(d => Path.GetFileName(d)));
            desk.Desk.Store.Dispose();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("ssh-ed25519")]
    [InlineData("ssh-ed25519 not*base64")]
    [InlineData("ssh-ed25519 AAAA")]
    [InlineData("ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIP9RUMaLjowNzMfJFuV9NOAjhy07j9wnHTHTgCZNu7yw")]
    [InlineData("command=\"x\" " + Ed25519)]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----")]
    public void What_is_no_key_is_refused(string text) => Assert.False(SshKey.TryRead(text, out _));

    [Fact]
    public void Keys_tell_their_kind_and_length()
    {
        Assert.True(SshKey.TryRead("# a comment\n\n" + Ed25519 + "\r\n", out SshKey? first));
        Assert.Equal(("ed25519", 256, "alice@example.com"), (first.Kind, first.Bits, first.Comment));
        Assert.True(SshKey.TryRead(Rsa, out SshKey? second));
        Assert.Equal(("rsa", 2048, ""), (second.Kind, second.Bits, second.Comment));
        Assert.Equal(Rsa, second.Line);
    }
}
