using System.Text;
using SstpRouter.Lab.Tests.Harness;
using SstpRouter.Linux;

namespace SstpRouter.Lab.Tests.Hostile;

/// <summary>A client that dials a server that means harm: a named end, another try, and nothing left in between.</summary>
public sealed class ServerTests(ServerTests.Network network) : IClassFixture<ServerTests.Network>
{
    private const string Address = "192.168.62.2";

    private static readonly byte[] Poisoned = Encoding.UTF8.GetBytes("\u001B[2J\r\nroot logged in\u202E\u2028");

    private static readonly Dictionary<string, (Action<HostileCall> Attack, string End)> Cases = new()
    {
        ["no TLS"] = (c => c.SendRaw(Wire.Ascii("SSH-2.0-trap\r\n")), "peer does not speak TLS"),
        ["no HTTP"] = (c => c.Tls().AwaitRequest().Send(Wire.Ascii("\u001B[2J\0\r\n\r\n")), "the server does not speak HTTP/1.1: its answer begins \"\\x1B[2J\\x00\""),
        ["an endless head"] = (c => Endless(c.Tls().AwaitRequest(), Wire.Ascii("HTTP/1.1 200\r\n"), Wire.Ascii("X-Y: zzzzzzzzzzzzzzzzzzzzzzzzzzzz\r\n")), "the HTTP reply is longer than 8192 bytes or 64 lines"),
        ["an endless line"] = (c => Endless(c.Tls().AwaitRequest(), Wire.Ascii("HTTP/1.1 200 "), Wire.Repeat([0x61], 1000)), "the HTTP reply is longer than 8192 bytes or 64 lines"),
        ["another status"] = (c => c.Tls().AwaitRequest().Send(Wire.Ascii("HTTP/1.1 302 Found\r\nLocation: https://elsewhere/\r\n\r\n")), "the server answered \"HTTP/1.1 302 Found\": there may be no SSTP server behind this address"),
        ["a packet of length 0"] = (c => c.Http().Send(new byte[100]), "what the peer sent is no SSTP packet: it begins 00000000"),
        ["a message of 4,095 bytes"] = (c => c.Http().Send([.. Wire.Hex("10010FFF 0002 FFFF"), .. new byte[4087]]), "the peer sent a malformed CALL_CONNECT_ACK of 4095 bytes"),
        ["an ACK that offers no hash"] = (c => c.Http().Send(Wire.Message(2, [.. Wire.Hex("00040028 00000000"), .. new byte[32]])), "the server offers the hash protocols none, this client takes sha1,sha256"),
        ["an ACK without a binding request"] = (c => c.Http().Send(Wire.Message(2)), "the server's CALL_CONNECT_ACK has no sound crypto binding request"),
        ["NAK for ever"] = (NakForEver, "the server refused the connect request 4 times"),
        ["data before the ACK"] = (c => Endless(c.Http(), [], Wire.Frame(Wire.Ipv4, new byte[1000])), "the peer sent more than 1000 frames before the call was connected"),
        ["data before the login"] = (c => Endless(c.Connect(), [], Wire.Frame(Wire.Ipv4, new byte[1000])), "the peer sent more than 1000 frames before the call was connected"),
        ["a storm of LCP requests"] = (c => Endless(c.Connect(), [], Wire.Control(Wire.Lcp, Wire.ConfReq, 1)), "too many frames"),
        ["a forged success"] = (Forge, "failed to authenticate ourselves to peer"),
        ["IPCP gives 127.0.0.1"] = (c => Give(c, "7F000001"), "server gave no address"),
        ["IPCP gives multicast"] = (c => Give(c, "E0000001"), "server gave no address"),
        ["IPCP gives 255.255.255.255"] = (c => Give(c, "FFFFFFFF"), "server gave no address"),
        ["IPCP gives nothing"] = (c => Give(c, "00000000"), "server gave no address"),
        ["PAP says no in a poisoned text"] = (Poison, "failed to authenticate ourselves to peer"),
        ["a Terminate-Request in a poisoned text"] = (c => c.Connect().Send(Wire.Control(Wire.Lcp, 5, 1, Poisoned)), "disconnected"),
        ["closed before TLS"] = (c => c.Dispose(), ""), // whichever of both closes or writes first
        ["closed after TLS"] = (c => c.Tls().AwaitRequest().Dispose(), "hungup"),
        ["closed after the ACK"] = (c => c.Connect().Dispose(), ""), // the same
    };

    public static TheoryData<string> Rows => [.. Cases.Keys];

