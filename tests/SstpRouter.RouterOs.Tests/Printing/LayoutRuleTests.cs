using SstpRouter.RouterOs.Printing;

namespace SstpRouter.RouterOs.Tests.Printing;

/// <summary>The rules of the layouts, one by one.</summary>
public class LayoutRuleTests
{
    private readonly PrintedMenus _menus = new();

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(511)]
    public void Detail_lines_leave_the_last_column_free_and_lose_no_property(int width)
    {
        _menus.AddManualClient();
        string wide = Unwrapped(_menus.Print("interface/sstp-client"));
        _menus.Width = width;

        string screen = _menus.Print("interface/sstp-client");

        Assert.All(screen.Split('\n'), line => Assert.InRange(line.Length, 0, width - 1));
        Assert.Equal(wide, Unwrapped(screen));
    }

    [Fact]
    public void A_property_wider_than_the_terminal_has_a_line_of_its_own()
    {
        _menus.Add("ppp/secret", 1, values: [("name", new string('n', 60)), ("password", "p")]);
        _menus.Width = 40;

        string[] lines = _menus.Print("ppp/secret", ("detail", null), ("proplist", "name,password")).Split('\n');

        Assert.Equal(" 0   name=\"" + new string('n', 60) + "\"", lines[1]);
        Assert.Equal("     password=\"p\"", lines[2]);
    }

    [Fact]
    public void Items_of_the_detail_layout_are_set_apart_by_an_empty_line_that_does_not_follow_the_last()
    {
        AddSecrets(3);

        string screen = _menus.Print("ppp/secret", ("detail", null), ("proplist", "name"));

        Assert.Equal("Flags: X - disabled\n 0   name=\"u0\"\n\n 1   name=\"u1\"\n\n 2   name=\"u2\"\n", screen);
    }

    [Fact]
    public void An_empty_table_prints_nothing_and_an_empty_detail_list_only_its_legend()
    {
        Assert.Equal("", _menus.Print("ppp/secret"));
        Assert.Equal("Flags: X - disabled; R - running\n", _menus.Print("interface/sstp-client"));
    }

    [Fact]
    public void Numbers_are_right_aligned_under_the_hash()
    {
        AddSecrets(11);

        string[] lines = _menus.Print("ppp/secret", ("proplist", "name")).Split('\n');

        Assert.Equal(["Columns: NAME", " # NAME", " 0 u0"], lines[..3]);
        Assert.Equal("10 u10", lines[12]);
    }

    [Fact]
    public void Columns_of_flags_that_do_not_occur_are_left_out()
    {
        _menus.Add("interface/sstp-server", 1, "R", isDynamic: true, values: [("name", "a"), ("user", "a")]);

        Assert.StartsWith("Flags: D - DYNAMIC; R - RUNNING\nColumns: NAME, USER\n#    NAME  USER\n0 DR a     a\n",
            _menus.Print("interface/sstp-server"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_columns_that_does_not_fit_goes_on_under_the_first_name()
    {
        _menus.Add("ppp/secret", 1, values: [("name", "a"), ("password", "b"), ("remote-address", "10.0.0.5")]);
        _menus.Width = 30;

        Assert.StartsWith("Columns: NAME, SERVICE,\n         PASSWORD\n", _menus.Print("ppp/secret", ("proplist", "name,service,password")), StringComparison.Ordinal);
    }

    [Fact]
    public void Proplist_keeps_columns_that_are_empty_or_do_not_fit()
    {
        _menus.Add("ppp/secret", 1, values: [("name", "a")]);
        _menus.Width = 20;

        Assert.Contains("# CALLER-ID  PROFILE  NAME  DISABLED\n", _menus.Print("ppp/secret", ("proplist", "caller-id,profile,name,disabled")));
    }

    [Fact]
    public void Columns_that_do_not_fit_go_away_from_the_right()
    {
        _menus.Add("ppp/secret", 1, values: [("name", new string('n', 20)), ("password", "pppppppp"), ("remote-address", "192.168.100.100")]);
        _menus.Width = 50;

        Assert.StartsWith("Columns: NAME, SERVICE, PASSWORD, PROFILE\n", _menus.Print("ppp/secret"), StringComparison.Ordinal);
    }

    [Fact]
    public void Further_values_of_a_cell_stand_on_the_next_lines()
    {
        _menus.Add("ip/pool", 1, values: [("name", "p"), ("ranges", "10.0.0.2-10.0.0.9,10.1.0.0/24")]);

        Assert.EndsWith("# NAME  RANGES\n0 p     10.0.0.2-10.0.0.9\n        10.1.0.0/24\n", _menus.Print("ip/pool"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_peer_chose_cannot_move_the_cursor()
    {
        _menus.Add("interface/sstp-server", 1, values: [("name", "<sstp-\u001b[2J\u202e>"), ("user", "a\nb"), ("comment", "\u0007\u009b1A")]);

        foreach (string form in (string[])["brief", "detail", "terse", "value-list"])
        {
            string screen = _menus.Print("interface/sstp-server", (form, null));

            Assert.DoesNotContain(screen, c => c != '\n' && (char.IsControl(c) || c == '\u202e'));
            Assert.Contains("\\1B[2J\\E2\\80\\AE", screen);
        }
    }

    [Fact]
    public void Wide_characters_take_two_columns_and_marks_take_none()
    {
        _menus.Add("ppp/secret", 1, values: [("name", "支店"), ("password", "a")]);
        _menus.Add("ppp/secret", 2, values: [("name", "Zu\u0308r"), ("password", "b")]);
        _menus.Add("ppp/secret", 3, values: [("name", "abcd"), ("password", "c")]);

        Assert.EndsWith("0 支店  a\n1 Zu\u0308r   b\n2 abcd  c\n", _menus.Print("ppp/secret", ("proplist", "name,password")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(1000, "1 000")]
    [InlineData(205149015, "205 149 015")]
    [InlineData(-1000, "-1 000")]
    [InlineData(long.MaxValue, "9 223 372 036 854 775 807")]
    public void Counters_have_their_digits_in_threes(long number, string text) => Assert.Equal(text, PrintedText.Grouped(number));

    [Fact]
    public void Value_lists_put_as_many_items_side_by_side_as_fit()
    {
        AddSecrets(3);
        _menus.Width = 20;

        Assert.Equal(
            "  name: u0  u1  u2\n",
            _menus.Print("ppp/secret", ("value-list", null), ("proplist", "name")));
        _menus.Width = 14;
        Assert.Equal("  name: u0\n\n  name: u1\n\n  name: u2\n", _menus.Print("ppp/secret", ("value-list", null), ("proplist", "name")));
    }

    [Fact]
    public void Settings_show_an_empty_value_with_its_colon()
    {
        using var output = new StringWriter();

        NameValueLayout.Write(output, [("status", "connected"), ("encoding", "")]);

        Assert.Equal("    status: connected\n  encoding: \n", output.ToString());
    }

    [Fact]
    public void Traffic_stands_in_columns_as_live_routers_show_it()
    {
        Assert.Equal(
            """
                                     name:       lte1      lte2
                    rx-packets-per-second:      2 409     4 440
                       rx-bits-per-second:   13.0Mbps  25.2Mbps
                       tx-bits-per-second:  285.6kbps 625.4kbps
                tx-queue-drops-per-second:          0         0

            """.ReplaceLineEndings("\n"),
            Shown(
                SideBySide.Traffic,
                ["name", "rx-packets-per-second", "rx-bits-per-second", "tx-bits-per-second", "tx-queue-drops-per-second"],
                ["lte1", "2 409", "13.0Mbps", "285.6kbps", "0"],
                ["lte2", "4 440", "25.2Mbps", "625.4kbps", "0"]));
        Assert.Equal(
            "        rx-packets-per-second:         82\n           rx-bits-per-second:  993.1kbps\n    tx-queue-drops-per-second:          0\n",
            Shown(SideBySide.Traffic, ["rx-packets-per-second", "rx-bits-per-second", "tx-queue-drops-per-second"], ["82", "993.1kbps", "0"]));
    }

    [Fact]
    public void Monitored_items_stand_beside_each_other_with_one_blank_between() => Assert.Equal(
        "  data-class: LTE                  LTE\n        uicc: 89014100000000000000 89148000000000000000\n",
        Shown(SideBySide.Monitor, ["data-class", "uicc"], ["LTE", "89014100000000000000"], ["LTE", "89148000000000000000"]));

    private static string Shown(SideBySide layout, string[] names, params string[][] items)
    {
        using var output = new StringWriter();
        layout.Write(output, names, items, width: 80);
        return output.ToString();
    }

    private void AddSecrets(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _menus.Add("ppp/secret", (ulong)i + 1, values: [("name", "u" + i)]);
        }
    }

    private static string Unwrapped(string screen) =>
        string.Join(' ', screen.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
