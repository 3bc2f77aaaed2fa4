using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests.Hostile;

/// <summary>Every message in every state of a server's call: the matrix of [MS-SSTP] 3.1 and 3.3, and calls that end while they are read.</summary>
public sealed class StateTests(Fortress fortress) : IClassFixture<Fortress>
{
    private const string Unacceptable = "unacceptable-message";

    // By type of message, 1 to 9; what is acceptable in a state has no row.
    private static readonly string?[] RequestPending = [null, Unacceptable, Unacceptable, Unacceptable, "peer-aborted", "peer-request", Unacceptable, Unacceptable, Unacceptable];
    private static readonly string?[] ConnectedPending = [Unacceptable, Unacceptable, Unacceptable, "binding-missing", "peer-aborted", "peer-request", Unacceptable, Unacceptable, Unacceptable];

    private static readonly Dictionary<string, Attack> Wave = new(
        Rows("before the connect request", RequestPending, a => a.Http())
            .Concat(Rows("before the login", ConnectedPending, a => a.Connect()))
            .Concat(Rows("after LCP", ConnectedPending, a => a.OpenLcp())));

    private static readonly (int Type, string End)[] Connected =
    [
        (1, "the peer sent CALL_CONNECT_REQUEST in state Connected, which does not allow it"),
        (2, "the peer sent CALL_CONNECT_ACK in state Connected, which does not allow it"),
        (3, "the peer sent CALL_CONNECT_NAK in state Connected, which does not allow it"),
        (5, "the peer aborted the call and gave no status"),
        (6, "disconnected"),
        (7, "the peer sent CALL_DISCONNECT_ACK in state Connected, which does not allow it"),
        (0x0101, "the peer sent a malformed message 0x0101 of 8 bytes"),
    ];

    public static TheoryData<string> Matrix => [.. Wave.Keys];

    [RootTheory]
    [MemberData(nameof(Matrix))]
    public void Ends_with_a_named_reason(string row) => fortress.Repels(Wave, row);

    [RootFact]
    public void A_message_out_of_place_ends_a_connected_call_as_well()
    {
        foreach ((int type, string end) in Connected)
        {
            using Attacker attacker = fortress.NewAttacker();
            attacker.LogIn(Fortress.Intruder, Fortress.IntruderPassword);
            int before = fortress.Log.Count($"<sstp-intruder>: terminating... - {end}");

            attacker.Send(Wire.Message(type));

            // The answer, and no patience for the rest of the procedure.
            while (attacker.Next() is { } packet && Wire.TypeOf(packet) == 0)
            {
            }

            attacker.Reset();
            fortress.Log.WaitForLine($"<sstp-intruder>: terminating... - {end}", before + 1);
            fortress.AwaitTunnels(1);
        }

        fortress.IsUnharmed();
    }

    [RootFact]
    public void Calls_that_are_torn_down_while_they_are_read_leave_nothing()
    {
        // From one address: the log gets the first few, and a line that counts the rest.
        const int calls = 200;
        int before = fortress.Log.Lines.Length;
        byte[] all = [.. Wire.ConnectRequest, .. Wire.Control(Wire.Lcp, Wire.ConfReq, 1), .. Wire.Message(6), .. Wire.Hex("10010000")];
        using Attacker first = fortress.NewAttacker();
        first.Reset();
        Parallel.For(0, calls, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            using Attacker attacker = fortress.NewAttacker(first.Address);
            attacker.Tls().Send(Wire.Head);
            attacker.Send(all[..(i % (all.Length + 1))]);
            attacker.Reset();
        });

        string summary = $" more calls without a login from {first.Address}, the last: ";
        fortress.Log.WaitForLine(summary);
        string[] lines = fortress.Log.Lines[before..];
        Assert.InRange(lines.Length, 10, 100);
        Assert.Equal(10, lines.Count(l => l.Contains($"TCP connection established from {first.Address}", StringComparison.Ordinal)));
        Assert.Equal(10, lines.Count(l => l.Contains($": {first.Address}: ", StringComparison.Ordinal)));
        fortress.IsUnharmed();
    }

    private static IEnumerable<KeyValuePair<string, Attack>> Rows(string when, string?[] reasons, Action<Attacker> begin) => reasons
        .Select((reason, i) => (Type: i + 1, Reason: reason))
        .Where(r => r.Reason is not null)
        .Select(r => KeyValuePair.Create(
            $"message {r.Type} {when}",
            new Attack(
                attacker =>
                {
                    begin(attacker);
                    attacker.Send(Wire.Message(r.Type));
                },
                r.Reason!)));
}
