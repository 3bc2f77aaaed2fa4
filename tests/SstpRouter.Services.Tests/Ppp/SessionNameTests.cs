using SstpRouter.Ppp;
using SstpRouter.Services.Ppp;
using SstpRouter.Services.Tests.Support;
using SstpRouter.Tunnels;

namespace SstpRouter.Services.Tests.Ppp;

public sealed class SessionNameTests
{
    private const string Alice = "/ppp secret add name=alice password=pw remote-address=10.0.0.5";

    [Fact]
    public void The_second_session_of_a_user_is_numbered()
    {
        var door = new FrontDoor(Alice);

        Assert.Equal(["<sstp-alice>", "<sstp-alice-1>", "<sstp-alice-2>"], Enter(door, "alice", "alice", "alice"));
        Assert.Equal(3, door.Sessions.All.Select(s => s.Id).Distinct().Count());
    }

    [Fact]
    public void A_user_whose_name_looks_like_a_numbered_session_keeps_apart()
    {
        var door = new FrontDoor(Alice, "/ppp secret add name=alice-1 password=pw remote-address=10.0.0.6");

        Assert.Equal(["<sstp-alice-1>", "<sstp-alice>", "<sstp-alice-2>"], Enter(door, "alice-1", "alice", "alice"));
    }

    [Fact]
    public void A_number_that_is_free_again_is_given_again()
    {
        var door = new FrontDoor(Alice);
        Enter(door, "alice", "alice");

        door.Sessions.Remove("<sstp-alice>");

        Assert.Equal(["<sstp-alice>"], Enter(door, "alice"));
    }

    [Fact]
    public void A_static_binding_names_the_first_session_and_further_ones_are_dynamic()
    {
        var door = new FrontDoor(Alice, "/interface sstp-server add name=to-alice user=alice");

        Assert.Equal(["to-alice", "<sstp-alice>"], Enter(door, "alice", "alice"));
        Assert.Equal([true, false], door.Sessions.All.Select(s => s.BindingId is not null));
    }

    [Fact]
    public void A_binding_that_takes_the_name_of_a_session_on_its_way_out_waits_until_it_is_free()
    {
        var door = new FrontDoor(Alice, "/ppp secret add name=bob password=pw remote-address=10.0.0.6", "/interface sstp-server add name=office user=alice");
        Enter(door, "alice");
        door.Desk.Type("/interface sstp-server set office name=former\n/interface sstp-server add name=office user=bob");

        Assert.Equal(["<sstp-bob>"], Enter(door, "bob"));
        door.Sessions.Remove("office");
        Assert.Equal(["office"], Enter(door, "bob"));
    }

    [Fact]
    public void A_thousand_sessions_of_one_user_have_names_of_their_own_and_give_them_all_back()
    {
        var door = new FrontDoor(
            "/ip pool add name=far ranges=10.64.0.1-10.64.15.254",
            "/ppp profile add name=many remote-address=far",
            "/ppp secret add name=alice password=pw profile=many");
        door.Admits("alice");
        PppAuthenticationAttempt[] attempts = [.. Enumerable.Range(0, 1000).Select(_ => Login.Attempt("alice", "pw"))];

        Assert.Equal(1000, attempts.Select(a => Assert.IsType<AdmissionDecision.Admitted>(door.Answer(a)).Interface.KernelName).Distinct().Count());
        Assert.Equal(door.Sessions.All.OrderBy(s => s.Id), door.Sessions.All);
        door.Sessions.All.ToList().ForEach(s => Assert.Same(s, door.Sessions.Remove(s.InterfaceName)));
        Assert.Empty(door.Sessions.All);
    }

    [Fact]
    public void A_disabled_binding_names_nothing()
    {
        var door = new FrontDoor(Alice, "/interface sstp-server add name=to-alice user=alice disabled=yes");

        Assert.Equal(["<sstp-alice>"], Enter(door, "alice"));
    }

    [Fact]
    public void Session_ids_look_like_those_of_a_live_router()
    {
        var door = new FrontDoor(Alice);
        Enter(door, "alice", "alice");

        IReadOnlyList<ActiveSession> sessions = door.Sessions.All;

        Assert.All(sessions, s => Assert.Matches("^0x81[0-9A-F]{6}$", s.SessionId));
        Assert.NotEqual(sessions[0].SessionId, sessions[1].SessionId);
    }

    [Fact]
    public void A_session_is_shown_only_once_its_login_is_complete()
    {
        var door = new FrontDoor(Alice);
        Enter(door, "alice");

        Assert.Single(door.Sessions.All);
        Assert.Empty(door.Desk.Rows("ppp/active"));
    }

    private static IEnumerable<string> Enter(FrontDoor door, params string[] users) =>
        [.. users.Select(user => door.Admits(user).Interface.Name)];
}
