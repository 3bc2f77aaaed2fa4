namespace SstpRouter.Console.Tests.Transcripts;

/// <summary>Pages, live screens, questions and notices at a real terminal.</summary>
public sealed class ScreenTranscripts : IDisposable
{
    private readonly ConsoleDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void A_long_print_stops_at_each_screen()
    {
        AddPools(12);
        using PseudoTerminal terminal = _desk.Open(height: 8);
        terminal.Type("/ip pool print\r");
        terminal.Expect("""
            Columns: NAME, RANGES
             # NAME  RANGES
             0 p00   10.0.0.1
             1 p01   10.0.1.1
             2 p02   10.0.2.1
             3 p03   10.0.3.1
             4 p04   10.0.4.1
            -- [Q quit|D dump|down]█
            """);
        terminal.Type("\e[B");
        terminal.Expect("""
             # NAME  RANGES
             0 p00   10.0.0.1
             1 p01   10.0.1.1
             2 p02   10.0.2.1
             3 p03   10.0.3.1
             4 p04   10.0.4.1
             5 p05   10.0.5.1
            -- [Q quit|D dump|down]█
            """);
        terminal.Type(" ");
        terminal.Expect("""
             5 p05   10.0.5.1
             6 p06   10.0.6.1
             7 p07   10.0.7.1
             8 p08   10.0.8.1
             9 p09   10.0.9.1
            10 p10   10.0.10.1
            11 p11   10.0.11.1
            -- [Q quit|D dump|up]█
            """);
        terminal.Type("\e[A");
        terminal.Expect("""
             4 p04   10.0.4.1
             5 p05   10.0.5.1
             6 p06   10.0.6.1
             7 p07   10.0.7.1
             8 p08   10.0.8.1
             9 p09   10.0.9.1
            10 p10   10.0.10.1
            -- [Q quit|D dump|down]█
            """);
        terminal.Type("q");
        terminal.ExpectEnd("10 p10   10.0.10.1\n[admin@hq] > █");
    }

    [Fact]
    public void The_rest_is_dumped_and_paging_can_be_left_out()
    {
        AddPools(12);
        using PseudoTerminal terminal = _desk.Open(height: 8);
        terminal.Type("/ip pool print\r");
        terminal.ExpectEnd("-- [Q quit|D dump|down]█");
        terminal.Type("d");
        terminal.ExpectEnd("10 p10   10.0.10.1\n11 p11   10.0.11.1\n[admin@hq] > █");
        terminal.Type("\f/ip pool print without-paging\r");
        terminal.ExpectEnd("10 p10   10.0.10.1\n11 p11   10.0.11.1\n[admin@hq] > █");
    }

    [Fact]
    public void A_table_that_is_too_wide_is_seen_through_a_window()
    {
        _desk.Setup("/ppp secret add name=alice-of-the-branch comment=long profile=default-encryption service=sstp");
        _desk.Setup("/ppp secret add name=bob");
        using PseudoTerminal terminal = _desk.Open(width: 30, height: 10);
        terminal.Type("/ppp secret print proplist=name,profile,service\r");
        terminal.ExpectEnd("""
            # NAME                 PROFILE
            ;;; long
            0 alice-of-the-branch  default
            1 bob                  default
            -- [Q quit|D dump|right]█
            """);
        terminal.Type("\e[C\e[C");
        terminal.Expect("\n\n             SERVICE\n\n-encryption  sstp\n             any\n-- [Q quit|D dump|left]█");
        terminal.Type("\e[D\e[D");
        terminal.ExpectEnd("1 bob                  default\n-- [Q quit|D dump|right]█");
        terminal.Type("d");
        terminal.ExpectTail("any\n[admin@hq] > █");
    }

    [Fact]
    public void What_fits_the_screen_is_shown_at_once()
    {
        AddPools(2);
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type("/ip pool print\r");
        terminal.Expect("""
            [admin@hq] > /ip pool print
            Columns: NAME, RANGES
            # NAME  RANGES
            0 p00   10.0.0.1
            1 p01   10.0.1.1
            [admin@hq] > █
            """);
    }

