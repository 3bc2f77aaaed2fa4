using SstpRouter.Services.Scripts;
using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Scripts;

/// <summary>Scripts of the kind that people hang on their routers, from their first line to what they leave behind.</summary>
public sealed class FieldScriptTests
{
    private const string Users = """
        /ppp secret
        add name=alice password=pw comment="front desk"
        add name=bob comment="until 2026-03-01"
        add name=carol comment="trainee until 2026-12-31"
        add name=dave disabled=yes comment="until 2020-01-01"
        """;

    [Fact]
    public void A_dyndns_update_runs_on_up_and_only_for_a_new_address()
    {
        using ScriptDesk desk = ScriptDesk.With(
            "/system identity set name=branch",
            "/interface sstp-client add name=wan connect-to=192.0.2.1 user=u",
            "/ppp profile set default on-up=dyndns");
        desk.Keep("dyndns", ScriptDesk.Fixture("dyndns-on-up"));
        desk.Desk.Menu("interface").State = new NamedInterfaces(desk.Desk, (1, "wan"));

        foreach (string address in (string[])["198.51.100.7", "198.51.100.7", "198.51.100.9"])
        {
            desk.Ppp.Up(Link("u", address));
            desk.WaitForRest();
        }

        desk.Ppp.Up(Link("u", null));
        desk.WaitForRest();
        Assert.Equal(
            [
                "dyndns: GET https://update.example.net/nic/update?hostname=branch.dyn.example.net&myip=198.51.100.7",
                "dyndns: branch.dyn.example.net is 198.51.100.7 already",
                "dyndns: GET https://update.example.net/nic/update?hostname=branch.dyn.example.net&myip=198.51.100.9",
                "dyndns: wan has no address",
                "executing script dyndns from ppp failed, please check it manually",
                "Script Error: dyndns: no address on wan",
            ],
            desk.Said);
        Assert.Equal("4", desk.Type(":put [/system script get dyndns run-count]").Trim());
    }

    [Fact]
    public void Links_that_drop_are_counted_on_down_and_the_third_time_is_the_last()
    {
        using ScriptDesk desk = ScriptDesk.With(Users);
        desk.Type($"/ppp profile set default on-down=\"sessions\"");
        desk.Keep("sessions", ScriptDesk.Fixture("sessions-on-down"));

        for (int i = 0; i < 3; i++)
        {
            desk.Ppp.Down(Link("alice", "10.0.0.5"));
            desk.WaitForRest();
        }

        Assert.Equal(
            [
                "link of alice from 203.0.113.9 went down, 1 time so far",
                "link of alice from 203.0.113.9 went down, 2 times so far",
                "link of alice from 203.0.113.9 went down, 3 times so far",
                "alice drops all the time, switched off",
            ],
            desk.Said);
        Assert.True(desk.Desk.Item("ppp/secret", "alice").IsYes("disabled"));
    }

    [Fact]
    public void A_failover_dials_the_spare_tunnel_while_the_main_one_is_down()
    {
        using ScriptDesk desk = ScriptDesk.With(
            "/interface sstp-client",
            "/interface sstp-client add name=sstp-main connect-to=192.0.2.1 user=u disabled=no",
            "/interface sstp-client add name=sstp-spare connect-to=192.0.2.2 user=u disabled=yes");
        var up = new RunningFlags();
        desk.Desk.Menu("interface/sstp-client").State = up;

        desk.RunFixture("netwatch-failover");
        Assert.False(desk.Desk.Item("interface/sstp-client", "sstp-spare").IsYes("disabled"));
        desk.RunFixture("netwatch-failover");
        up.Ids.Add(desk.Desk.Item("interface/sstp-client", "sstp-main").Id);
        desk.RunFixture("netwatch-failover");

        Assert.True(desk.Desk.Item("interface/sstp-client", "sstp-spare").IsYes("disabled"));
        Assert.Equal("took over from sstp-main", desk.Desk.Item("interface/sstp-client", "sstp-spare").Text("comment"));
        Assert.Equal(["failover: sstp-main is down, dialling sstp-spare", "failover: back on sstp-main"], desk.Said);
        desk.Type("/interface sstp-client remove sstp-main");
        Assert.Equal("Script Error: no sstp-main", desk.Refused("/system script run netwatch-failover"));
    }

