using SstpRouter.Sstp.Tests.Support;
using static SstpRouter.Sstp.SstpCallState;

namespace SstpRouter.Sstp.Tests;

/// <summary>Every message in every state, both roles ([MS-SSTP] 3.1.1.1, 3.2.5.3, 3.3.5.2).</summary>
public class StateTableTests
{
    private static readonly SstpCallState[] ClientStates =
    [
        ConnectRequestSent, ConnectAckReceived, Connected,
        AbortPending, AbortTimeoutPending, DisconnectAckPending, DisconnectTimeoutPending,
    ];

    private static readonly SstpCallState[] ServerStates =
    [
        ConnectRequestPending, CallConnectedPending, Connected,
        AbortPending, AbortTimeoutPending, DisconnectAckPending, DisconnectTimeoutPending,
    ];

    // abort: send CALL_ABORT, 3 s, AbortPending. answer: send CALL_ABORT, 1 s, AbortTimeoutPending.
    // Columns in the order of the states above.
    private static readonly string[] ClientTable =
    [
        "Request       abort   abort   abort  -      -  -          -",
        "Ack           ppp     abort   abort  -      -  -          -",
        "Nak           resend  abort   abort  -      -  -          -",
        "CallConnected abort   abort   abort  -      -  -          -",
        "Abort         answer  answer  answer abort2 -  answer     -",
        "Disconnect    ack     ack     ack    -      -  ack        -",
        "DisconnectAck abort   abort   abort  -      -  closed     -",
        "EchoRequest   abort   abort   echo   -      -  -          -",
        "EchoResponse  abort   abort   alive  -      -  -          -",
    ];

    private static readonly string[] ServerTable =
    [
        "Request       send-ack abort  abort  -      -  -          -",
        "Ack           abort    abort  abort  -      -  -          -",
        "Nak           abort    abort  abort  -      -  -          -",
        "CallConnected abort    keep   abort  -      -  -          -",
        "Abort         answer   answer answer abort2 -  answer     -",
        "Disconnect    ack      ack    ack    -      -  ack        -",
        "DisconnectAck abort    abort  abort  -      -  closed     -",
        "EchoRequest   abort    abort  echo   -      -  -          -",
        "EchoResponse  abort    abort  alive  -      -  -          -",
    ];

    public static TheoryData<string, SstpCallState, string> ClientRows => Rows(ClientTable, ClientStates);

    public static TheoryData<string, SstpCallState, string> ServerRows => Rows(ServerTable, ServerStates);

    [Theory]
    [MemberData(nameof(ClientRows))]
    public void Client_does_what_the_table_says(string message, SstpCallState state, string action) =>
        Check(server: false, message, state, action);

    [Theory]
    [MemberData(nameof(ServerRows))]
    public void Server_does_what_the_table_says(string message, SstpCallState state, string action) =>
        Check(server: true, message, state, action);

    private static void Check(bool server, string message, SstpCallState state, string action)
    {
        Conversation call = Conversation.In(state, server);
        long? deadline = call.Deadline;

        // Later than the state was entered, so that a timer that starts anew is told from one that runs on.
        call.At(500);
        string[] said = call.Receive(Bytes(message));

        string[] expected = action switch
        {
            "abort" or "answer" => [Conversation.Sent(Packets.AbortUnaccepted)],
            "ack" => [Conversation.Sent(Packets.DisconnectAck)],
            "ppp" => ["ppp may start"],
            "resend" => [Conversation.Sent(Packets.Request)],
            "send-ack" => [Conversation.Sent(Packets.Ack()), "ppp may start"],
            "echo" => [Conversation.Sent(Packets.EchoResponse)],
            "closed" => [Conversation.ClosedBy(SstpCloseReason.Disconnected)],
            _ => [],
        };
        (SstpCallState next, long? due) = action switch
        {
            "abort" => (AbortPending, 3_500),
            "answer" or "abort2" => (AbortTimeoutPending, 1_500),
            "ack" => (DisconnectTimeoutPending, 1_500),
            "ppp" => (ConnectAckReceived, 60_500),
            "resend" => (ConnectRequestSent, 60_500),
            "send-ack" => (CallConnectedPending, 60_500),
            "echo" or "alive" => (Connected, 60_500),
            "closed" => (Closed, (long?)null),
            _ => (state, deadline),
        };
        Assert.Equal(expected, said);
        Assert.Equal(next, call.Call.State);
        Assert.Equal(due, call.Deadline);
        Assert.Equal(action == "-" ? 1 : 0, call.Call.Counters.MessagesIgnored);
    }

    private static byte[] Bytes(string message) => message switch
    {
        "Request" => Packets.Request,
        "Ack" => Packets.Ack(),
        "Nak" => Packets.Nak,
        "CallConnected" => Packets.CallConnected,
        "Abort" => Packets.Abort(2, 7),
        "Disconnect" => Packets.Disconnect,
        "DisconnectAck" => Packets.DisconnectAck,
        "EchoRequest" => Packets.EchoRequest,
        "EchoResponse" => Packets.EchoResponse,
        _ => throw new ArgumentOutOfRangeException(nameof(message), message, "not a message"),
    };

    private static TheoryData<string, SstpCallState, string> Rows(string[] table, SstpCallState[] states)
    {
        var rows = new TheoryData<string, SstpCallState, string>();
        foreach (string line in table)
        {
            string[] cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(states.Length + 1, cells.Length);
            for (int i = 0; i < states.Length; i++)
            {
                rows.Add(cells[0], states[i], cells[i + 1]);
            }
        }

        return rows;
    }
}