    [Fact]
    public void A_live_screen_is_drawn_over_paused_dumped_and_left()
    {
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type("/interface sstp-client monitor 0\r");
        _desk.Screens.Add("  status: dialing...\n  uptime: 0s\n");
        terminal.Expect("""
            [admin@hq] > /interface sstp-client monitor 0
              status: dialing...
              uptime: 0s
            -- [Q quit|D dump|C-z pause]█
            """);
        _desk.Screens.Add("  status: connected\n  uptime: 1s\n     mtu: 1500\n");
        terminal.Expect("""
            [admin@hq] > /interface sstp-client monitor 0
              status: connected
              uptime: 1s
                 mtu: 1500
            -- [Q quit|D dump|C-z pause]█
            """);
        terminal.Type("\x1a");
        terminal.ExpectEnd("-- [Q quit|D dump|C-z continue]█");
        _desk.Screens.Add("  status: connected\n  uptime: 2s\n     mtu: 1500\n");
        terminal.ExpectEnd("  uptime: 1s\n     mtu: 1500\n-- [Q quit|D dump|C-z continue]█");
        terminal.Type("\x1a");
        terminal.ExpectEnd("  uptime: 2s\n     mtu: 1500\n-- [Q quit|D dump|C-z pause]█");
        terminal.Type("d");
        terminal.Expect("""
            [admin@hq] > /interface sstp-client monitor 0
              status: connected
              uptime: 2s
                 mtu: 1500
              status: connected
              uptime: 2s
                 mtu: 1500
            -- [Q quit|D dump|C-z pause]█
            """);
        _desk.Screens.Add("  status: terminating...\n");
        terminal.Expect("""
            [admin@hq] > /interface sstp-client monitor 0
              status: connected
              uptime: 2s
                 mtu: 1500
              status: terminating...
            -- [Q quit|D dump|C-z pause]█
            """);
        terminal.Type("q");
        terminal.ExpectEnd("  status: terminating...\n[admin@hq] > █");
    }

    [Fact]
    public void A_live_screen_writes_only_the_lines_that_changed()
    {
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type("/interface sstp-client monitor 0\r");
        _desk.Screens.Add("  status: connected\n  uptime: 1s\n     mtu: 1500\n");
        terminal.ExpectEnd("-- [Q quit|D dump|C-z pause]█");
        long before = terminal.Received;
        _desk.Screens.Add("  status: connected\n  uptime: 2s\n     mtu: 1500\n");
        terminal.ExpectEnd("  uptime: 2s\n     mtu: 1500\n-- [Q quit|D dump|C-z pause]█");

        Assert.InRange(terminal.Received - before, 1, 40);
    }

    [Fact]
    public void A_key_answers_a_question()
    {
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type("/system reboot\r");
        terminal.ExpectEnd("Reboot, yes? [y/N]: █");
        terminal.Type("n");
        terminal.ExpectEnd("Reboot, yes? [y/N]: n\naction cancelled\n[admin@hq] > █");
        terminal.Type("/system reboot\r");
        terminal.ExpectEnd("Reboot, yes? [y/N]: █");
        terminal.Type("y");
        terminal.ExpectEnd("Reboot, yes? [y/N]: y\nsystem will reboot shortly\n[admin@hq] > █");
    }

    [Fact]
    public void A_password_is_shown_as_stars()
    {
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type("/password\r");
        terminal.ExpectEnd("old password: █");
        terminal.Type("a\r");
        terminal.ExpectEnd("new password: █");
        terminal.Type("secretx\x7f\r");
        terminal.ExpectEnd("retype new password: █");
        terminal.Type("secret\r");
        terminal.Expect("""
            [admin@hq] > /password
            old password: *
            new password: ******
            retype new password: ******
            changed from a to secret
            [admin@hq] > █
            """);
        terminal.Type("/password\r");
        terminal.ExpectEnd("old password: █");
        terminal.Type("\x03");
        terminal.ExpectEnd("old password:\ninterrupted\n[admin@hq] > █");
    }

    [Fact]
    public void Critical_lines_show_at_login_and_above_the_line_that_is_typed()
    {
        _desk.Log.Write("system,error,critical", "router was rebooted without proper shutdown");
        using PseudoTerminal terminal = _desk.Start(80, 24, [], true, "cli");
        terminal.ExpectEnd("2026-06-10 12:00:00 system,error,critical router was rebooted without proper shu\ntdown\n[admin@hq] > █");
        terminal.Type("\f");
        terminal.Type("/ip addr");
        terminal.Expect("[admin@hq] > /ip addr█");
        _desk.Log.Write("system,info", "nothing that matters");
        _desk.Log.Write("system,error,critical", "login failure for user admin from 192.0.2.7 via ssh");
        terminal.Expect("""
            12:00:00 echo: system,error,critical login failure for user admin from 192.0.2.7
             via ssh
            [admin@hq] > /ip addr█
            """);
        terminal.Type("ess\r");
        terminal.ExpectEnd("[admin@hq] /ip/address> █");
    }

    private void AddPools(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _desk.Setup($"/ip pool add name=p{i:D2} ranges=10.0.{i}.1");
        }
    }
}
