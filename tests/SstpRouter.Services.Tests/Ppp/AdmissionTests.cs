using SstpRouter.Ppp;
using SstpRouter.Tunnels;

namespace SstpRouter.Services.Tests.Ppp;

public sealed class AdmissionTests
{
    [Theory]
    [InlineData(PppAuthenticationMethods.Pap)]
    [InlineData(PppAuthenticationMethods.Chap)]
    [InlineData(PppAuthenticationMethods.MsChap1)]
    [InlineData(PppAuthenticationMethods.MsChap2)]
    public void The_right_password_is_admitted_by_every_method_and_a_wrong_one_by_none(PppAuthenticationMethods method)
    {
        var door = new FrontDoor("/ppp secret add name=alice password=pw remote-address=10.0.0.5");

        Assert.IsType<AdmissionDecision.Denied>(door.Answer("alice", "Pw", method));
        Assert.Empty(door.Sessions.All);
        Assert.IsType<AdmissionDecision.Admitted>(door.Answer("alice", "pw", method));
        Assert.Single(door.Sessions.All);
    }

    [Fact]
    public void A_user_without_a_secret_is_told_apart_in_the_log_only() =>
        Assert.Equal("there is no secret with that name; see /ppp/secret", new FrontDoor().Denies("nobody"));

    [Fact]
    public void Names_are_compared_letter_by_letter() =>
        Assert.Contains("no secret", new FrontDoor("/ppp secret add name=alice password=pw").Denies("Alice"));

    [Fact]
    public void A_disabled_secret_admits_nobody() =>
        Assert.Equal("its secret is disabled", new FrontDoor("/ppp secret add name=alice password=pw disabled=yes").Denies("alice"));

    [Fact]
    public void A_secret_of_another_service_admits_nobody() => Assert.Equal(
        "its secret is for service=l2tp only", new FrontDoor("/ppp secret add name=alice password=pw service=l2tp").Denies("alice"));

    [Theory]
    [InlineData("any")]
    [InlineData("sstp")]
    public void A_secret_of_this_service_admits(string service) =>
        new FrontDoor($"/ppp secret add name=alice password=pw remote-address=10.0.0.5 service={service}").Admits("alice");

    [Fact]
    public void A_wrong_password_is_refused() =>
        Assert.Equal("the password is wrong", new FrontDoor("/ppp secret add name=alice password=other").Denies("alice"));

    [Fact]
    public void A_caller_id_admits_calls_from_that_address_only()
    {
        var door = new FrontDoor("/ppp secret add name=alice password=pw caller-id=192.0.2.7 remote-address=10.0.0.5");

        Assert.Equal(
            "its secret allows calls from 192.0.2.7 only, this one came from 198.51.100.9", door.Denies("alice", from: "198.51.100.9"));
        door.Admits("alice");
    }