    [Fact]
    public void The_scheduler_saves_an_export_that_imports_into_an_empty_router()
    {
        var directory = Directory.CreateTempSubdirectory("router-backup-");
        try
        {
            using var desk = new ScriptDesk(Desk.In(Path.Combine(directory.FullName, "state")));
            desk.Type(Users + "\n/system identity set name=hq");
            desk.Keep("backup", ScriptDesk.Fixture("backup-export"), "read,write,sensitive");
            desk.Type("/system scheduler add name=nightly on-event=backup start-date=2026-03-15 start-time=03:00:00 interval=1d");
            desk.Scheduler.Start();
            Assert.Empty(desk.Said);
            desk.Clock.Now = new DateTimeOffset(2026, 3, 15, 3, 0, 0, TimeSpan.Zero);
            desk.Scheduler.Look();
            desk.WaitForRest();

            string file = Assert.Single(Directory.GetFiles(Path.Combine(directory.FullName, "state", "files")));
            Assert.Matches("/hq-week[0-3][.]rsc$", file);
            Assert.Equal([$"backup: writing {Path.GetFileName(file)}", "backup: done"], desk.Said);
            Assert.Equal("1 2026-03-16 03:00:00", desk.Type(":put \"$[/system scheduler get nightly run-count] $[/system scheduler get nightly next-run]\"").Trim());

            using var other = new ScriptDesk(Desk.In(Path.Combine(directory.FullName, "other")));
            string told = other.Type($"/import \"{file}\"");
            Assert.Equal("\nScript file loaded and executed successfully\n", told);
            Assert.Equal(Exported(desk), Exported(other));
        }
        finally
        {
            directory.Delete(recursive: true);
        }

        static string Exported(ScriptDesk desk) => string.Join('\n', desk.Type("/export show-sensitive").Split('\n').Skip(1));
    }

    [Fact]
    public void Pools_follow_a_list_and_a_second_run_changes_nothing()
    {
        using ScriptDesk desk = ScriptDesk.With(
            "/ip pool add name=office ranges=10.20.0.10-10.20.0.20",
            "/ip pool add name=old ranges=10.99.0.2-10.99.0.9 comment=\"by pool-from-list\"",
            "/ip pool add name=mine ranges=10.98.0.2-10.98.0.9");

        desk.RunFixture("pool-from-list");
        desk.RunFixture("pool-from-list");

        Assert.Equal(["pools: 2 added, 1 changed, 1 removed", "pools: 0 added, 0 changed, 0 removed"], desk.Said);
        Assert.Equal("guests,mine,office,phones", Names(desk, "ip/pool"));
        Assert.Equal("10.20.0.10-10.20.0.99", desk.Type(":put [/ip pool get office ranges]").Trim());
    }

    [Fact]
    public void Errors_of_the_log_go_into_one_mail_and_never_twice()
    {
        using ScriptDesk desk = ScriptDesk.With("/system identity set name=hq");
        desk.Type("/log error \"disk is full\"; /log info \"all is well\"; /log error \"fan stopped\"");

        desk.RunFixture("log-mail");
        desk.RunFixture("log-mail");
        Assert.Equal("script,error disk is full\r\nscript,error fan stopped\r\n", desk.Globals["mailBody"].ToText());
        desk.Type("/log error \"fan works again\"");
        desk.RunFixture("log-mail");

        Assert.Equal("script,error fan works again\r\n", desk.Globals["mailBody"].ToText());
        Assert.Equal(["mail: [hq] 2 errors", "mail: [hq] 1 error"], desk.Said.Where(m => m.StartsWith("mail", StringComparison.Ordinal)));
    }

    [Fact]
    public void Users_whose_time_is_over_are_switched_off()
    {
        using ScriptDesk desk = ScriptDesk.With(Users);

        Assert.Equal("Script Error: set $today first", Fails(desk, "secret-expiry"));
        desk.Type(":global today \"2026-03-14\"");
        desk.RunFixture("secret-expiry");

        Assert.Equal("bob,dave", Names(desk, "ppp/secret", i => i.IsYes("disabled")));
        Assert.Equal("until 2026-03-01 (expired)", desk.Desk.Item("ppp/secret", "bob").Text("comment"));
        Assert.Equal(["expired: bob"], desk.Said);
    }

