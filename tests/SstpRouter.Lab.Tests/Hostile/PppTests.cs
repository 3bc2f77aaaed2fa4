using System.Text;
using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests.Hostile;

/// <summary>PPP before and after the login: storms, loops, lengths that lie, and names that mean harm.</summary>
public sealed class PppTests(Fortress fortress) : IClassFixture<Fortress>
{
    private const int Storm = 400;

    private static readonly byte[] Poison = Encoding.UTF8.GetBytes("\0\u001B]0;x\u0007\r\nroot logged in\u202E\u2028\u0085");

    private static readonly Dictionary<string, Attack> Wave = new()
    {
        ["a storm of LCP requests"] = new(a => a.Connect().Send(Wire.Repeat(Wire.Control(Wire.Lcp, Wire.ConfReq, 1), Storm)), "too-many-frames"),
        ["endless Naks"] = new(a => Refuse(a, Wire.ConfNak, Wire.Hex("0506 00000000")), "negotiation-failed"),
        ["endless Rejects"] = new(a => Refuse(a, Wire.ConfRej, Wire.Hex("0104 05DC")), "negotiation-failed"),
        ["a Reject of authentication"] = new(a => Refuse(a, Wire.ConfRej, Wire.Hex("0305 C22381")), "authentication-failed"),
        ["EAP wanted by Nak"] = new(a => Refuse(a, Wire.ConfNak, Wire.Hex("0304 C227")), "authentication-failed"),
        ["a method wanted by Nak that is not allowed"] = new(WantsMd5, "authentication-failed"),
        ["an authentication protocol of 250 bytes"] = new(a => Refuse(a, Wire.ConfNak, [3, 252, .. new byte[250]]), "authentication-failed"),
        ["our own frames back"] = new(Mirror, "loopback-detected"),
        ["a storm of options of length 0"] = Options(Wire.Hex("0100")),
        ["a storm of options of length 1"] = Options(Wire.Hex("0101 05DC")),
        ["a storm of options past the end"] = Options(Wire.Hex("01FF 05DC")),
        ["a storm of 1,000 options"] = Options(Wire.Repeat(Wire.Hex("0702"), 1000)),
        ["a storm of lengths beyond the packet"] = new(a => a.Connect().Send(Wire.Repeat(Wire.Frame(Wire.Lcp, Wire.Hex("0101FFFF")), Storm)), "too-many-frames"),
        ["a storm of lengths below four"] = new(a => a.Connect().Send(Wire.Repeat(Wire.Frame(Wire.Lcp, Wire.Hex("01010000")), Storm)), "too-many-frames"),
        ["a storm of codes that nobody knows"] = new(Unknown, "too-many-frames"),
        ["a storm of Code-Rejects"] = new(a => a.Connect().Send(Wire.Repeat(Wire.Control(Wire.Lcp, 7, 1, Wire.Hex("0E010004")), Storm)), "too-many-frames"),
        ["a Code-Reject of a code that LCP needs"] = new(a => a.OpenLcp().Send(Wire.Control(Wire.Lcp, 7, 1, Wire.Hex("01010004"))), "protocol-error"),
        ["a storm of Identifications"] = new(a => a.Connect().Send(Wire.Repeat(Wire.Control(Wire.Lcp, 12, 1, new byte[300]), Storm)), "too-many-frames"),
        ["a storm of network protocols before the login"] = new(Early, "too-many-frames"),
        ["a storm of EAP"] = new(a => a.OpenLcp().Send(Wire.Repeat(Wire.Control(Wire.Eap, 2, 1, Wire.Hex("0D 80 FFFFFFFF 00")), Storm)), "too-many-frames"),
        ["a storm of frames without a protocol"] = new(a => a.Connect().Send(Wire.Repeat(Wire.Data(Wire.Hex("FF03 C0C0")), Storm)), "too-many-frames"),
        ["a Terminate-Request that would move the cursor"] = new(a => a.OpenLcp().Send(Wire.Control(Wire.Lcp, 5, 1, Poison)), "peer-request"),
        ["PAP with a name beyond the packet"] = new(a => a.OpenLcp().Send(Wire.Repeat(Wire.Control(Wire.Pap, 1, 1, Wire.Hex("FF 6161")), Storm)), "too-many-frames"),
        ["PAP with a password beyond the packet"] = new(a => a.OpenLcp().Send(Wire.Repeat(Wire.Control(Wire.Pap, 1, 1, Wire.Hex("01 61 FF 62")), Storm)), "too-many-frames"),
        ["PAP with names of 255 bytes"] = new(a => a.OpenLcp().Send(Wire.PapRequest(Wire.Repeat([0x61], 255), Wire.Repeat([0x62], 255))), "authentication-failed"),
        ["PAP with a NUL after the name"] = new(a => a.OpenLcp().Send(Wire.PapRequest(Wire.Ascii("intruder\0"), Wire.Ascii(Fortress.IntruderPassword))), "authentication-failed"),
        ["PAP with a NUL after the password"] = new(a => a.OpenLcp().Send(Wire.PapRequest(Wire.Ascii("intruder"), Wire.Ascii(Fortress.IntruderPassword + "\0"))), "authentication-failed"),
        ["PAP with a name that forges a line"] = new(a => a.OpenLcp().Send(Wire.PapRequest(Poison, [])), "authentication-failed"),
        ["PAP without name and password"] = new(a => a.OpenLcp().Send(Wire.PapRequest([], [])), "authentication-failed"),
        ["MS-CHAPv2 with a value beyond the packet"] = new(a => Respond(a, [0xFF, .. new byte[49]], Storm), "too-many-frames"),
        ["MS-CHAPv2 with a value of another length"] = new(a => Respond(a, [48, .. new byte[60]], Storm), "too-many-frames"),
        ["MS-CHAPv2 with a name of 3,900 bytes that forges a line"] = new(a => Respond(a, [49, .. new byte[49], .. Wire.Repeat(Poison, 200)[..3900]], 1), "authentication-failed"),
        ["MS-CHAPv2 without a name"] = new(a => Respond(a, [49, .. new byte[49]], 1), "authentication-failed"),
    };

