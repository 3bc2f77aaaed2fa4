using SstpRouter.Services.Tests.Routers;
using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Scripts;

/// <summary><c>on-up</c> and <c>on-down</c> with a real tunnel between them.</summary>
[Collection(OneAtATime.Name)]
public sealed class PppScriptTests
{
    [RootFact]
    public void Both_ends_of_a_tunnel_run_the_scripts_of_their_profiles() => Office.Run(
        router =>
        {
            router.WaitForLog("client up: MT-User 10.0.0.5 10.0.0.1 to 127.0.0.1 by sstp-out1");
            router.WaitForLog("server up: MT-User 10.0.0.1 10.0.0.5 from 127.0.0.1 by <sstp-MT-User>");

            router.Type("/interface sstp-client disable sstp-out1");

            router.WaitForLog("client down: MT-User");
            router.WaitForLog("server down: MT-User 10.0.0.5");
            Assert.DoesNotContain(router.Desk.Logged("script", "error"), m => m.Length > 0);
        },
        "/ppp profile set default-encryption on-up=\":log info \\\"server up: \\$user \\$\\\"local-address\\\" \\$\\\"remote-address\\\" from \\$\\\"caller-id\\\" by \\$[/interface get \\$interface name]\\\"\" on-down=\":log info (\\\"server down: \\\" . \\$user . \\\" \\\" . \\$\\\"remote-address\\\")\"",
        "/ppp profile add name=out on-up={ :log info \"client up: $user $\"local-address\" $\"remote-address\" to $\"called-id\" by $[/interface get $interface name]\" } on-down={ :log info (\"client down: \" . $user) }",
        "/interface sstp-client set sstp-out1 profile=out");
}