    [Fact]
    public void Everybody_without_a_password_gets_one()
    {
        using ScriptDesk desk = ScriptDesk.With(Users);

        desk.RunFixture("passwords");

        string[] given = [.. desk.Desk.Now.Items(desk.Desk.Menu("ppp/secret")).Select(i => i.Text("password"))];
        Assert.Equal("pw", given[0]);
        Assert.All(given[1..], p => Assert.Matches("^[a-z2-9]{12}$", p));
        Assert.Distinct(given);
        Assert.Equal(["passwords: 3 given"], desk.Said);
    }

    [Fact]
    public void A_watchdog_restarts_a_tunnel_in_the_third_round()
    {
        using ScriptDesk desk = ScriptDesk.With(
            "/interface sstp-client add name=a connect-to=192.0.2.1 user=u disabled=no",
            "/interface sstp-client add name=b connect-to=192.0.2.2 user=u disabled=no",
            "/interface sstp-client add name=off connect-to=192.0.2.3 user=u disabled=yes");
        var up = new RunningFlags();
        up.Ids.Add(desk.Desk.Item("interface/sstp-client", "b").Id);
        desk.Desk.Menu("interface/sstp-client").State = up;

        for (int i = 0; i < 4; i++)
        {
            desk.RunFixture("tunnel-watchdog");
        }

        Assert.Equal(
            ["watchdog: a is down (1)", "watchdog: a is down (2)", "watchdog: a is down for 3 rounds, restarted", "watchdog: a is down (4)"],
            desk.Said);
        Assert.Equal("a=4;b=0", desk.Globals["wdMiss"].ToText());
        Assert.False(desk.Desk.Item("interface/sstp-client", "a").IsYes("disabled"));
    }

    [Fact]
    public void A_library_of_functions_serves_other_scripts()
    {
        using ScriptDesk desk = ScriptDesk.With();

        desk.RunFixture("library");
        string printed = desk.RunFixture("use-library");

        Assert.Equal("a > b > c\nx, y, z\n10.16.0.0\n55\n0: wan1\n1: wan2\n2: lte\ncaught: on purpose\n", printed);
    }

    [Fact]
    public void A_report_goes_out_as_json_and_comes_back()
    {
        using ScriptDesk desk = ScriptDesk.With("/system identity set name=hq", "/ppp secret add name=alice", "/ppp secret add name=bob disabled=yes profile=default-encryption");

        Assert.Equal(
            """
            {"router":"hq","users":{"alice":{"on":true,"profile":"default"},"bob":{"on":false,"profile":"default-encryption"}}}
            default
            aGVsbG8=

            """,
            desk.RunFixture("json-report"));
    }

    [Fact]
    public void Addresses_move_from_one_interface_to_another()
    {
        using ScriptDesk desk = ScriptDesk.With(
            "/ip address add address=10.1.0.1/24 interface=ether1",
            "/ip address add address=192.168.5.1/24 interface=ether1 disabled=yes",
            "/ip address add address=203.0.113.1/24 interface=ether1",
            "/ip address add address=192.168.6.1/24 interface=ether1");

        desk.RunFixture("address-mover");
        desk.RunFixture("address-mover");

        Assert.Equal(["moved 10.1.0.1/24", "moved 192.168.6.1/24", "nothing to move"], desk.Said);
        Assert.Equal("2", desk.Type("/ip address print count-only where interface=ether2 comment=\"was on ether1\"").Trim());
    }

    private static PppLink Link(string user, string? local) => new(
        "default", 1, user, local is null ? null : System.Net.IPAddress.Parse(local), System.Net.IPAddress.Parse("10.0.0.1"), "203.0.113.9", "");

    private static string Fails(ScriptDesk desk, string fixture)
    {
        desk.Keep(fixture, ScriptDesk.Fixture(fixture));
        return desk.Refused($"/system script run {fixture}");
    }

    private static string Names(ScriptDesk desk, string menu, Func<RouterOs.Storage.Item, bool>? where = null) =>
        string.Join(',', desk.Desk.Now.Items(desk.Desk.Menu(menu)).Where(where ?? (_ => true)).Select(i => i.Text("name")).Order(StringComparer.Ordinal));
}