    public static TheoryData<string> Rows => [.. Wave.Keys];

    [RootTheory]
    [MemberData(nameof(Rows))]
    public void Ends_with_a_named_reason(string row)
    {
        string line = fortress.Repels(Wave, row);

        Assert.InRange(line.Length, 10, 900);
        Assert.DoesNotContain(fortress.Log.Lines, l => l.Any(char.IsControl) || l.StartsWith("root", StringComparison.Ordinal) || l.Contains('\u202E', StringComparison.Ordinal));
    }

    [RootFact]
    public void A_bad_login_packet_is_dropped_and_the_right_one_still_counts()
    {
        using (Attacker attacker = fortress.NewAttacker())
        {
            attacker.OpenLcp().Send(Wire.Repeat(Wire.Control(Wire.Pap, 1, 1, Wire.Hex("FF 6161")), 20), Wire.Repeat(Wire.Control(Wire.Chap, 2, 1, Wire.Hex("31")), 20));
            attacker.Send(Wire.PapRequest(Wire.Ascii(Fortress.Intruder), Wire.Ascii(Fortress.IntruderPassword)));
            Assert.Equal(2, Wire.InformationOf(attacker.NextOf(Wire.Pap))[0]);
        }

        fortress.IsUnharmed();
    }

    [RootFact]
    public void Rejects_do_not_answer_rejects_and_come_in_a_bounded_number()
    {
        using (Attacker attacker = fortress.NewAttacker())
        {
            attacker.LogIn(Fortress.Intruder, Fortress.IntruderPassword);
            attacker.Send(Wire.Repeat(Wire.Control(0x80FD, 1, 1, Wire.Hex("1206 01000060")), Storm), Wire.Repeat(Wire.Frame(Wire.Multilink, Wire.Hex("80000001 0021 45")), Storm));
            attacker.Send(Wire.Repeat(Wire.Control(Wire.Lcp, 8, 1, Wire.Hex("80FD 0101 0004")), Storm), Wire.Repeat(Wire.Control(Wire.Lcp, 7, 1, Wire.Hex("0F010004")), Storm));
            attacker.Send(Wire.Control(Wire.Lcp, 9, 77, new byte[4]));
            int rejects = 0;
            byte[] information;
            while ((information = Wire.InformationOf(attacker.NextOf(Wire.Lcp)))[0] != 10)
            {
                rejects += information[0] is 7 or 8 ? 1 : 0;
            }

            Assert.Equal(77, information[1]);
            Assert.InRange(rejects, 1, 20);
        }

        fortress.IsUnharmed();
    }

