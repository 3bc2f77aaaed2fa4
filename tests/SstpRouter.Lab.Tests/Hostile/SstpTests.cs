using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests.Hostile;

/// <summary>SSTP packets and messages that are wrong in themselves, and the crypto binding.</summary>
public sealed class SstpTests(Fortress fortress) : IClassFixture<Fortress>
{
    private const int Abort = 5;

    private static readonly Dictionary<string, Attack> Wave = new()
    {
        ["length 0"] = new(a => a.Http().Send(Wire.Hex("10000000")), "malformed-packet"),
        ["length 1"] = new(a => a.Http().Send(Wire.Hex("10000001")), "malformed-packet"),
        ["length 2"] = new(a => a.Http().Send(Wire.Hex("10000002")), "malformed-packet"),
        ["length 3"] = new(a => a.Http().Send(Wire.Hex("10000003")), "malformed-packet"),
        ["length 0 of a message"] = new(a => a.Http().Send(Wire.Hex("10010000")), "malformed-packet"),
        ["length 4 of a message"] = new(a => a.Http().Send(Wire.Hex("10010004")), "malformed-packet"),
        ["length 7 of a message"] = new(a => a.Http().Send(Wire.Hex("10010007 000100")), "malformed-packet"),
        ["version 0.0"] = new(a => a.Http().Send(Wire.Hex("0001000E 0001 0001 00010006 0001")), "malformed-packet"),
        ["version 2.0"] = new(a => a.Http().Send(Wire.Hex("2001000E 0001 0001 00010006 0001")), "malformed-packet"),
        ["version 1.1"] = new(a => a.Http().Send(Wire.Hex("1101000E 0001 0001 00010006 0001")), "malformed-packet"),
        ["zeros"] = new(a => a.Http().Send(new byte[4096]), "malformed-packet"),
        ["length 0 after LCP has begun"] = new(a => a.OpenLcp().Send(Wire.Hex("10000000")), "malformed-packet"),
        ["no attributes announced"] = new(a => a.Http().Send(Wire.Hex("1001000E 0001 0000 00010006 0001")), "malformed-message"),
        ["one attribute too many announced"] = new(a => a.Http().Send(Wire.Hex("1001000E 0001 0002 00010006 0001")), "malformed-message"),
        ["65,535 attributes announced"] = new(a => a.Http().Send(Wire.Hex("1001000E 0001 FFFF 00010006 0001")), "malformed-message"),
        ["an attribute of length 0"] = new(a => a.Http().Send(Wire.Hex("1001000E 0001 0001 00010000 0001")), "malformed-message"),
        ["an attribute of length 3"] = new(a => a.Http().Send(Wire.Hex("1001000E 0001 0001 00010003 0001")), "malformed-message"),
        ["an attribute past the end"] = new(a => a.Http().Send(Wire.Hex("1001000E 0001 0001 00010007 0001")), "malformed-message"),
        ["an attribute of length 4,095"] = new(a => a.Http().Send(Wire.Hex("1001000E 0001 0001 00010FFF 0001")), "malformed-message"),
        ["bytes after the last attribute"] = new(a => a.Http().Send(Wire.Hex("10010010 0001 0001 00010006 0001 0000")), "malformed-message"),
        ["message type 0"] = new(a => a.Http().Send(Wire.Message(0)), "malformed-message"),
        ["message type 10"] = new(a => a.Http().Send(Wire.Message(10)), "malformed-message"),
        ["message type 65,535"] = new(a => a.Http().Send(Wire.Message(0xFFFF)), "malformed-message"),
        ["a message of 4,095 bytes"] = new(a => a.Http().Send([.. Wire.Hex("10010FFF 0001 0001 0001 0006 0001"), .. new byte[4081]]), "malformed-message"),
        ["1,021 attributes"] = new(a => a.Http().Send(Wire.Hex("10010FFC 0001 03FD"), Wire.Repeat(Wire.Hex("00630004"), 1021), Wire.Hex("20010008")), "malformed-packet"),
        ["the protocol twice"] = Refused(Wire.Message(1, Wire.Hex("00010006 0001"), Wire.Hex("00010006 0001")), 1),
        ["an attribute that nobody knows"] = Refused(Wire.Message(1, Wire.Hex("00010006 0001"), Wire.Hex("00630008 41424344")), 2),
        ["a protocol of one byte"] = Refused(Wire.Message(1, Wire.Hex("00010005 01")), 3),
        ["another protocol than PPP"] = Refused(Wire.Message(1, Wire.Hex("00010006 0002")), 4),
        ["no protocol"] = Refused(Wire.Message(1), 10),
        ["two bindings before the login"] = new(a => a.OpenLcp().Send(Wire.Repeat(a.CallConnected(), 1000)), "unacceptable-message"),
        ["a binding of length 8"] = WithoutBinding(Wire.Message(4, Wire.Hex("00030008 00000002"))),
        ["a binding that is another attribute"] = WithoutBinding(Wire.Message(4, [.. Wire.Hex("00040068"), .. new byte[100]])),
        ["two bindings in one message"] = WithoutBinding(Wire.Message(4, [.. Wire.Hex("00030068"), .. new byte[100]], [.. Wire.Hex("00030068"), .. new byte[100]])),
        ["no binding"] = WithoutBinding(Wire.Message(4)),
        ["a binding with another hash"] = Mismatch(15),
        ["a binding with another nonce"] = Mismatch(16),
        ["a binding with another certificate"] = Mismatch(48),
        ["a binding with another MAC"] = Mismatch(80),
        ["a binding whose MAC differs in its last bit"] = Mismatch(111, 0x01),
        ["data frames before the call is connected"] = new(
            attacker =>
            {
                byte[] packet = Wire.Frame(Wire.Ipv4, new byte[1000]);
                attacker.Connect().Send(Wire.Repeat(packet, 1000));
                attacker.Send(packet, packet);
                Assert.Single(attacker.Rest(), p => Wire.TypeOf(p) == Abort);
            },
            "too-many-early-frames"),
        ["messages after our abort"] = new(
            attacker =>
            {
                attacker.Http().Send(Wire.Message(9));
                Assert.Equal(Abort, Wire.TypeOf(attacker.Next()!));
                attacker.Send(Wire.Repeat(Wire.Message(9), 100), Wire.Repeat(Wire.Message(0x1234), 100));
                attacker.Send(Wire.Repeat(Wire.Message(Abort), 100), Wire.Repeat(Wire.Message(6), 100), Wire.Repeat(Wire.Message(7), 100));
                Assert.Empty(attacker.Rest());
            },
            "unacceptable-message"),
        ["an abort a hundred times"] = new(
            attacker =>
            {
                attacker.Http().Send(Wire.Repeat(Wire.Message(Abort), 100));
                Assert.Equal(Abort, Wire.TypeOf(Assert.Single(attacker.Rest())));
            },
            "peer-aborted"),
    };

