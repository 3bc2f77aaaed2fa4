using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Tests.Storage;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Tests.Printing;

/// <summary>The forms of <c>print</c> that go on, go elsewhere, or show more.</summary>
public class PrintFormTests
{
    private readonly PrintedMenus _menus = new();

    [Fact]
    public void Stats_detail_is_a_property_list_with_the_links_history_and_grouped_counters()
    {
        AddInterfaces();

        _menus.Width = 80;
        Assert.Equal(
            """
            Flags: D - dynamic; X - disabled, R - running; S - slave
             0  R  name="ether1" last-link-down-time=2022-07-19 12:37:06
                   last-link-up-time=2022-07-19 12:37:09 link-downs=2 rx-byte=205 164 277
                   tx-byte=147 977 500 rx-packet=158 254 tx-packet=150 156 tx-queue-drop=2

             1  R  name="ether2" link-downs=0 rx-byte=999 tx-byte=0 rx-packet=1 000

            """,
            _menus.Print("interface", ("stats-detail", null)));
    }

    [Fact]
    public void Counters_are_grouped_in_every_form_but_the_one_for_programs()
    {
        AddInterfaces();

        Assert.Contains("     rx-byte: 205 164 277  999\n", _menus.Print("interface", ("stats", null), ("value-list", null)), StringComparison.Ordinal);
        Assert.Contains("\n1 R name=ether2 rx-byte=999 tx-byte=0 rx-packet=1000\n", _menus.Print("interface", ("stats", null), ("terse", null)), StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_stand_to_the_left_under_an_asterisk()
    {
        _menus.Add("ppp/secret", 1, values: [("name", "alice")]);
        _menus.Add("ppp/secret", 0x1A, values: [("name", "bob"), ("disabled", "yes")]);

        Assert.Equal(
            """
            Flags: X - DISABLED
            Columns: NAME, SERVICE, PROFILE
            *     NAME   SERVICE  PROFILE
            *1    alice  any      default
            *1A X bob    any      default

            """,
            _menus.Print("ppp/secret", ("show-ids", null)));
    }

    [Fact]
    public void Group_by_puts_equal_values_together_in_the_order_of_their_first()
    {
        _menus.Add("ppp/secret", 1, values: [("name", "alice"), ("service", "sstp")]);
        _menus.Add("ppp/secret", 2, values: [("name", "bob"), ("service", "any")]);
        _menus.Add("ppp/secret", 3, values: [("name", "carol"), ("service", "sstp")]);

        Assert.Equal("0 name=alice\n1 name=carol\n2 name=bob\n", _menus.Print("ppp/secret", ("group-by", "serv"), ("terse", null), ("proplist", "name")));
        Assert.Equal(
            "input does not match any value of group-by",
            Assert.Throws<ScriptError>(() => _menus.Print("ppp/secret", ("group-by", "colour"))).Text);
    }

    [Fact]
    public void An_interval_draws_the_screen_again_until_the_user_interrupts()
    {
        using var interrupted = new CancellationTokenSource();
        _menus.Cancellation = interrupted.Token;
        _menus.Add("ppp/secret", 1, values: [("name", "alice")]);
        int asked = 0;
        _menus.Asked = () =>
        {
            if (++asked == 2)
            {
                _menus.Add("ppp/secret", 2, values: [("name", "bob")]);
                interrupted.Cancel();
            }
        };

        string written = _menus.Print("ppp/secret", ("interval", "200ms"), ("terse", null), ("proplist", "name"));

        Assert.Equal("", written);
        Assert.Equal(
            ["0 name=alice\n-- [Q quit|D dump|C-z pause]\n", "0 name=alice\n1 name=bob\n-- [Q quit|D dump|C-z pause]\n"],
            _menus.Screens);
    }

    [Theory]
    [InlineData("100ms", "value of interval out of range (00:00:00.200..)")]
    [InlineData("soon", "invalid value for argument interval")]
    public void An_interval_is_a_time_and_not_too_short(string interval, string refusal)
    {
        Assert.Equal(refusal, Assert.Throws<ScriptError>(() => _menus.Print("system/identity", ("interval", interval))).Text);
    }

    [Fact]
    public void Follow_shows_what_is_there_and_then_what_comes_or_changes()
    {
        string text = Followed("follow");

        Assert.Equal(
            """
            Columns: NAME, SERVICE, PROFILE
            # NAME   SERVICE  PROFILE
            0 alice  any      default
            1 bob   any      default
            0 X alice  any      default

            """,
            text);
    }

    [Fact]
    public void Follow_only_shows_what_comes_or_changes() =>
        Assert.Equal("1 bob   any      default\n0 X alice  any      default\n", Followed("follow-only"));

    [Fact]
    public void Time_that_passes_is_no_change_to_follow()
    {
        using var interrupted = new CancellationTokenSource();
        _menus.Cancellation = interrupted.Token;
        Row session = _menus.Add("ppp/active", 1, values: [("name", "alice"), ("uptime", "1s")]);
        int asked = 0;
        _menus.Asked = () =>
        {
            session.Show("uptime", new TimeValue(TimeSpan.FromSeconds(++asked)));
            if (asked == 3)
            {
                interrupted.Cancel();
            }
        };

        Assert.Equal("", _menus.Print("ppp/active", ("follow-only", null)));
    }

    [Fact]
    public void A_file_gets_the_screen_eighty_columns_wide_and_append_adds_to_it()
    {
        using var folder = new StateFolder();
        var menus = new PrintedMenus(folder["files"]) { Width = 200 };
        menus.AddManualClient();

        Assert.Equal("", menus.Print("interface/sstp-client", ("file", "clients")));
        Assert.Equal(Screen(80), folder.Read("files/clients.txt"));

        menus.Print("system/identity", ("file", "clients.txt"));
        Assert.Equal("  name: MikroTik\n", folder.Read("files/clients.txt"));

        menus.Print("interface/sstp-client", ("file", "clients"), ("append", null), ("count-only", null));
        Assert.Equal("  name: MikroTik\n1\n", folder.Read("files/clients.txt"));

        static string Screen(int width)
        {
            var plain = new PrintedMenus { Width = width };
            plain.AddManualClient();
            return plain.Print("interface/sstp-client");
        }
    }

    [Fact]
    public void A_file_needs_a_directory_and_a_plain_name()
    {
        using var folder = new StateFolder();
        Assert.Equal(
            "failure: there is no directory for files here, leave file= out",
            Assert.Throws<ScriptError>(() => _menus.Print("system/identity", ("file", "x"))).Text);
        Assert.Equal(
            "failure: bad file name, use letters and digits",
            Assert.Throws<ScriptError>(() => new PrintedMenus(folder["files"]).Print("system/identity", ("file", "../x"))).Text);
    }

    private void AddInterfaces()
    {
        _menus.Add("interface", 1, "R", values:
        [
            ("name", "ether1"), ("type", "ether"), ("last-link-down-time", "2022-07-19 12:37:06"), ("last-link-up-time", "2022-07-19 12:37:09"),
            ("link-downs", "2"), ("rx-byte", "205164277"), ("tx-byte", "147977500"), ("rx-packet", "158254"), ("tx-packet", "150156"), ("tx-queue-drop", "2"),
        ]);
        _menus.Add("interface", 2, "R", values: [("name", "ether2"), ("link-downs", "0"), ("rx-byte", "999"), ("tx-byte", "0"), ("rx-packet", "1000")]);
    }

    private string Followed(string argument)
    {
        using var interrupted = new CancellationTokenSource();
        _menus.Cancellation = interrupted.Token;
        Row alice = _menus.Add("ppp/secret", 1, values: [("name", "alice")]);
        int asked = 0;
        _menus.Asked = () =>
        {
            switch (++asked)
            {
                case 2:
                    _menus.Add("ppp/secret", 2, values: [("name", "bob")]);
                    break;
                case 4:
                    alice.Flags.Add('X');
                    interrupted.Cancel();
                    break;
            }
        };
        return _menus.Print("ppp/secret", (argument, null));
    }
}
