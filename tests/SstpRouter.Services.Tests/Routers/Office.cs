using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Routers;

/// <summary>A router that dials itself: server and client in one, so that both ends of a tunnel can be looked at.</summary>
internal static class Office
{
    public const string Server = "/interface sstp-server server set default-profile=default-encryption enabled=yes";

    public const string User =
        "/ppp secret add local-address=10.0.0.1 name=MT-User password=StrongPass remote-address=10.0.0.5 service=sstp";

    public const string Client =
        "/interface sstp-client add connect-to=127.0.0.1 disabled=no name=sstp-out1 password=StrongPass profile=default-encryption user=MT-User";

    public static void Run(Action<RunningRouter> test, params string[] more) => RunningRouter.Run(
        router =>
        {
            router.WaitForTunnel("sstp-out1");
            router.WaitFor("the server's end is running", () => SessionIds(router).Count == 1);
            test(router);
        },
        [User, Server, Client, .. more]);

    /// <summary>The sessions that are up: a tunnel that was dialled anew has another one, the last in the list; the old one may still be on its way out.</summary>
    public static IReadOnlyList<string> SessionIds(RunningRouter router) =>
        [.. router.Desk.Rows("interface/sstp-server").Where(r => r.Flags.Contains('R'))
            .Select(r => router.Desk.Rows("ppp/active").Last(a => a.Text("name") == r.Text("user")).Text("session-id"))];

    public static void WaitForNewSession(RunningRouter router, string old) => router.WaitFor(
        "a new session", () => SessionIds(router) is [string id] && id != old && router.Get("/interface sstp-client", "0", "running") == "true");
}
