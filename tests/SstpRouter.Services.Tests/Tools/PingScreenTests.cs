using System.Net;
using SstpRouter.Linux;
using SstpRouter.Services.Tests.Support;
using SstpRouter.Services.Tools;

namespace SstpRouter.Services.Tests.Tools;

public sealed class PingScreenTests
{
    private static readonly IPAddress Host = IPAddress.Parse("10.0.0.1");

    [Fact]
    public void Answers_errors_and_silence_have_a_line_each_and_add_up() => GoldenScreen.Check("ping", Screen(screen =>
    {
        screen.Answered(new PingReply(PingStatus.Ok, Host, 0, 56, 64, 594));
        screen.Answered(new PingReply(PingStatus.Ok, Host, 1, 56, 64, 13_594));
        screen.TimedOut(2, Host);
        screen.Answered(new PingReply(PingStatus.TtlExceeded, IPAddress.Parse("192.168.62.1"), 3, 84, 255, 800));
        screen.Failed(4, Host, PingStatus.NoRoute);
        screen.Answered(new PingReply(PingStatus.HostUnreachable, Host, 5, 84, 255, 800));
    }));

    [Fact]
    public void Without_an_answer_there_are_no_times() => GoldenScreen.Check("ping-lost", Screen(screen => screen.TimedOut(0, Host)));

    [Fact]
    public void A_ping_that_never_left_loses_nothing() =>
        Assert.Equal("    sent=0 received=0 packet-loss=0%\n", Screen(_ => { }));

    [Fact]
    public void An_ipv6_address_of_full_length_keeps_the_columns() => GoldenScreen.Check("ping-ipv6", Screen(screen =>
        screen.Answered(new PingReply(PingStatus.Ok, IPAddress.Parse("2001:db8:1111:2222:3333:4444:5555:6666"), 0, 56, 64, 1000))));

    private static string Screen(Action<PingScreen> show)
    {
        using var output = new StringWriter();
        var screen = new PingScreen(output);
        show(screen);
        screen.Summary();
        return output.ToString();
    }
}