    [RootTheory]
    [MemberData(nameof(Rows))]
    public void The_client_names_the_end_and_dials_again(string row)
    {
        string name = Name(row);
        Router branch = network.Routers!.Branch;

        branch.Program.WaitForLine($" {name}: disconnected");
        Await.Until(() => network.Servers[name].Calls > 0, () => $"nobody dialled {name}");

        Assert.Null(network.Servers[name].Failure);
        string[] log = branch.LogOf(name);
        Assert.StartsWith($"{name}: terminating... - {Cases[row].End}", log.First(l => l.Contains("terminating", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain(log, l => l.Any(char.IsControl) || l.Contains('\u202E', StringComparison.Ordinal) || l.Length > 600);
        branch.Program.WaitForLine($" {name}: initializing...", 2);
        Assert.False(branch.IsRunning(name));
    }

    [RootFact]
    public void Nothing_of_all_the_calls_is_left_once_they_are_given_up()
    {
        Router branch = network.Routers!.Branch;
        foreach (string row in Cases.Keys)
        {
            branch.Program.WaitForLine($" {Name(row)}: disconnected");
        }

        branch.Exec("/interface sstp-client set [find name~\"^case\"] disabled=yes");

        Await.Until(() => network.Descriptors().Length <= network.DescriptorsBefore.Length, () => $"left over: {string.Join('\n', network.Descriptors())}\nbefore:{string.Join('\n', network.DescriptorsBefore)}");
        Assert.DoesNotContain(branch.Host.KernelInterfaces(), n => n.Contains("case", StringComparison.Ordinal));
        Assert.Equal(0, branch.Program.Count("critical"));
        branch.Ping("10.0.0.1");
        Assert.Equal(1, branch.Program.Count(" sstp-out1: connected"));
        branch.Exec("/interface sstp-client set [find name~\"^case\"] disabled=no");
    }

    [SlowFact]
    public void A_server_that_falls_silent_is_given_up_whatever_came_before()
    {
        (string Name, Action<HostileCall> Attack, string Cause)[] silences =
        [
            ("tcp", _ => { }, "TLS handshake"),
            ("tls", c => c.Tls(), "did not answer the HTTP request in time"),
            ("http", c => c.Http(), "did not answer CALL_CONNECT_REQUEST in time"),
            ("ack", c => c.Connect(), "peer is not responding"),
            ("lcp", c => c.OpenLcp(Wire.Hex("0305 C22381")), "authentication took too long"),
        ];
        Router branch = network.Routers!.Branch;
        var servers = new List<HostileServer>();
        foreach ((string name, Action<HostileCall> attack, string _) in silences)
        {
            servers.Add(new HostileServer(network.Routers.Hq.Host, 9000 + servers.Count, attack));
            branch.Exec($"/interface sstp-client add name=silent-{name} connect-to={Address}:{8999 + servers.Count} user=u password=p disabled=no");
        }

        foreach ((string name, Action<HostileCall> _, string cause) in silences)
        {
            // The client gives a server 75 s for the handshake.
            Await.Until(
                () => branch.LogOf($"silent-{name}").Any(l => l.Contains(cause, StringComparison.Ordinal)),
                TimeSpan.FromSeconds(120),
                () => string.Join('\n', branch.LogOf($"silent-{name}")));
        }

        branch.Exec("/interface sstp-client remove [find name~\"^silent\"]");
        servers.ForEach(s => s.Dispose());
    }

    private static string Name(string row) => $"case{Array.IndexOf([.. Cases.Keys], row)}";

    private static void Endless(HostileCall call, byte[] first, byte[] again)
    {
        call.Send(first);
        while (true)
        {
            call.Send(Wire.Repeat(again, 10));
        }
    }

    private static void NakForEver(HostileCall call)
    {
        call.Http();
        while (true)
        {
            call.Next();
            call.Send(Wire.Hex("10010014 0003 0001 0002000C 00000001 00000004"));
        }
    }

    // An MS-CHAPv2 Success without the signature that proves the knowledge of the password.
    private static void Forge(HostileCall call)
    {
        call.OpenLcp(Wire.Hex("0305 C22381")).Send(Wire.Control(Wire.Chap, 1, 7, [16], new byte[16], Wire.Ascii("trap")));
        byte identifier = Wire.InformationOf(call.NextOf(Wire.Chap))[1];
        call.Send(Wire.Control(Wire.Chap, 3, identifier, Wire.Ascii("S=" + new string('0', 40) + " M=welcome")));
    }

    private static void Poison(HostileCall call)
    {
        call.OpenLcp(Wire.PapOption);
        byte identifier = Wire.InformationOf(call.NextOf(Wire.Pap))[1];
        call.Send(Wire.Control(Wire.Pap, 3, identifier, [(byte)Poisoned.Length], Poisoned));
    }

    // Naks the client's address with a bad one, and acknowledges whatever it asks for then.
    private static void Give(HostileCall call, string address)
    {
        call.LogIn();
        for (int i = 0; ;)
        {
            byte[] packet = call.Next();
            byte[] information = packet[8..];
            if (Wire.ProtocolOf(packet) == Wire.Ipv6cp)
            {
                call.Send(Wire.Control(Wire.Lcp, 8, 1, Wire.Hex("8057"), information));
            }
            else if (Wire.ProtocolOf(packet) == Wire.Ipcp && information[0] == Wire.ConfReq)
            {
                call.Send(i++ == 0
                    ? Wire.Control(Wire.Ipcp, Wire.ConfNak, information[1], Wire.Hex("0306" + address))
                    : Wire.Control(Wire.Ipcp, Wire.ConfAck, information[1], information[4..]));
            }
        }
    }

    public sealed class Network : IDisposable
    {
        public Network()
        {
            if (ProcessControl.EffectiveUserId != 0)
            {
                return;
            }

            Routers = new TwoRouters();
            Routers.Dial();
            Routers.Branch.Exec(":put [/system identity get name]");
            DescriptorsBefore = Descriptors();
            foreach ((string row, (Action<HostileCall> attack, string _)) in Cases)
            {
                string name = Name(row);
                int port = 8000 + Servers.Count;
                Servers[name] = new HostileServer(Routers.Hq.Host, port, attack);
                Routers.Branch.Exec($"/interface sstp-client add name={name} connect-to={Address}:{port} user=u password=p disabled=no");
            }
        }

        internal TwoRouters? Routers { get; }

        internal Dictionary<string, HostileServer> Servers { get; } = [];

        internal string[] DescriptorsBefore { get; } = [];

        internal string[] Descriptors() => ProcessTable.Descriptors(Routers!.Branch.Program.Id);

        public void Dispose()
        {
            Routers?.Dispose();
            foreach (HostileServer server in Servers.Values)
            {
                server.Dispose();
            }
        }
    }
}