    [Theory]
    [InlineData("alice@example.com")]
    [InlineData("alice of head office")]
    [InlineData("ålice-日本-😀")]
    [InlineData(@"CORP\\alice")]
    [InlineData("a123456789b123456789c123456789d123456789e123456789f123456789g123")]
    public void Names_of_all_kinds_log_in_and_name_their_interface(string typed)
    {
        string name = typed.Replace(@"\\", @"\", StringComparison.Ordinal);
        var door = new FrontDoor($"/ppp secret add name=\"{typed}\" password=pw remote-address=10.0.0.5");

        InterfaceName named = door.Admits(name).Interface;

        Assert.Equal($"<sstp-{name}>", named.Name);
        Assert.InRange(named.KernelName.Length, 1, 15);
        Assert.True(door.Names.TryGetName(named.KernelName, out string? back) && back == named.Name);
    }

    [Fact]
    public void Passwords_may_be_of_all_kinds_too() =>
        new FrontDoor("/ppp secret add name=alice password=\"pæss wörd €\" remote-address=10.0.0.5").Admits("alice", "pæss wörd €");

    [Fact]
    public void The_default_profile_of_the_server_holds_for_a_secret_that_names_none()
    {
        var door = new FrontDoor(
            "/ppp profile add name=dial remote-address=10.7.0.2 local-address=10.7.0.1 session-timeout=1h",
            "/interface sstp-server server set default-profile=dial",
            "/ppp secret add name=alice password=pw",
            "/ppp secret add name=bob password=pw profile=default remote-address=10.8.0.2");

        AdmissionDecision.Admitted alice = door.Admits("alice");
        AdmissionDecision.Admitted bob = door.Admits("bob");

        Assert.Equal(("10.7.0.2", TimeSpan.FromHours(1)), (alice.Grant.RemoteAddress?.ToString(), alice.Limits.SessionTimeout));
        Assert.Equal(("10.8.0.2", null), (bob.Grant.RemoteAddress?.ToString(), bob.Limits.SessionTimeout));
    }

    [Fact]
    public void Only_one_refuses_the_second_session_and_lets_others_in()
    {
        var door = new FrontDoor(
            "/ppp profile add name=single only-one=yes remote-address=10.0.0.5",
            "/ppp secret add name=alice password=pw profile=single",
            "/ppp secret add name=bob password=pw profile=single");
        door.Admits("alice");

        Assert.Equal("the user is connected already, and only-one=yes in profile single", door.Denies("alice"));
        door.Admits("bob");
    }

    [Fact]
    public void A_session_refused_by_only_one_gives_its_addresses_back()
    {
        var door = new FrontDoor(
            "/ip pool add name=p ranges=10.0.0.5-10.0.0.6",
            "/ppp profile add name=single only-one=yes remote-address=p",
            "/ppp secret add name=alice password=pw profile=single");
        door.Admits("alice");

        door.Denies("alice");

        Assert.Equal("10.0.0.5", Assert.Single(door.Desk.Rows("ip/pool/used")).Text("address"));
    }

    [Fact]
    public void Only_one_asks_first_whether_the_other_session_lives_and_takes_nothing_meanwhile()
    {
        var door = new FrontDoor(
            "/ip pool add name=p ranges=10.0.0.5-10.0.0.6",
            "/ppp profile add name=single only-one=yes remote-address=p",
            "/ppp secret add name=alice password=pw profile=single");
        door.Admits("alice");

        Assert.Equal(["<sstp-alice>"], door.Contests("alice"));

        Assert.Single(door.Sessions.All);
        Assert.Single(door.Desk.Rows("ip/pool/used"));
    }

    [Fact]
    public void A_session_that_turned_out_dead_is_no_reason_to_refuse()
    {
        var door = new FrontDoor(
            "/ppp profile add name=single only-one=yes",
            "/ppp secret add name=alice password=pw profile=single remote-address=10.0.0.5");
        door.Admits("alice");
        var contested = (AdmissionDecision.Contested)door.Answer("alice");

        door.Sessions.Remove("<sstp-alice>");

        Assert.Equal("<sstp-alice>", Assert.IsType<AdmissionDecision.Admitted>(contested.Decide()).Interface.Name);
    }

    [Fact]
    public void What_changed_while_others_were_asked_counts()
    {
        var door = new FrontDoor("/ppp secret add name=alice password=pw remote-address=10.0.0.5");
        door.Admits("alice");
        var contested = (AdmissionDecision.Contested)door.Answer("alice");

        door.Desk.Type("/ppp secret disable alice");

        Assert.Equal("its secret is disabled", Assert.IsType<AdmissionDecision.Denied>(contested.Decide()).Reason);
    }

    [Fact]
    public void The_same_address_or_the_users_own_interface_is_worth_asking_for_and_both_get_in_where_both_live()
    {
        var door = new FrontDoor(
            "/interface sstp-server add name=from-alice user=alice",
            "/ppp secret add name=alice password=pw",
            "/ppp secret add name=bob password=pw remote-address=10.0.0.6",
            "/ppp secret add name=carol password=pw");
        door.Admits("alice");
        door.Admits("bob");
        door.Admits("carol");

        Assert.Equal(["from-alice"], door.Contests("alice"));
        Assert.Equal(["<sstp-bob>"], door.Contests("bob"));
        Assert.IsType<AdmissionDecision.Admitted>(door.Answer("carol"));
        Assert.Equal("<sstp-alice>", Assert.IsType<AdmissionDecision.Admitted>(door.Settled("alice")).Interface.Name);
        Assert.Equal("<sstp-bob-1>", Assert.IsType<AdmissionDecision.Admitted>(door.Settled("bob")).Interface.Name);
    }

    [Fact]
    public void A_wrong_password_makes_nobody_be_asked()
    {
        var door = new FrontDoor("/ppp secret add name=alice password=pw remote-address=10.0.0.5");
        door.Admits("alice");

        Assert.IsType<AdmissionDecision.Denied>(door.Answer("alice", "Pw"));
    }

    [Fact]
    public void A_call_that_logs_in_again_is_proved_and_makes_no_second_session()
    {
        var door = new FrontDoor("/ppp secret add name=alice password=pw remote-address=10.0.0.5");
        door.Admits("alice");

        Assert.NotNull(door.AdmitsAgain("alice", "pw"));
        Assert.Null(door.AdmitsAgain("alice", "Pw"));
        Assert.Single(door.Sessions.All);
    }
}