    public static TheoryData<string> Rows => [.. Wave.Keys];

    [RootTheory]
    [MemberData(nameof(Rows))]
    public void Ends_with_a_named_reason(string row) => fortress.Repels(Wave, row);

    [RootFact]
    public void Reserved_bits_are_ignored()
    {
        using Attacker attacker = fortress.NewAttacker();
        attacker.Http().Send(Wire.Hex("10FFF00E 0001 0001 FF01F006 0001"));

        Assert.Equal(2, Wire.TypeOf(attacker.Next()!));
        attacker.Reset();
        fortress.Names(attacker.Address, "connection-lost");
        fortress.IsUnharmed();
    }

    [RootFact]
    public void A_caller_who_sends_byte_by_byte_gets_in()
    {
        using (Attacker attacker = fortress.NewAttacker())
        {
            attacker.Dribbles = true;
            attacker.LogIn(Fortress.Intruder, Fortress.IntruderPassword);
            fortress.Log.WaitForLine($"logged in, 10.0.0.99 from {attacker.Address}");
        }

        fortress.IsUnharmed();
    }

    [RootFact]
    public void The_binding_of_one_call_is_worth_nothing_in_another()
    {
        byte[] stolen;
        using (Attacker first = fortress.NewAttacker())
        {
            first.LogIn(Fortress.Intruder, Fortress.IntruderPassword);
            stolen = first.CallConnected();
        }

        fortress.Repels(a => SendBinding(a.OpenLcp(), stolen), "binding-mismatch");
    }

