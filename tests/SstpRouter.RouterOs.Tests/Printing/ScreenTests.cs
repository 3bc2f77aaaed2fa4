using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Tests.Golden;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Tests.Printing;

/// <summary>Whole screens, byte by byte.</summary>
public class ScreenTests
{
    private readonly PrintedMenus _menus = new();

    [Fact]
    public void Client_of_the_manual()
    {
        _menus.AddManualClient();

        GoldenScreen.Check("sstp-client-print", _menus.Print("interface/sstp-client"));
    }

    [Fact]
    public void Server_of_the_manual()
    {
        _menus.SetManualServer();

        GoldenScreen.Check("sstp-server-server-print", _menus.Print("interface/sstp-server/server"));
    }

    [Fact]
    public void Clients_at_80_columns_with_a_comment_a_fault_and_a_default_route()
    {
        _menus.AddManualClient();
        _menus.Add("interface/sstp-client", 0xA, values:
        [
            ("name", "sstp out \"2\""), ("connect-to", "vpn.example.com"), ("user", "branch@example.com"), ("comment", "second line"),
            ("add-default-route", "yes"), ("default-route-distance", "5"), ("keepalive-timeout", "disabled"), ("ciphers", "aes256-sha"),
        ]).Fault = "no certificate <client> found";

        _menus.Width = 80;
        GoldenScreen.Check("sstp-client-print-80", _menus.Print("interface/sstp-client"));
    }

    [Fact]
    public void Bindings_of_the_server()
    {
        AddBinding("<sstp-alice>", 0xF00001, "alice", "192.0.2.10", 2648);
        AddBinding("<sstp-bob@example.com>", 0xF00002, "bob@example.com", "2001:db8::17", 3);
        _menus.Add("interface/sstp-server", 1, values: [("name", "sstp-in1"), ("user", "carol"), ("comment", "waits for carol")]);

        GoldenScreen.Check("sstp-server-print", _menus.Print("interface/sstp-server"));
    }

    [Fact]
    public void Scripts_as_live_routers_show_them()
    {
        AddScript(1, "ATIVAR_MODO_BRIDGE", "#ATIVA O MODO BRIDGE\r\n/interface/bridge/port enable [find]\r\n\r\n/interface/pppoe-client/disable pppoe-cliente\r\n\r\n/ip/dhcp-server/disable dhcp1");
        AddScript(2, "password reset", "/user set admin password=\"\"");

        _menus.Width = 80;
        GoldenScreen.Check("system-script-print", _menus.Print("system/script"));

        void AddScript(ulong id, string name, string source) => _menus.Add("system/script", id, values:
        [
            ("name", name), ("owner", "admin"), ("policy", "ftp,reboot,read,write,policy,test,password,sniff,sensitive,romon"),
            ("dont-require-permissions", "no"), ("run-count", "0"), ("source", source),
        ]);
    }

    [Fact]
    public void Profiles_that_every_router_has()
    {
        Menu menu = _menus.Root.Find("ppp/profile")!;
        foreach (BuiltInItem item in menu.BuiltIns)
        {
            _menus.Add("ppp/profile", item.Id, values: [.. item.Values.Select(v => (v.Key, v.Value.ToText()))]);
        }

        _menus.Add("ppp/profile", 1, values:
        [
            ("name", "staff"), ("local-address", "10.0.0.1"), ("remote-address", "10.0.0.5"), ("dns-server", "10.0.0.1,10.0.0.2"),
            ("session-timeout", "8h"), ("only-one", "yes"),
        ]);

        GoldenScreen.Check("ppp-profile-print", _menus.Print("ppp/profile"));
    }

    [Fact]
    public void Secrets()
    {
        _menus.Add("ppp/secret", 1, values:
        [
            ("name", "MT-User"), ("password", "StrongPass"), ("service", "sstp"), ("local-address", "10.0.0.1"), ("remote-address", "10.0.0.5"),
        ]);
        _menus.Add("ppp/secret", 2, values: [("name", "old"), ("password", "x"), ("disabled", "yes"), ("comment", "left the company")]);

        GoldenScreen.Check("ppp-secret-print", _menus.Print("ppp/secret"));
        GoldenScreen.Check("ppp-secret-print-detail", _menus.Print("ppp/secret", ("detail", null)));
        GoldenScreen.Check("ppp-secret-print-terse", _menus.Print("ppp/secret", ("terse", null)));
        GoldenScreen.Check("ppp-secret-print-value-list", _menus.Print("ppp/secret", ("value-list", null)));
    }

