using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.RouterOs.Tests.Verbs;

public class LineWrappingTests
{
    [Fact]
    public void The_last_line_of_a_command_holds_seventy_seven_columns()
    {
        Assert.Equal("add a=" + new string('x', 71), Wrap("add", "a=" + new string('x', 71)));
        Assert.Equal("add a=\\\n    " + new string('x', 72), Wrap("add", "a=" + new string('x', 72)));
    }

    [Fact]
    public void A_line_breaks_behind_the_name_where_only_the_name_fits() => Assert.Equal(
        """
        add action=drop chain=forward comment=\
            "defconf: drop all from WAN not DSTNATed" connection-nat-state=!dstnat \
            connection-state=new in-interface-list=WAN
        """,
        Wrap("add", "action=drop", "chain=forward", "comment=\"defconf: drop all from WAN not DSTNATed\"",
            "connection-nat-state=!dstnat", "connection-state=new", "in-interface-list=WAN"));

    [Fact]
    public void A_line_breaks_at_a_blank_where_not_even_the_name_fits() => Assert.Equal(
        """
        add action=accept chain=input comment="defconf: accept established,related" \
            connection-state=established
        """,
        Wrap("add", "action=accept", "chain=input", "comment=\"defconf: accept established,related\"", "connection-state=established"));

    [Fact]
    public void A_name_that_would_end_in_the_last_column_goes_to_the_next_line() => Assert.Equal(
        """
        add action=masquerade chain=srcnat comment="defconf: masquerade" \
            ipsec-policy=out,none out-interface-list=WAN
        """,
        Wrap("add", "action=masquerade", "chain=srcnat", "comment=\"defconf: masquerade\"", "ipsec-policy=out,none", "out-interface-list=WAN"));

    [Fact]
    public void A_name_may_end_one_column_before_that() => Assert.Equal(
        """
        add action=mark-connection chain=forward comment="Games, ports, T" dst-port=\
            27015,27036,27037 new-connection-mark=games passthrough=yes protocol=tcp
        """,
        Wrap("add", "action=mark-connection", "chain=forward", "comment=\"Games, ports, T\"", "dst-port=27015,27036,27037",
            "new-connection-mark=games", "passthrough=yes", "protocol=tcp"));

    [Fact]
    public void A_script_shows_its_own_lines() => Assert.Equal(
        """
        add dont-require-permissions=no name=backup owner=admin policy=\
            ftp,reboot,read,write,policy,test,password,sniff,sensitive,romon source="#\
            \_keeps the configuration of each day for a week\r\
            \n/export file=today\r\
            \n:log info \"done\""
        """,
        Wrap("add", "dont-require-permissions=no", "name=backup", "owner=admin",
            "policy=ftp,reboot,read,write,policy,test,password,sniff,sensitive,romon",
            "source=" + Quoting.Quote("# keeps the configuration of each day for a week\r\n/export file=today\r\n:log info \"done\"")));

    [Fact]
    public void A_text_too_long_for_any_line_is_filled_in_and_cut()
    {
        string[] lines = Wrap("add", "comment=\"" + new string('a', 150) + "\"", "name=x").Split('\n');

        Assert.Equal("add comment=\"" + new string('a', 65) + "\\", lines[0]);
        Assert.Equal("    " + new string('a', 74) + "\\", lines[1]);
        Assert.Equal("    " + new string('a', 11) + "\" name=x", lines[2]);
    }

    [Fact]
    public void A_cut_neither_splits_an_escape_nor_starts_a_line_with_a_blank()
    {
        string[] escape = Wrap("add", "comment=\"" + new string('a', 64) + "\\\"" + new string('b', 80) + "\"").Split('\n');
        Assert.EndsWith("a\\", escape[0]);
        Assert.StartsWith("    \\\"b", escape[1]);

        string[] blank = Wrap("add", "comment=\"" + new string('a', 65) + " " + new string('b', 80) + "\"").Split('\n');
        Assert.StartsWith("    \\_b", blank[1]);
    }

    [Fact]
    public void A_list_too_long_for_any_line_is_quoted_to_be_cut()
    {
        string[] lines = Wrap("add", "policy=" + string.Join(',', Enumerable.Repeat("password", 12))).Split('\n');
        Assert.StartsWith("add policy=\"password,", lines[0]);
        Assert.EndsWith("password\"", lines[1]);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(20)]
    public void No_line_is_longer_than_the_terminal_less_one(int width)
    {
        var random = new Random(4711);
        for (int round = 0; round < 200; round++)
        {
            string[] words = [.. Enumerable.Range(0, 12).Select(i =>
                new string('n', random.Next(1, 20)) + "=" + Quoting.Quote(new string([.. Enumerable.Range(0, random.Next(0, 40)).Select(_ => "ab \"\n$"[random.Next(6)])])))];
            Assert.All(LineWrapping.Wrap(words.Prepend("add"), width).Split('\n'), l => Assert.InRange(l.Length, 1, Math.Max(width, 40) - 1));
        }
    }

    private static string Wrap(params string[] words) => LineWrapping.Wrap(words, 80);
}
