using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Tools;

[Collection(OneAtATime.Name)]
public sealed class PingServiceTests
{
    [RootFact]
    public void Ping_answers_through_the_prompt_and_returns_how_many_came_back() => RunningRouter.Run(router =>
    {
        string screen = router.Type(":put [/ping 127.0.0.1 count=2 interval=10ms]");

        Assert.Matches(
            """
            ^  SEQ HOST +SIZE TTL TIME +STATUS
                0 127[.]0[.]0[.]1 +56  64 [0-9msu]+
                1 127[.]0[.]0[.]1 +56  64 [0-9msu]+
                sent=2 received=2 packet-loss=0% min-rtt=[0-9msu]+ avg-rtt=[0-9msu]+ max-rtt=[0-9msu]+
            2
            $
            """.ReplaceLineEndings("\n"),
            screen);
    });

    [RootFact]
    public void A_script_gets_the_answers_as_values_and_sees_no_lines() => RunningRouter.Run(router =>
    {
        Assert.Matches(
            "^host=127[.]0[.]0[.]1;seq=0;size=56;time=00:00:00[0-9.]*;ttl=64\n$",
            router.Type(":put [/ping 127.0.0.1 count=1 as-value do-not-fragment]"));
        Assert.Equal("56,56\n", router.Type(
            ":local sizes [:toarray \"\"]; :foreach a in=[/ping 127.0.0.1 count=2 interval=10ms as-value proplist=size] do={:set sizes ($sizes,$a->\"size\")}; :put \"$($sizes->0),$($sizes->1)\""));
    });

    [RootFact]
    public void A_host_without_a_route_is_told_so() => RunningRouter.Run(router =>
        Assert.Contains("no route to host\n", router.Type("/ping 192.0.2.1 count=1")));

    [RootFact]
    public void Ping_goes_through_the_interface_it_is_told() => RunningRouter.Run(router =>
    {
        router.PlugIn("ether1");
        router.Type("/ip address add address=192.168.62.2/24 interface=ether1");

        Assert.Contains("received=1", router.Type("/ping 127.0.0.1 count=1 interface=lo"));
        Assert.Contains("received=0", router.Type("/ping 127.0.0.1 count=1 interface=ether1"));
    });

    [RootFact]
    public void Wrong_arguments_are_named() => RunningRouter.Run(router =>
    {
        Assert.Contains("missing value(s) of argument(s) address", router.Desk.Refused("/ping"));
        Assert.Contains("input does not match any value of interface", router.Desk.Refused("/ping 127.0.0.1 interface=nowhere"));
        Assert.Contains("value of interval out of range (10ms..5s)", router.Desk.Refused("/ping 127.0.0.1 interval=6s"));
        Assert.Contains("size", router.Desk.Refused("/ping 127.0.0.1 size=5"));
        Assert.Contains("count", router.Desk.Refused("/ping 127.0.0.1 count=0"));
        Assert.Contains("ttl", router.Desk.Refused("/ping 127.0.0.1 ttl=256"));
        Assert.Contains("src-address", router.Desk.Refused("/ping 127.0.0.1 src-address=x"));
    });
}