    [Fact]
    public void Addresses_and_routes_of_a_connected_client()
    {
        _menus.Add("ip/address", 1, values:
            [("address", "192.168.88.1/24"), ("network", "192.168.88.0"), ("interface", "ether2"), ("comment", "defconf")]);
        _menus.Add("ip/address", 0xF1, isDynamic: true, values: [("address", "10.0.0.5/32"), ("network", "10.0.0.1"), ("interface", "sstp-out1")]);
        AddRoute(1, "As", "0.0.0.0/0", "192.168.88.254", 1, isDynamic: false);
        AddRoute(2, "Ac", "10.0.0.1/32", "sstp-out1", 0);
        AddRoute(3, "Ac", "192.168.88.0/24", "ether2", 0);

        GoldenScreen.Check("ip-address-print", _menus.Print("ip/address"));
        GoldenScreen.Check("ip-route-print", _menus.Print("ip/route"));
        GoldenScreen.Check("ip-route-print-detail", _menus.Print("ip/route", ("detail", null)));
    }

    [Fact]
    public void Routes_without_a_numbered_one_have_no_number_column()
    {
        AddRoute(2, "Av", "0.0.0.0/0", "sstp-out1", 1);
        AddRoute(3, "Ac", "10.0.0.1/32", "sstp-out1", 0);

        GoldenScreen.Check("ip-route-print-dynamic", _menus.Print("ip/route"));
    }

    [Fact]
    public void Interfaces_and_their_counters()
    {
        _menus.Add("interface", 1, "R", values:
        [
            ("name", "ether1"), ("type", "ether"), ("actual-mtu", "1500"), ("l2mtu", "1598"), ("max-l2mtu", "2028"), ("mac-address", "52:54:00:12:34:56"),
            ("rx-byte", "205149015"), ("tx-byte", "147887338"), ("rx-packet", "158132"), ("tx-packet", "150015"), ("tx-queue-drop", "2"),
        ]);
        _menus.Add("interface", 0x10, "R", values:
        [
            ("name", "sstp-out1"), ("type", "sstp-out"), ("actual-mtu", "1500"),
            ("rx-byte", "999"), ("tx-byte", "1000"), ("rx-packet", "17"), ("tx-packet", "0"), ("tx-queue-drop", "3"), ("tx-drop-overflow", "2"), ("tx-drop-slowed", "1"), ("rx-drop-malformed", "0"),
        ]);

        GoldenScreen.Check("interface-print", _menus.Print("interface"));
        GoldenScreen.Check("interface-print-stats", _menus.Print("interface", ("stats", null)));
        GoldenScreen.Check("interface-print-stats-detail", _menus.Print("interface", ("stats-detail", null)));
        _menus.Width = 66;
        GoldenScreen.Check("interface-print-narrow", _menus.Print("interface"));
    }

    [Fact]
    public void Certificates()
    {
        _menus.Add("certificate", 1, "KLAT", values: [("name", "myCa"), ("common-name", "myCa"), ("fingerprint", new string('a', 64))]);
        _menus.Add("certificate", 2, "KI", values: [("name", "server"), ("common-name", "vpn.example.com"), ("fingerprint", new string('b', 64))]);

        _menus.Width = 120;
        GoldenScreen.Check("certificate-print", _menus.Print("certificate"));
    }

    [Fact]
    public void Pools_and_what_is_used_of_them()
    {
        _menus.Add("ip/pool", 1, values: [("name", "staff"), ("ranges", "10.0.0.2-10.0.0.9,10.0.1.0/28"), ("total", "24"), ("used", "1"), ("available", "23")]);
        _menus.Add("ip/pool/used", 1, isDynamic: true, values: [("pool", "staff"), ("address", "10.0.0.2"), ("owner", "sstp"), ("info", "alice")]);

        GoldenScreen.Check("ip-pool-print", _menus.Print("ip/pool"));
        GoldenScreen.Check("ip-pool-used-print", _menus.Print("ip/pool/used"));
    }

    [Fact]
    public void Identity() => GoldenScreen.Check("system-identity-print", _menus.Print("system/identity"));

    [Fact]
    public void Active_sessions()
    {
        _menus.Add("ppp/active", 0xF00001, isDynamic: true, values:
        [
            ("name", "alice"), ("service", "sstp"), ("caller-id", "192.0.2.10"), ("address", "10.0.0.5"), ("uptime", "3h19m4s"), ("encoding", "AES256-GCM"),
        ]);

        GoldenScreen.Check("ppp-active-print", _menus.Print("ppp/active"));
    }

    private void AddBinding(string name, ulong id, string user, string address, int seconds) =>
        _menus.Add("interface/sstp-server", id, "R", isDynamic: true, values:
        [
            ("name", name), ("user", user), ("mtu", "1500"), ("client-address", address),
            ("uptime", new TimeValue(TimeSpan.FromSeconds(seconds)).ToShortText()), ("encoding", "AES256-GCM"),
        ]);

    private void AddRoute(ulong id, string flags, string network, string gateway, int distance, bool isDynamic = true) =>
        _menus.Add("ip/route", id, flags, isDynamic, ("dst-address", network), ("routing-table", "main"), ("gateway", gateway),
            ("immediate-gw", gateway), ("distance", distance.ToString()), ("scope", "10"), ("target-scope", "5"));
}