    [RootFact]
    public void A_binding_that_comes_early_waits_for_the_login()
    {
        using (Attacker attacker = fortress.NewAttacker())
        {
            attacker.OpenLcp().Send(attacker.CallConnected(), Wire.PapRequest(Wire.Ascii(Fortress.Intruder), Wire.Ascii(Fortress.IntruderPassword)));
            attacker.NextOf(Wire.Ipcp);
            fortress.Log.WaitForLine($"logged in, 10.0.0.99 from {attacker.Address}");
        }

        fortress.IsUnharmed();
    }

    [RootFact]
    public void A_binding_is_never_checked_twice()
    {
        using Attacker attacker = fortress.NewAttacker();
        attacker.LogIn(Fortress.Intruder, Fortress.IntruderPassword);

        attacker.Send(attacker.CallConnected());

        attacker.AwaitClosed(Fortress.Promptly);
        fortress.Log.WaitForLine("<sstp-intruder>: terminating... - the peer sent CALL_CONNECTED in state Connected, which does not allow it");
        fortress.IsUnharmed();
    }

    [RootFact]
    public void A_caller_who_asks_for_echoes_and_never_reads_stops_being_read()
    {
        using Attacker attacker = fortress.NewAttacker();
        attacker.LogIn(Fortress.Intruder, Fortress.IntruderPassword);

        long sent = attacker.SendUntilStuck(Wire.Repeat(Wire.Message(8), 2_000), TimeSpan.FromSeconds(3));

        Assert.InRange(sent, 1, 200_000_000);
        Assert.InRange(fortress.ResidentKilobytes(), 0, fortress.Memory + Fortress.RoomToGrow);
        attacker.Reset();
        fortress.Log.WaitForLine("intruder logged out, ");
        fortress.IsUnharmed();
    }

    private static void SendBinding(Attacker attacker, byte[] binding)
    {
        attacker.Send(Wire.PapRequest(Wire.Ascii(Fortress.Intruder), Wire.Ascii(Fortress.IntruderPassword)));
        attacker.NextOf(Wire.Pap);
        attacker.Send(binding);
    }

    private static Attack Refused(byte[] request, byte status) => new(
        attacker =>
        {
            attacker.Http();
            for (int i = 0; i < 3; i++)
            {
                attacker.Send(request);
                byte[] nak = attacker.Next()!;
                Assert.Equal(3, Wire.TypeOf(nak));
                Assert.Equal(status, nak[19]);
            }

            attacker.Send(request);
            Assert.Equal(Abort, Wire.TypeOf(attacker.Next()!));
        },
        "nak-retry-exceeded");

    private static Attack WithoutBinding(byte[] connected) => new(
        attacker =>
        {
            attacker.OpenLcp().Send(connected);
            Assert.Single(attacker.Rest(), p => Convert.ToHexString(p) == "10010014000500010002000C0000000200000009");
        },
        "binding-missing");

    // Whatever is wrong, the peer is told the same.
    private static Attack Mismatch(int at, byte flip = 0xFF) => new(
        attacker =>
        {
            attacker.OpenLcp();
            byte[] binding = attacker.CallConnected();
            binding[at] ^= flip;
            SendBinding(attacker, binding);
            Assert.Single(attacker.Rest(), p => Convert.ToHexString(p) == "10010014000500010002000C0000000300000004");
        },
        "binding-mismatch");
}
