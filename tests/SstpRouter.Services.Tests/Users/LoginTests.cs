using System.Net;
using SstpRouter.RouterOs.Users;
using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Users;

public class LoginTests
{
    private static readonly IPAddress Somewhere = IPAddress.Parse("1.2.3.4");

    [Fact]
    public void Without_a_password_only_the_local_console_lets_in_and_asks_for_one()
    {
        var desk = new UserDesk();

        Assert.Equal(LoginOutcome.NeedsPassword, desk.Users.Login("admin", "", null, "local"));
        Assert.Equal(LoginOutcome.Refused, desk.Users.Login("admin", "", Somewhere, "ssh"));
        Assert.Equal(LoginOutcome.Refused, desk.Users.Login("admin", "admin", null, "local"));
        Assert.Equal(LoginOutcome.Refused, desk.Users.Login("nobody", "", null, "local"));
        Assert.Equal(
            ["login failure for user admin from 1.2.3.4 via ssh", "login failure for user admin via local", "login failure for user nobody via local"],
            desk.Desk.Logged("system", "error", "critical"));
    }

    [Fact]
    public void A_password_opens_every_service_that_the_group_allows()
    {
        var desk = new UserDesk();
        desk.Type("/user set admin password=\"s3cret word\"\n/user group add name=apis policy=api,read\n/user add name=bot group=apis password=b");

        Assert.Equal(LoginOutcome.Accepted, desk.Users.Login("admin", "s3cret word", Somewhere, "ssh"));
        Assert.Equal(LoginOutcome.Accepted, desk.Users.Login("admin", "s3cret word", null, "local"));
        Assert.Equal(LoginOutcome.Refused, desk.Users.Login("admin", "s3cret", Somewhere, "ssh"));
        Assert.Equal(LoginOutcome.Accepted, desk.Users.Login("bot", "b", Somewhere, "api"));
        Assert.Equal(LoginOutcome.Refused, desk.Users.Login("bot", "b", Somewhere, "ssh"));
        Assert.Equal(LoginOutcome.Refused, desk.Users.Login("bot", "b", Somewhere, "gopher"));
        Assert.Equal(LoginOutcome.Refused, desk.Users.Login("bot", "b\0", Somewhere, "api"));
    }

    [Fact]
    public void An_address_and_a_disabled_user_are_obeyed()
    {
        var desk = new UserDesk();
        desk.Type("/user set admin password=x address=1.2.3.0/24\n/user add name=gone group=full password=x disabled=yes");
        desk.Type("/user add name=roamer group=full password=x address=10.0.0.0/8,1.2.3.4,2001:db8::/32\n/user add name=anywhere group=full password=x address=\"\"");

        Assert.Equal(LoginOutcome.Accepted, desk.Users.Login("roamer", "x", Somewhere, "ssh"));
        Assert.Equal(LoginOutcome.Accepted, desk.Users.Login("roamer", "x", IPAddress.Parse("2001:db8::7"), "ssh"));
        Assert.Equal(LoginOutcome.Refused, desk.Users.Login("roamer", "x", IPAddress.Parse("1.2.3.5"), "ssh"));
        Assert.Equal(LoginOutcome.Accepted, desk.Users.Login("anywhere", "x", IPAddress.Parse("1.2.3.5"), "ssh"));
        Assert.Equal(LoginOutcome.Accepted, desk.Users.Login("admin", "x", Somewhere, "ssh"));
        Assert.Equal(LoginOutcome.Accepted, desk.Users.Login("admin", "x", Somewhere.MapToIPv6(), "ssh"));
        Assert.Equal(LoginOutcome.Refused, desk.Users.Login("admin", "x", IPAddress.Parse("1.2.4.4"), "ssh"));
        Assert.Equal(LoginOutcome.Refused, desk.Users.Login("gone", "x", Somewhere, "ssh"));
    }

    [Fact]
    public void Who_is_logged_in_is_shown_told_and_can_be_ended()
    {
        var desk = new UserDesk();
        IActiveLogin login = desk.Users.Enter("admin", Somewhere, "ssh");
        using IActiveLogin local = desk.Users.Enter("admin", null, "local");

        GoldenScreen.Check("user-active", desk.Type("/user active print\n/user print\n/user group print"));
        Assert.NotEqual(login.Id, local.Id);
        desk.Type("/user active remove 0");
        Assert.True(SpinWait.SpinUntil(() => login.Ended.IsCancellationRequested, TimeSpan.FromSeconds(30)));
        login.Dispose();

        Assert.Equal("1\n", desk.Type("/user active print count-only"));
        Assert.Equal(
            ["user admin logged in from 1.2.3.4 via ssh", "user admin logged in via local", "user admin logged out from 1.2.3.4 via ssh"],
            desk.Desk.Logged("account"));
    }

    [Fact]
    public void A_user_changes_the_own_password()
    {
        var desk = new UserDesk();
        desk.Type("/password new-password=one confirm-new-password=one");

        Assert.Equal("failure: wrong old password", desk.Refused("/password old-password=two new-password=three confirm-new-password=three"));
        Assert.Equal("failure: passwords do not match", desk.Refused("/password old-password=one new-password=two confirm-new-password=three"));
        desk.Type("/password old-password=one new-password=two confirm-new-password=two");

        Assert.Equal(LoginOutcome.Accepted, desk.Users.Login("admin", "two", Somewhere, "ssh"));
        Assert.Equal(LoginOutcome.Refused, desk.Users.Login("admin", "one", Somewhere, "ssh"));
    }

    [Fact]
    public void Settings_say_what_a_password_must_be_like()
    {
        var desk = new UserDesk();
        desk.Type("/user settings set minimum-password-length=8 minimum-categories=3");

        Assert.Equal("failure: password must have at least 8 characters", desk.Refused("/user set admin password=Ab1"));
        Assert.StartsWith("failure: password must have characters of at least 3 kinds", desk.Refused("/user set admin password=abcdefgh1"));
        desk.Type("/user set admin password=Abcdefgh1");
    }

    [Fact]
    public void The_password_is_kept_as_a_hash_that_nobody_sees_and_survives_a_restart()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("users-");
        try
        {
            var desk = new UserDesk(Desk.In(folder.FullName));
            desk.Type("/user set admin password=hunter2");
            foreach (string look in (ReadOnlySpan<string>)["/user print detail", ":put [/user get admin]", ":put [/user print detail as-value]", "/export show-sensitive verbose"])
            {
                string shown = desk.Type(look);
                Assert.DoesNotContain("hunter2", shown);
                Assert.DoesNotContain("$y$", shown);
            }

            desk.Desk.Store.Dispose();
            Assert.All(Directory.GetFiles(folder.FullName), f => Assert.DoesNotContain("hunter2", File.ReadAllText(f)));
            var again = new UserDesk(Desk.In(folder.FullName));
            Assert.Equal(LoginOutcome.Accepted, again.Users.Login("admin", "hunter2", Somewhere, "ssh"));
            again.Desk.Store.Dispose();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