    [RootFact]
    public void An_echo_is_never_longer_than_the_caller_takes()
    {
        using (Attacker attacker = fortress.NewAttacker())
        {
            attacker.LogIn(Fortress.Intruder, Fortress.IntruderPassword);
            attacker.Send(Wire.Control(Wire.Lcp, 12, 1, new byte[4000]), Wire.Control(Wire.Lcp, 13, 1, new byte[4000]), Wire.Control(Wire.Lcp, 9, 1, new byte[4080]));

            byte[] reply = Wire.InformationOf(attacker.NextOf(Wire.Lcp));

            Assert.Equal(10, reply[0]);
            Assert.Equal(1500, reply.Length);
        }

        fortress.IsUnharmed();
    }

    [RootFact]
    public void Packets_that_are_not_what_they_say_do_not_get_through()
    {
        using (Attacker attacker = fortress.NewAttacker())
        {
            attacker.LogIn(Fortress.Intruder, Fortress.IntruderPassword);
            attacker.Send(Wire.Frame(Wire.Ipv4, Wire.Hex("60")), Wire.Frame(Wire.Ipv4, []), Wire.Frame(Wire.Ipv4, Wire.Hex("45")), Wire.Frame(Wire.Ipv4, new byte[4080]));
            attacker.Send(Wire.Frame(Wire.Ipv4, Wire.Hex("4F00FFFF 00000000 40060000 0A000063 0A000001")), Wire.Frame(Wire.Ipv4, Wire.Hex("45000028 00000000 40060000 0A000063 0A000001 00010002 00000000 00000000 F0020000")));
            attacker.Send(Wire.Control(Wire.Lcp, 9, 5, new byte[4]));
            Assert.Equal(5, Wire.InformationOf(attacker.NextOf(Wire.Lcp))[1]);
        }

        fortress.IsUnharmed();
    }

    private static Attack Options(byte[] list) => new(a => a.Connect().Send(Wire.Repeat(Wire.Control(Wire.Lcp, Wire.ConfReq, 1, list), Storm)), "too-many-frames");

    /// <summary>Answers each request of the server's with the same refusal until it gives up.</summary>
    private static void Refuse(Attacker attacker, int code, byte[] options)
    {
        attacker.Connect().Send(Wire.Control(Wire.Lcp, Wire.ConfReq, 1));
        while (attacker.Next() is { } packet)
        {
            if (Wire.ProtocolOf(packet) != Wire.Lcp || Wire.InformationOf(packet) is not [Wire.ConfReq, byte identifier, ..])
            {
                continue;
            }

            attacker.Send(Wire.Control(Wire.Lcp, code, identifier, options));
        }
    }

    private static void WantsMd5(Attacker attacker)
    {
        var asked = new List<string>();
        attacker.Connect().Send(Wire.Control(Wire.Lcp, Wire.ConfReq, 1));
        while (attacker.Next() is { } packet)
        {
            if (Wire.ProtocolOf(packet) == Wire.Lcp && Wire.InformationOf(packet) is [Wire.ConfReq, byte identifier, ..])
            {
                asked.Add(Convert.ToHexString(packet));
                attacker.Send(Wire.Control(Wire.Lcp, Wire.ConfNak, identifier, Wire.Hex("0305 C22305")));
            }
        }

        Assert.Equal(2, asked.Count);
        Assert.DoesNotContain(asked, p => p.Contains("0305C22305", StringComparison.Ordinal));
    }

    private static void Mirror(Attacker attacker)
    {
        attacker.Connect();
        while (attacker.Next() is { } packet)
        {
            attacker.Send(packet);
        }
    }

    private static void Unknown(Attacker attacker)
    {
        attacker.Connect().Send(Wire.Repeat(Wire.Control(Wire.Lcp, 0x55, 1, new byte[1000]), Storm));
        Assert.InRange(attacker.Rest().Count(p => Wire.ProtocolOf(p) == Wire.Lcp && Wire.InformationOf(p)[0] == 7), 1, 20);
    }

    private static void Early(Attacker attacker)
    {
        attacker.OpenLcp().Send(Wire.Repeat(Wire.Control(Wire.Ipcp, Wire.ConfReq, 1, Wire.Hex("0306 00000000")), Storm));
        Assert.DoesNotContain(attacker.Rest(), p => Wire.ProtocolOf(p) == Wire.Ipcp || (Wire.ProtocolOf(p) == Wire.Lcp && Wire.InformationOf(p)[0] == 8));
    }

    private static void Respond(Attacker attacker, byte[] data, int times)
    {
        attacker.OpenLcp(pap: false);
        byte identifier = Wire.InformationOf(attacker.NextOf(Wire.Chap))[1];
        attacker.Send(Wire.Repeat(Wire.Control(Wire.Chap, 2, identifier, data), times));
    }
}
