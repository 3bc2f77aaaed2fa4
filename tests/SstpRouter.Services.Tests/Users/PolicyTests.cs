using SstpRouter.RouterOs.Schema;

namespace SstpRouter.Services.Tests.Users;

public class PolicyTests
{
    private const string Denied = "not enough permissions (9)";

    [Theory]
    [InlineData("reader", "/ppp secret print", null)]
    [InlineData("reader", "/ppp secret add name=x", Denied)]
    [InlineData("reader", "/ppp secret set alice comment=x", Denied)]
    [InlineData("reader", "/ppp secret remove alice", Denied)]
    [InlineData("reader", "/system identity set name=x", Denied)]
    [InlineData("reader", "/user print", null)]
    [InlineData("reader", "/log info x", null)]
    [InlineData("reader", "/export", null)]
    [InlineData("reader", "/undo", Denied)]
    [InlineData("reader", "/safe-mode take", Denied)]
    [InlineData("writer", "/ppp secret add name=x", null)]
    [InlineData("writer", "/user add name=x group=full", Denied)]
    [InlineData("writer", "/user group set full policy=read", Denied)]
    [InlineData("writer", "/user set writer group=full", Denied)]
    [InlineData("writer", "/user active remove 0", Denied)]
    [InlineData("writer", "/user ssh-keys add user=admin key=x", Denied)]
    [InlineData("admin", "/user add name=x group=full", null)]
    [InlineData("pinger", "/ppp secret print", Denied)]
    [InlineData("pinger", "/password new-password=x confirm-new-password=x", Denied)]
    [InlineData("nobody", "/ppp secret print", Denied)]
    [InlineData("sleeper", "/ppp secret print", Denied)]
    public void A_command_needs_its_policies(string user, string command, string? refusal)
    {
        UserDesk desk = Make();
        Attach(desk);
        if (refusal is null)
        {
            desk.Type(command, user);
        }
        else
        {
            Assert.Equal(refusal, desk.Refused(command, user));
        }
    }

    [Fact]
    public void Every_command_of_every_menu_needs_something()
    {
        foreach (Menu menu in Make().Desk.Root.SelfAndDescendants())
        {
            Assert.All(menu.Commands, c => Assert.NotEqual(Policies.None, CommandPolicy.Of(menu, c)));
        }
    }

    [Fact]
    public void Passwords_are_hidden_from_those_without_the_policy()
    {
        UserDesk desk = Make();

        Assert.Contains("password=\"geheim\"", desk.Type("/ppp secret print detail", "writer"));
        string shown = desk.Type(
            "/ppp secret print detail\n:put [/ppp secret get alice password]\n:put [/ppp secret get alice]\n/export show-sensitive\n"
            + "/ppp secret print as-value\n:put [/ppp secret find password=geheim]", "blind");

        Assert.DoesNotContain("geheim", shown.Replace("password=geheim", "", StringComparison.Ordinal));
        Assert.Contains("*****", shown);
        Assert.EndsWith("\n\n", shown); // nothing was found by the password
    }

    [Fact]
    public void A_condition_finds_nothing_by_a_password_that_is_hidden()
    {
        UserDesk desk = Make();

        foreach (string look in (string[])["export", "export show-sensitive", "print count-only", "print terse", "find"])
        {
            string command = $":put [/ppp secret {look} where password~\"^ge\"]".Replace("find where", "find", StringComparison.Ordinal);
            Assert.DoesNotContain("alice", desk.Type(command, "blind"));
            Assert.NotEqual(desk.Type(command, "blind"), desk.Type(command, "writer"));
        }
    }

    [Theory]
    [InlineData("/user print proplist=.hash", "input does not match any value of proplist")]
    [InlineData("/user get admin .hash", "input does not match any value of value-name")]
    public void Nobody_can_ask_for_a_hash(string command, string refusal) => Assert.Equal(refusal, Make().Refused(command));

    [Fact]
    public void The_last_user_who_can_mend_the_others_stays()
    {
        UserDesk desk = Make();
        const string refusal = "failure: can not remove last user with full permissions";

        Assert.Equal(refusal, desk.Refused("/user remove admin"));
        Assert.Equal(refusal, desk.Refused("/user disable admin"));
        Assert.Equal(refusal, desk.Refused("/user set admin group=read"));
        Assert.Equal(refusal, desk.Refused("/user group set full policy=read"));
        desk.Type("/user add name=second group=full\n/user remove admin");
        Assert.Equal(refusal, desk.Refused("/user remove second", "second"));
    }

    [Fact]
    public void Groups_print_and_read_as_the_manual_shows_them()
    {
        UserDesk desk = Make();

        Assert.Equal(
            "local,telnet,ssh,reboot,read,test,winbox,password,web,sniff,sensitive,api,romon,rest-api,!ftp,!write,!policy\n",
            desk.Type(":put [:tostr [/user group get read policy]]").Replace(';', ','));
        Assert.Equal("input does not match any value of policy", desk.Refused("/user group add name=x policy=fly"));
        Assert.Equal("failure: can not remove default group", desk.Refused("/user group remove full"));
        Assert.Equal("failure: group with the same name already exists", desk.Refused("/user group add name=read"));
    }

    [Theory]
    [InlineData("a+b")]
    [InlineData("../x")]
    [InlineData("a:b")]
    [InlineData("-a")]
    [InlineData("a b")]
    public void Names_that_no_login_could_have_are_refused(string name) =>
        Assert.StartsWith("invalid value for argument name", Make().Refused($"/user add group=read name=\"{name}\""));

    private static UserDesk Make()
    {
        var desk = new UserDesk();
        desk.Type(
            "/ppp secret add name=alice password=geheim\n/user group add name=test policy=test\n/user group add name=blind policy=read\n"
            + "/user add name=reader group=read\n/user add name=writer group=write\n/user add name=pinger group=test\n"
            + "/user add name=blind group=blind\n/user add name=sleeper group=full disabled=yes");
        return desk;
    }

    private static void Attach(UserDesk desk) =>
        _ = new RouterOs.History.ConfigurationHistory(desk.Desk.Root, desk.Desk.Store, desk.Desk.Log);
}
