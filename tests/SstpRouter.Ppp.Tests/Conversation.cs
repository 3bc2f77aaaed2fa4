using System.Net;

namespace SstpRouter.Ppp.Tests;

/// <summary>A session, the clock it lives by, and a script of what it must say to what it hears.</summary>
internal sealed class Conversation
{
    internal const string ClientLcpRequest = "0104 05DC 0506 11111111";
    internal const string ServerLcpRequest = "0104 05DC 0305 C22381 0506 11111111";

    private readonly List<PppOutput> _unread = [];
    private byte _randomCalls;

    internal Conversation(PppSessionOptions options, RandomFill? random = null)
    {
        Session = new PppSession(options, random ?? Fill);
    }

    internal PppSession Session { get; }

    internal long Now { get; private set; }

    internal List<string> Traces { get; } = [];

    internal static PppSessionOptions ClientOptions { get; } = new()
    {
        Role = PppRole.Client,
        UserName = "User",
        Password = "clientPass",
        EnableIpv6 = false,
    };

    internal static PppSessionOptions ServerOptions { get; } = new() { Role = PppRole.Server, EnableIpv6 = false };

    internal static string Lcp(int code, int id, string data = "") => Packet(PppFrame.Lcp, code, id, data);

    internal static string Pap(int code, int id, string data = "") => Packet(PppFrame.Pap, code, id, data);

    internal static string Chap(int code, int id, string data = "") => Packet(PppFrame.Chap, code, id, data);

    internal static string Ipcp(int code, int id, string data = "") => Packet(PppFrame.Ipcp, code, id, data);

    internal static string Ipv6cp(int code, int id, string data = "") => Packet(PppFrame.Ipv6cp, code, id, data);

    internal static string Packet(int protocol, int code, int id, string data)
    {
        string bytes = data.Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
        return $"FF03{protocol:X4}{code:X2}{id:X2}{4 + (bytes.Length / 2):X4}{bytes}";
    }

    internal static string Ascii(string text) => Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(text));

    internal static byte[] Bytes(string hex) =>
        Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal));

    internal Conversation Start()
    {
        Session.Start(Now);
        Drain();
        return this;
    }

    /// <summary>The peer sends a frame, and the session must send exactly these.</summary>
    internal Conversation Hears(string frame, params string[] answers)
    {
        Session.Receive(Bytes(frame), Now);
        Drain();
        return Says(answers);
    }

    /// <summary>What was said so far does not matter; the peer sends a frame, and what it brings is asked later.</summary>
    internal Conversation IsTold(string frame)
    {
        TakesFrames();
        Session.Receive(Bytes(frame), Now);
        Drain();
        return this;
    }

    /// <summary>The session has sent exactly these frames since the last question.</summary>
    internal Conversation Says(params string[] frames)
    {
        string[] sent = [.. _unread.OfType<PppOutput.Frame>().Select(frame => Convert.ToHexString(frame.Bytes))];
        _unread.RemoveAll(output => output is PppOutput.Frame);
        Assert.Equal(frames, sent);
        return this;
    }

    /// <summary>Takes the one output of this kind.</summary>
    internal T Takes<T>()
        where T : PppOutput
    {
        T output = Assert.Single(_unread.OfType<T>());
        _unread.Remove(output);
        return output;
    }

    /// <summary>Takes every frame that was sent since the last question.</summary>
    internal byte[][] TakesFrames()
    {
        byte[][] frames = [.. _unread.OfType<PppOutput.Frame>().Select(frame => frame.Bytes)];
        _unread.RemoveAll(output => output is PppOutput.Frame);
        return frames;
    }

    internal Conversation HasNothing<T>()
        where T : PppOutput
    {
        Assert.Empty(_unread.OfType<T>());
        return this;
    }

    /// <summary>The kinds of outputs since the last question, in their order, without traces.</summary>
    internal string[] Kinds()
    {
        string[] kinds = [.. _unread.Select(output => output.GetType().Name)];
        _unread.Clear();
        return kinds;
    }

    /// <summary>The clock goes on, and the session is woken at each of its deadlines.</summary>
    internal Conversation At(long time)
    {
        while (Session.NextDeadline <= time)
        {
            Assert.True(Session.NextDeadline > Now, "a deadline must lie ahead");
            Now = Session.NextDeadline;
            Session.Tick(Now);
            Drain();
        }

        Now = time;
        return this;
    }

    internal Conversation Does(Action<PppSession> action)
    {
        action(Session);
        Drain();
        return this;
    }

    internal Conversation Closes(PppCloseReason reason)
    {
        PppOutput.Closed closed = Takes<PppOutput.Closed>();
        Assert.Equal(reason, closed.Reason);
        Assert.Equal(PppPhase.Dead, Session.Phase);
        Assert.Equal(long.MaxValue, Session.NextDeadline);
        return this;
    }

    /// <summary>LCP opens; the peer's request is <paramref name="request"/>.</summary>
    internal Conversation OpensLcp(string own, string request = "0104 05DC")
    {
        Start().Says(Lcp(1, 1, own));
        Session.Receive(Bytes(Lcp(1, 9, request)), Now);
        Session.Receive(Bytes(Lcp(2, 1, own)), Now);
        Drain();
        string[] sent = [.. _unread.OfType<PppOutput.Frame>().Select(frame => Convert.ToHexString(frame.Bytes))];
        Assert.Equal(Lcp(2, 9, request), sent[0]);
        _unread.RemoveAll(output => output is PppOutput.Frame frame && Convert.ToHexString(frame.Bytes) == sent[0]);
        return this;
    }

    /// <summary>A server that authenticated a PAP client and granted it these addresses.</summary>
    internal static Conversation ServerInNetworkPhase(
        PppSessionOptions? options = null,
        string? remote = "10.0.0.5",
        string[]? dns = null,
        string[]? nbns = null)
    {
        options ??= ServerOptions;
        var server = new Conversation(options with { Methods = PppAuthenticationMethods.Pap });
        server.OpensLcp("0104 05DC 0304 C023 0506 11111111").Hears(Pap(1, 1, "0455736572 0A" + Ascii("clientPass")));
        PppAuthenticationAttempt attempt = server.Takes<PppOutput.AuthenticationRequested>().Attempt;
        server.Does(session => session.Grant(
            new PppGrant
            {
                Proof = attempt.Verify("clientPass")!,
                LocalAddress = remote is null ? null : IPAddress.Parse("10.0.0.1"),
                RemoteAddress = remote is null ? null : IPAddress.Parse(remote),
                DnsServers = [.. (dns ?? []).Select(IPAddress.Parse)],
                NbnsServers = [.. (nbns ?? []).Select(IPAddress.Parse)],
            },
            server.Now));
        server.Takes<PppOutput.Authenticated>();
        return server;
    }

    /// <summary>A client whose server asked for no authentication.</summary>
    internal static Conversation ClientInNetworkPhase(PppSessionOptions? options = null)
    {
        var client = new Conversation(options ?? ClientOptions);
        client.OpensLcp(ClientLcpRequest);
        Assert.Equal(PppAuthenticationMethods.None, client.Takes<PppOutput.Authenticated>().Result.Method);
        return client;
    }

    // The n-th call gives bytes of n times 11: each value in a test says where it came from.
    private void Fill(Span<byte> destination)
    {
        _randomCalls++;
        destination.Fill((byte)(_randomCalls * 0x11));
    }

    private void Drain()
    {
        while (Session.TryTake(out PppOutput? output))
        {
            if (output is PppOutput.Trace trace)
            {
                Traces.Add(trace.Text);
            }
            else
            {
                _unread.Add(output);
            }
        }
    }
}
