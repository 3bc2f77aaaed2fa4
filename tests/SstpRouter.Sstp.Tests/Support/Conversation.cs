using System.Globalization;
using System.Text;

namespace SstpRouter.Sstp.Tests.Support;

/// <summary>One call under test and everything it said, in virtual time.</summary>
internal sealed class Conversation(SstpCall call)
{
    // A monotonic clock may begin anywhere.
    private const long Origin = -7_000;

    private byte[] _rest = [];

    public SstpCall Call { get; } = call;

    /// <summary>Whether every frame that comes is taken for the end of PPP's authentication.</summary>
    public bool AuthenticatesByFrame { get; set; }

    /// <summary>Milliseconds since the conversation began.</summary>
    public long Elapsed { get; private set; }

    /// <summary>When the call wants to be woken, in the same terms; null is never.</summary>
    public long? Deadline => Call.NextDeadline == long.MaxValue ? null : Call.NextDeadline - Origin;

    public List<string> Frames { get; } = [];

    public List<string> Traces { get; } = [];

    public SstpOutput.Closed? Closed { get; private set; }

    private long Now => Origin + Elapsed;

    public static Conversation Client(SstpClientOptions? options = null) =>
        new(new SstpClientCall(options ?? ClientOptions, FillInOrder));

    public static Conversation Server(SstpServerOptions? options = null) =>
        new(new SstpServerCall(options ?? ServerOptions, FillInOrder));

    public static SstpClientOptions ClientOptions => new()
    {
        Host = "vpn.example.com",
        CorrelationId = Guid.Parse("6b29fc40-ca47-1067-b31d-00dd010662da", CultureInfo.InvariantCulture),
        ServerCertificateDer = Packets.Certificate,
    };

    public static SstpServerOptions ServerOptions => new() { Certificates = [Packets.Certificate] };

    /// <summary>A live state of a call with the default options, its outputs taken.</summary>
    public static Conversation In(SstpCallState state, bool server)
    {
        Conversation conversation = server ? Server() : Client();
        conversation.Start();
        conversation.Receive(server ? Packets.HttpRequest : Packets.HttpOk);
        if (state is SstpCallState.ConnectRequestSent or SstpCallState.ConnectRequestPending)
        {
            return conversation;
        }

        conversation.Receive(server ? Packets.Request : Packets.Ack());
        if (state is SstpCallState.ConnectAckReceived or SstpCallState.CallConnectedPending)
        {
            return conversation;
        }

        conversation.Authenticated();
        conversation.Receive(server ? Packets.CallConnected : []);
        switch (state)
        {
            case SstpCallState.AbortPending:
                conversation.Receive(Packets.DisconnectAck);
                break;
            case SstpCallState.AbortTimeoutPending:
                conversation.Receive(Packets.Abort(2, 7));
                break;
            case SstpCallState.DisconnectAckPending:
                conversation.Disconnect();
                break;
            case SstpCallState.DisconnectTimeoutPending:
                conversation.Receive(Packets.Disconnect);
                break;
            default:
                break;
        }

        Assert.Equal(state, conversation.Call.State);
        return conversation;
    }

    public static string Sent(byte[] bytes) => $"send {Convert.ToHexString(bytes)}";

    public static string SentText(string text) => Sent(Encoding.ASCII.GetBytes(text));

    public static string ClosedBy(SstpCloseReason reason, bool graceful = true) =>
        $"closed {reason}{(graceful ? "" : " at once")}";

    public static void FillInOrder(Span<byte> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = (byte)i;
        }
    }

    public string[] Start()
    {
        Call.Start(Now);
        return Take();
    }

    public string[] Receive(params byte[][] pieces)
    {
        var said = new List<string>();
        _rest = Packets.Concat([_rest, .. pieces]);
        ReadOnlySpan<byte> input = _rest;
        while (Call.TryRead(ref input, Now, out ReadOnlySpan<byte> frame))
        {
            said.AddRange(Take());
            Frames.Add(Convert.ToHexString(frame));
            said.AddRange(AuthenticatesByFrame ? Authenticated() : []);
        }

        _rest = input.ToArray();
        said.AddRange(Take());
        return [.. said];
    }

    /// <summary>Lets the time come and wakes the call once.</summary>
    public string[] At(long elapsed)
    {
        Elapsed = elapsed;
        Call.Tick(Now);
        return Take();
    }

    public string[] Authenticated(byte[]? hlak = null)
    {
        Call.Authenticated(hlak ?? Packets.Hlak, Now);
        return Take();
    }

    public string[] Probe()
    {
        Call.Probe();
        return Take();
    }

    public string[] Disconnect()
    {
        Call.Disconnect(Now);
        return Take();
    }

    public string[] TransportClosed()
    {
        Call.TransportClosed(Now);
        return Take();
    }

    private string[] Take()
    {
        var said = new List<string>();
        while (Call.TryTake(out SstpOutput? output))
        {
            Assert.Null(Closed);
            switch (output)
            {
                case SstpOutput.Send send:
                    said.Add(Sent(send.Bytes));
                    break;
                case SstpOutput.PppMayStart:
                    said.Add("ppp may start");
                    break;
                case SstpOutput.Connected:
                    said.Add("connected");
                    break;
                case SstpOutput.KeepaliveProbe:
                    said.Add("probe");
                    break;
                case SstpOutput.Closed closed:
                    Closed = closed;
                    said.Add(ClosedBy(closed.Reason, closed.Graceful));
                    break;
                case SstpOutput.Trace trace:
                    Traces.Add(trace.Text);
                    break;
                default:
                    Assert.Fail($"unknown output {output}");
                    break;
            }
        }

        return [.. said];
    }
}
