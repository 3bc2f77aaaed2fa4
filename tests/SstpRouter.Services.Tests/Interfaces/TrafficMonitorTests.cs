using SstpRouter.RouterOs.Printing;
using SstpRouter.Services.Interfaces;
using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Interfaces;

[Collection(OneAtATime.Name)]
public sealed class TrafficMonitorTests
{
    [Fact]
    public void Rates_are_what_was_counted_for_each_second()
    {
        var before = new Dictionary<string, long> { ["rx-byte"] = 1_000, ["tx-byte"] = 50, ["tx-packet"] = 100 };
        var now = new Dictionary<string, long> { ["rx-byte"] = 5_000, ["rx-packet"] = 9, ["tx-byte"] = 20, ["tx-packet"] = 16_482 };

        Dictionary<string, string> rates = TrafficMonitor.Between(before, now, TimeSpan.FromSeconds(2)).ToDictionary(v => v.Name, v => v.Text);

        Assert.Equal("16.0kbps", rates["rx-bits-per-second"]);
        Assert.Equal("4", rates["rx-packets-per-second"]);
        Assert.Equal("0bps", rates["tx-bits-per-second"]); // counted anew
        Assert.Equal("8 191", rates["tx-packets-per-second"]);
        Assert.Equal("0", rates["tx-queue-drops-per-second"]);
    }

    [Theory]
    [InlineData(0, "0bps")]
    [InlineData(480, "480bps")]
    [InlineData(999, "999bps")]
    [InlineData(8_500, "8.5kbps")]
    [InlineData(999_999, "999.9kbps")]
    [InlineData(99_400_000, "99.4Mbps")]
    [InlineData(25_000_000_000, "25.0Gbps")]
    public void A_rate_has_one_decimal_and_a_unit(long bits, string text) => Assert.Equal(text, LiveValue.Rate("rate", bits).Text);

    [RootFact]
    public void Traffic_is_shown_in_a_column_for_each_interface() => RunningRouter.Run(router =>
    {
        router.PlugIn("ether1");

        string screen = router.Type("/interface monitor-traffic lo,ether1 once");

        Assert.Matches(
            """
            ^                         name: +lo +ether1
                    rx-packets-per-second: +[0-9 ]+
                       rx-bits-per-second: +[0-9.]+[kMG]?bps +[0-9.]+[kMG]?bps
                      rx-drops-per-second: +0 +0
                     rx-errors-per-second: +0 +0
                    tx-packets-per-second: +[0-9 ]+
                       tx-bits-per-second: +[0-9.]+[kMG]?bps +[0-9.]+[kMG]?bps
                      tx-drops-per-second: +0 +0
                tx-queue-drops-per-second: +0 +0
                     tx-errors-per-second: +0 +0
            $
            """.ReplaceLineEndings("\n"),
            screen);
        Assert.DoesNotContain("name:", router.Type("/interface monitor-traffic aggregate once"));
        Assert.Equal("no such item", router.Desk.Refused("/interface monitor-traffic nowhere once"));
    });

    [RootFact]
    public void Code_gets_the_values_as_variables_and_sets_those_of_its_script() => RunningRouter.Run(router =>
    {
        Assert.Equal(
            "lo num\n",
            router.Type("""
                :local a; /interface monitor-traffic lo once do={:set a ($name . " " . [:typeof $"rx-bits-per-second"])}; :put $a
                """));
        Assert.Equal("1\n2\n", router.Type(":global n 0; /interface monitor-traffic lo interval=200ms do={:set n ($n + 1); :put $n; :if ($n = 2) do={:return 0}}"));
        Assert.Matches("^[0-9]+\n$", router.Type(":put ([/interface monitor-traffic lo once as-value]->\"tx-bits-per-second\")"));
    });

    [RootFact]
    public void Several_tunnels_are_monitored_beside_each_other() => RunningRouter.Run(router =>
    {
        router.Type("/interface sstp-client add name=a connect-to=192.0.2.1 user=u disabled=yes; /interface sstp-client add name=branch connect-to=192.0.2.2 user=u disabled=yes");

        Assert.Equal("    name: a            branch\n  status: disconnected disconnected\n", router.Type("/interface sstp-client monitor [find] once"));
        Assert.Equal("  status: disconnected\n", router.Type("/interface sstp-client monitor a once"));
        Assert.Equal("disconnected\n", router.Type("/interface sstp-client monitor a once do={:put $status}"));
    });
}
