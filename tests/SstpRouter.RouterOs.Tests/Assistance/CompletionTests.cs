namespace SstpRouter.RouterOs.Tests.Assistance;

public sealed class CompletionTests : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData("/int", "/interface ")]
    [InlineData("/interface/sstp-c", "/interface/sstp-client ")]
    [InlineData("/interface sstp-c", "/interface sstp-client ")]
    [InlineData("ip/add", "ip/address ")]
    [InlineData(":fore", ":foreach ")]
    [InlineData("/ppp secret pr", "/ppp secret print ")]
    [InlineData("/ppp secret print; /ip ad", "/ppp secret print; /ip address ")]
    [InlineData("/ppp secret print; .. rou", "/ppp secret print; .. rou")]
    public void A_word_that_starts_one_name_is_completed(string typed, string completed) => Assert.Equal(completed, _desk.Tab(typed).Line);

    [Fact]
    public void A_path_is_seen_from_the_current_menu()
    {
        Assert.Equal("rou", _desk.Tab("rou").Line);
        Assert.Equal("route ", _desk.Tab("rou", "/ip").Line);
        Assert.Equal(".. pool ", _desk.Tab(".. poo", "/ip/route").Line);
        Assert.Equal("/ppp ", _desk.Tab("/pp", "/ip/route").Line);
    }

    [Fact]
    public void Several_names_are_completed_as_far_as_they_agree_and_listed()
    {
        Assert.Equal(("/interface sstp-", "sstp-client sstp-server"), _desk.Tab("/interface ss"));
        Assert.Equal(("/ppp ", "active profile secret export"), _desk.Tab("/ppp "));
    }

    [Theory]
    [InlineData("/ppp x", "/ppp export ")]
    [InlineData("/interface sc", "/interface sstp-client ")]
    [InlineData("/ppp secret add ra", "/ppp secret add remote-address=")]
    public void Where_no_name_starts_so_initials_and_letters_in_order_find_it(string typed, string completed) =>
        Assert.Equal(completed, _desk.Tab(typed).Line);

    [Fact]
    public void An_argument_gets_its_sign_and_a_bare_one_a_blank()
    {
        Assert.Equal("/ppp secret add prof", _desk.Tab("/ppp secret add prof").Line[..20]);
        Assert.Equal("/ppp secret add profile=", _desk.Tab("/ppp secret add prof").Line);
        Assert.Equal("/ppp secret print detail ", _desk.Tab("/ppp secret print det").Line);
        Assert.Equal("/ppp secret print where ", _desk.Tab("/ppp secret print whe").Line);
    }

    [Fact]
    public void What_is_given_already_is_not_offered_again() =>
        Assert.DoesNotContain("profile", _desk.Tab("/ppp secret add profile=default ").Words.Split(' '));

    [Fact]
    public void Values_come_from_the_type_and_from_the_configuration()
    {
        _desk.Run("/ppp profile add name=office");
        _desk.Run("/interface sstp-client add name=to-hq connect-to=192.0.2.1 user=a");

        Assert.Equal("/ppp secret add disabled=yes ", _desk.Tab("/ppp secret add disabled=y").Line);
        Assert.Equal("/ppp secret add service=sstp ", _desk.Tab("/ppp secret add service=ss").Line);
        Assert.Equal("/ppp secret add profile=office ", _desk.Tab("/ppp secret add profile=of").Line);
        Assert.Equal("default-encryption default office", Sorted(_desk.Tab("/ppp secret add profile=").Words));
        Assert.Equal("/ip address add address=10.0.0.1/24 interface=to-hq ", _desk.Tab("/ip address add address=10.0.0.1/24 interface=to").Line);
        Assert.Equal("/ping 192.0.2.1 interface=to-hq ", _desk.Tab("/ping 192.0.2.1 interface=t").Line);
    }

    [Fact]
    public void Items_are_named_where_a_command_takes_them()
    {
        _desk.Run("/ppp secret add name=alice; /ppp secret add name=bob");

        Assert.Equal("/ppp secret set alice ", _desk.Tab("/ppp secret set al").Line);
        Assert.Equal("/ppp secret remove bob ", _desk.Tab("/ppp secret remove b").Line);
        Assert.Equal("/ppp secret get bob remote-address ", _desk.Tab("/ppp secret get bob remote-a").Line);
    }

    [Fact]
    public void A_name_that_needs_quotes_gets_them()
    {
        _desk.Run("/ppp profile add name=\"head office\"");

        Assert.Equal("/ppp secret add profile=\"head office\" ", _desk.Tab("/ppp secret add profile=he").Line);
        Assert.Equal("/ppp secret add profile=\"head office\" ", _desk.Tab("/ppp secret add profile=\"hea").Line);
    }

    [Fact]
    public void Only_the_last_element_of_a_list_is_completed()
    {
        Assert.Equal("/interface sstp-client add authentication=pap,chap", _desk.Tab("/interface sstp-client add authentication=pap,ch").Line);
        Assert.Equal("/ppp secret print proplist=name,service", _desk.Tab("/ppp secret print proplist=name,ser").Line);
    }

    [Fact]
    public void Conditions_name_properties_and_their_values()
    {
        _desk.Run("/ppp profile add name=office");

        Assert.Equal("/ppp secret print where profile", _desk.Tab("/ppp secret print where prof").Line);
        Assert.Equal("/ppp secret print where profile=office ", _desk.Tab("/ppp secret print where profile=o").Line);
        Assert.Equal("/ppp secret set [find profile=office ", _desk.Tab("/ppp secret set [find profile=o").Line);
        Assert.Equal("/ppp secret print where name=x and disabled", _desk.Tab("/ppp secret print where name=x and disab").Line);
    }

    [Fact]
    public void Brackets_and_braces_hold_commands()
    {
        Assert.Equal("/ppp secret set [find ", _desk.Tab("/ppp secret set [fin").Line);
        Assert.Equal(":put [/system ", _desk.Tab(":put [/sys").Line);
        Assert.Equal(":if (true) do={ /int", _desk.Tab(":if (true) do={ /int").Line[..20]);
        Assert.Equal(":if (true) do={ /interface ", _desk.Tab(":if (true) do={ /int").Line);
        Assert.Equal(":put \"now $[/system ", _desk.Tab(":put \"now $[/sys").Line);
    }

    [Fact]
    public void Variables_of_the_line_are_known()
    {
        Assert.Equal(":local counter 1; :put $counter", _desk.Tab(":local counter 1; :put $cou").Line);
        Assert.Equal(":local counter 1; :put \"is $counter", _desk.Tab(":local counter 1; :put \"is $cou").Line);
    }

    [Fact]
    public void Negation_offers_names_without_a_sign() => Assert.Equal("/ppp secret set 0 !remote-address ", _desk.Tab("/ppp secret set 0 !remote-a").Line);

    [Theory]
    [InlineData("# /int")]
    [InlineData("/nowhere pr")]
    [InlineData("/ppp secret add name=x")]
    [InlineData("/ppp secret add name=\"x")]
    [InlineData("/ppp secret add nosuch=y")]
    [InlineData(")")]
    public void Where_nothing_is_known_nothing_changes(string typed) => Assert.Equal((typed, ""), _desk.Tab(typed));

    [Fact]
    public void A_thousand_secrets_are_asked_for_once_and_taken_once()
    {
        for (int i = 0; i < 1000; i++)
        {
            _desk.Run($"/ppp secret add name=user{i}");
        }

        _desk.Tab("/ppp secret ad");
        _desk.Tab("/ppp secret set 0 remote-a");
        Assert.Equal(0, _desk.LookUps);

        Assert.Equal("/ppp secret set user99", _desk.Tab("/ppp secret set user99").Line);
        Assert.Equal((1, 1000), (_desk.LookUps, _desk.NamesTaken));

        long before = GC.GetAllocatedBytesForCurrentThread();
        _desk.Tab("/ppp secret set user99");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    private static string Sorted(string words) => string.Join(' ', words.Split(' ').OrderByDescending(w => w.Length).ThenBy(w => w, StringComparer.Ordinal));
}
