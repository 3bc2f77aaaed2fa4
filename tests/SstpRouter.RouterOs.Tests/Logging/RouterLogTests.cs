using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Logging;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Tests.Golden;
using SstpRouter.RouterOs.Tests.Printing;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Tests.Logging;

public class RouterLogTests
{
    private readonly StoppedClock _clock = new(new DateTimeOffset(2026, 6, 10, 14, 48, 17, TimeSpan.Zero));

    [Fact]
    public void Log_print_shows_time_topics_and_message()
    {
        var log = new RouterLog(_clock);
        log.Info("sstp,ppp", "sstp-out1: initializing...");
        _clock.Now += TimeSpan.FromSeconds(1);
        log.Write("sstp,ppp,info,account", "alice logged in, 10.0.0.5 from 192.0.2.10");
        log.Error("sstp,ppp", ": user mallory authentication failed");

        GoldenScreen.Check("log-print", Attached(log).Print("log"));
    }

    [Fact]
    public void A_condition_on_topics_chooses_lines()
    {
        var log = new RouterLog(_clock);
        log.Info("sstp,ppp", "a");
        log.Info("system", "b");

        Assert.Equal(" 2026-06-10 14:48:17 system,info b\n",
            Attached(log).Run("log", row => !row["topics"]!.ToText().Contains("sstp", StringComparison.Ordinal)).Text);
    }

    [Fact]
    public void The_ring_holds_the_last_thousand_lines()
    {
        var log = new RouterLog(_clock);
        for (int i = 1; i <= 2500; i++)
        {
            log.Info("test", i.ToString());
        }

        Assert.Equal(Enumerable.Range(1501, 1000).Select(i => i.ToString()), log.Lines.Select(l => l.Message));
        Assert.Equal(2500UL, log.Lines[^1].Number);
    }

    [Theory]
    [InlineData("a\u001b[31mb", "a\\1B[31mb")]
    [InlineData("a\r\nb", "a\\r\\nb")]
    [InlineData("C:\\x \"q\" é 支店", "C:\\x \"q\" é 支店")]
    public void A_message_is_one_line_that_cannot_move_the_cursor(string message, string expected)
    {
        var log = new RouterLog(_clock);

        log.Info("test", message);

        Assert.Equal(expected, Assert.Single(log.Lines).Message);
    }

    [Fact]
    public void Half_a_character_is_shown_as_the_replacement_character()
    {
        var log = new RouterLog(_clock);

        log.Info("test", "a" + '\ud800' + "b");

        Assert.Equal("a\ufffdb", Assert.Single(log.Lines).Message);
    }

    [Fact]
    public void A_long_message_is_cut_without_breaking_a_character()
    {
        var log = new RouterLog(_clock);

        log.Info("test", new string('x', RouterLog.MaxMessageLength - 1) + "😀😀");

        Assert.Equal(new string('x', RouterLog.MaxMessageLength - 1) + "...", Assert.Single(log.Lines).Message);
    }

    [Theory]
    [InlineData("sstp,ppp,debug", false)]
    [InlineData("sstp,packet", false)]
    [InlineData("sstp,ppp,info", true)]
    [InlineData("system,error,critical", true)]
    [InlineData("sstp,ppp,info,account", true)]
    [InlineData("informal", false)]
    public void Debug_lines_are_kept_only_on_demand(string topics, bool isKept)
    {
        var usual = new RouterLog(_clock);
        var talkative = new RouterLog(_clock) { IncludesDebug = true };

        usual.Write(topics, "x");
        talkative.Write(topics, "x");

        Assert.Equal(isKept ? 1 : 0, usual.Lines.Count);
        Assert.Single(talkative.Lines);
    }

    [Fact]
    public void Who_listens_hears_each_line_as_it_is_kept()
    {
        var log = new RouterLog(_clock);
        var heard = new List<string>();
        log.Written += line => heard.Add(line.ToString());

        log.Warning("tls", "old");
        log.Debug("tls", "unheard");

        Assert.Equal(["2026-06-10 14:48:17 tls,warning old"], heard);
    }

    [Fact]
    public void Threads_may_write_and_read_at_the_same_time()
    {
        var log = new RouterLog(_clock, capacity: 50);

        Parallel.For(0, 1000, i =>
        {
            log.Info("test", i.ToString());
            Assert.InRange(log.Lines.Count, 1, 50);
        });

        Assert.Equal(Enumerable.Range(951, 50).Select(i => (ulong)i), log.Lines.Select(l => l.Number));
    }

    [Theory]
    [InlineData("info", 1)]
    [InlineData("warning", 1)]
    [InlineData("error", 1)]
    [InlineData("debug", 0)]
    public void Commands_of_the_menu_write_under_the_topic_script(string severity, int kept)
    {
        var log = new RouterLog(_clock);
        Menu root = Attached(log).Root;

        RunLevel(root, severity, new GivenArgument("message", Value.Of("hello"), IsNegated: false, new SourcePosition(1, 1)));

        Assert.Equal(Enumerable.Repeat($"2026-06-10 14:48:17 script,{severity} hello", kept), log.Lines.Select(l => l.ToString()));
    }

    [Fact]
    public void A_command_without_a_message_says_what_is_missing()
    {
        Menu root = Attached(new RouterLog(_clock)).Root;

        Assert.Equal("missing value(s) of argument(s) message", Assert.Throws<ScriptError>(() => RunLevel(root, "info")).Message);
    }

    private static PrintedMenus Attached(RouterLog log)
    {
        var menus = new PrintedMenus();
        LogRows.Attach(menus.Root, log);
        return menus;
    }

    private static void RunLevel(Menu root, string severity, params GivenArgument[] arguments)
    {
        Menu menu = root.Find("log")!;
        MenuCommand command = menu.Command(severity)!;
        command.Run!(new CommandInvocation { Menu = menu, Command = command, Session = new PrintedMenus(), Arguments = arguments });
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
