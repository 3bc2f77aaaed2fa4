using SstpRouter.RouterOs.Schema;
using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Routers;

[Collection(OneAtATime.Name)]
public sealed class SessionTests
{
    [RootFact]
    public void Removing_an_active_user_hangs_up_and_the_secret_remembers_why() => Office.Run(router =>
    {
        string session = Assert.Single(Office.SessionIds(router));

        router.Type("/ppp active remove [find name=MT-User]");

        router.WaitFor("the session is over", () => router.Desk.Rows("ppp/active").All(r => r.Text("session-id") != session));
        Row secret = router.Desk.Rows("ppp/secret").Single();
        Assert.Equal(("127.0.0.1", "nas-request"), (secret.Text("last-caller-id"), secret.Text("last-disconnect-reason")));
        Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}$", secret.Text("last-logged-out"));
        Office.WaitForNewSession(router, session);
    });

    [RootFact]
    public void A_client_that_leaves_is_logged_out_with_its_time_and_traffic() => Office.Run(router =>
    {
        Assert.Contains("MT-User logged in, 10.0.0.5 from 127.0.0.1", router.Desk.Logged("account"));

        router.Type("/interface sstp-client disable sstp-out1");

        router.WaitFor("the user is out", () => router.Desk.Logged("account").Count == 2);
        Assert.Matches("^MT-User logged out, [0-9]+ [0-9]+ [0-9]+ [0-9]+ [0-9]+ from 127[.]0[.]0[.]1$", router.Desk.Logged("account")[1]);
        Assert.Equal("peer-request", router.Desk.Rows("ppp/secret").Single().Text("last-disconnect-reason"));
    });

    [RootFact]
    public void An_address_of_a_pool_is_free_again_after_the_session() => Office.Run(
        router =>
        {
            Assert.Equal("10.5.0.2", router.Desk.Rows("ip/pool/used").Single().Text("address"));

            router.Type("/interface sstp-client disable sstp-out1");

            router.WaitFor("the pool is whole", () => router.Desk.Rows("ip/pool/used").Count == 0);
        },
        "/ip pool add name=dial ranges=10.5.0.2-10.5.0.9",
        "/ppp profile set default-encryption remote-address=dial",
        "/ppp secret unset MT-User remote-address");

    [RootFact]
    public void A_caller_id_matches_an_ipv4_caller_though_the_server_listens_on_both() => Office.Run(
        router => Assert.Equal("127.0.0.1", router.Desk.Rows("ppp/active").Single().Text("caller-id")),
        "/ppp secret set MT-User caller-id=127.0.0.1");

    [RootFact]
    public void Two_tunnels_of_one_user_are_two_sessions_with_two_interfaces() => Office.Run(
        router =>
        {
            router.Type(Office.Client.Replace("sstp-out1", "sstp-out2", StringComparison.Ordinal));

            router.WaitFor("two sessions", () => router.Desk.Rows("interface/sstp-server").Count(r => r.Flags.Contains('R')) == 2);
            Assert.Equal(
                ["<sstp-MT-User-1>", "<sstp-MT-User>"],
                router.Desk.Rows("interface/sstp-server").Select(r => r.Text("name")).Order(StringComparer.Ordinal));
            Assert.Equal(2, router.Desk.Rows("ip/pool/used").Count);
        },
        "/ip pool add name=dial ranges=10.5.0.2-10.5.0.9",
        "/ppp profile set default-encryption remote-address=dial",
        "/ppp secret unset MT-User remote-address");

    [RootFact]
    public void A_binding_names_the_session_and_taking_it_away_hangs_up() => Office.Run(
        router =>
        {
            Row bound = router.Desk.Rows("interface/sstp-server").Single();
            Assert.Equal(("from branch", false), (bound.Text("name"), bound.IsDynamic));
            string session = router.Desk.Rows("ppp/active").Single().Text("session-id");

            router.Type("/interface sstp-server remove \"from branch\"");

            Office.WaitForNewSession(router, session);
            Assert.Equal("<sstp-MT-User>", router.Desk.Rows("interface/sstp-server").Single().Text("name"));
        },
        "/interface sstp-server add name=\"from branch\" user=MT-User");

    [RootFact]
    public void A_binding_that_is_renamed_gives_its_session_the_new_name() => Office.Run(
        router =>
        {
            string session = router.Desk.Rows("ppp/active").Single().Text("session-id");

            router.Type("/interface sstp-server set branch name=north");

            Office.WaitForNewSession(router, session);
            Assert.Equal("north", router.Desk.Rows("interface/sstp-server").Single().Text("name"));
            Assert.NotNull(router.Kernel.Link("north"));
            Assert.Null(router.Kernel.Link("branch"));
        },
        "/interface sstp-server add name=branch user=MT-User");

    [RootFact]
    public void A_wrong_password_is_told_on_both_sides_and_lets_nobody_in() => RunningRouter.Run(
        router =>
        {
            router.WaitForLog("sstp-out1: terminating... - failed to authenticate ourselves to peer");

            Assert.Contains("<sstp-0>: user MT-User authentication failed", router.Desk.Logged("error"));
            Assert.Contains("<sstp-0>: the password is wrong", router.Desk.Logged());
            Assert.Equal("false", router.Get("/interface sstp-client", "sstp-out1", "running"));
            Assert.Empty(router.Desk.Rows("ppp/active"));
        },
        Office.User,
        Office.Server,
        Office.Client.Replace("StrongPass", "WrongPass", StringComparison.Ordinal));
}
