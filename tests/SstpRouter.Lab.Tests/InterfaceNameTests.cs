using SstpRouter.Lab.Tests.Golden;
using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests;

/// <summary>Users whose names no kernel interface could carry: shown as they are, and of use in commands.</summary>
public sealed class InterfaceNameTests(InterfaceNameTests.Network network) : IClassFixture<InterfaceNameTests.Network>
{
    private const string LongUser = "a-user-name-of-sixty-four-characters-which-is-as-long-as-it-gets";

    [RootFact]
    public void Every_menu_shows_the_names_as_they_are()
    {
        Router hq = network.Routers!.Hq;

        string screens = string.Concat(new[]
        {
            "/interface print where dynamic",
            "/interface sstp-server print",
            "/ip address print where dynamic",
            "/ip route print where gateway~\"sstp\"",
            "/ppp active print",
        }.Select(c => $"> {c}\n{Mask.Volatile(hq.Exec(c, columns: 200))}"));

        Screen.Check("hq-with-names", screens);
    }

    [RootTheory]
    [InlineData("<sstp-" + LongUser + ">", "10.0.0.11")]
    [InlineData("<sstp-alice@example.com>", "10.0.0.12")]
    [InlineData("<sstp-Jean Le Rond>", "10.0.0.13")]
    [InlineData("<sstp-Zoë Müller>", "10.0.0.14")]
    [InlineData("<sstp-twin>", "10.0.0.15")]
    [InlineData("<sstp-twin-1>", "10.0.0.16")]
    public void The_name_works_in_commands(string name, string address)
    {
        Router hq = network.Routers!.Hq;

        hq.Ping(address, $"interface=\"{name}\"");
        Assert.Equal("sstp-in\n", hq.Exec($":put [/interface get \"{name}\" type]"));
        Assert.Equal("true\n", hq.Exec($":put [/interface get [find name=\"{name}\"] running]"));
        Assert.Equal("1\n", hq.Exec($":put [:len [/interface sstp-server find where name=\"{name}\"]]"));
        Assert.Equal(address + "\n", hq.Exec($":put [/ip address get [find interface=\"{name}\"] network]"));
    }

    [RootFact]
    public void A_pattern_finds_the_sessions_of_one_user()
    {
        Router hq = network.Routers!.Hq;

        Assert.Equal("2\n", hq.Exec(":put [:len [/interface sstp-server find where name~\"^<sstp-twin\"]]"));
        Assert.Equal("1\n", hq.Exec(":put [:len [/interface sstp-server find where user~\"ë M\"]]"));
    }

    [RootFact]
    public void A_client_may_have_such_a_name_too()
    {
        Router branch = network.Routers!.Branch;

        branch.Ping("10.0.1.14", "interface=\"Zürich, 2. Stock <Büro>\"");
        Assert.Equal("10.0.1.14\n", branch.Exec(":put [/ip address get [find interface=\"Zürich, 2. Stock <Büro>\"] network]"));
    }

    public sealed class Network : IDisposable
    {
        public Network()
        {
            if (Linux.ProcessControl.EffectiveUserId != 0)
            {
                return;
            }

            Routers = new TwoRouters();
            Second = new Router("second");
            Host.Connect(Routers.Hq.Host, Second.Host, "ether2");
            Second.Start();
            Routers.Hq.Exec("/ip address add address=192.168.63.2/24 interface=ether2");
            Second.Exec("/ip address add address=192.168.63.1/24 interface=ether2");
            Routers.Hq.Exec("/ip pool add name=twins ranges=10.0.0.15-10.0.0.16");
            Routers.Hq.Exec("/ppp profile add name=twins local-address=10.0.1.15 remote-address=twins");
            Routers.Hq.Exec("/interface sstp-server server set enabled=yes");
            Admit(LongUser, "local-address=10.0.1.11 remote-address=10.0.0.11");
            Admit("alice@example.com", "local-address=10.0.1.12 remote-address=10.0.0.12");
            Admit("Jean Le Rond", "local-address=10.0.1.13 remote-address=10.0.0.13");
            Admit("Zoë Müller", "local-address=10.0.1.14 remote-address=10.0.0.14");
            Admit("twin", "profile=twins");
            Dial(Routers.Branch, "long", LongUser);
            Dial(Routers.Branch, "mail", "alice@example.com");
            Dial(Routers.Branch, "blank", "Jean Le Rond");
            Dial(Routers.Branch, "Zürich, 2. Stock <Büro>", "Zoë Müller");
            Dial(Routers.Branch, "twin", "twin");
            Dial(Second, "twin", "twin", server: "192.168.63.2");
        }

        internal TwoRouters? Routers { get; }

        private Router? Second { get; }

        public void Dispose()
        {
            Second?.Dispose();
            Routers?.Dispose();
        }

        private void Admit(string user, string more) => Routers!.Hq.Exec($"/ppp secret add name=\"{user}\" password=x service=sstp {more}");

        private static void Dial(Router router, string name, string user, string server = "192.168.62.2")
        {
            router.Exec($"/interface sstp-client add name=\"{name}\" connect-to={server} user=\"{user}\" password=x disabled=no");
            router.WaitUntilRunning($"\"{name}\"");
        }
    }
}
