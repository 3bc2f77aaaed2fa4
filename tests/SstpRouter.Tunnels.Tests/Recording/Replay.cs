using System.Globalization;
using System.Net;
using SstpRouter.Ppp;
using SstpRouter.Sstp;
using SstpRouter.Tunnels.Recording;

namespace SstpRouter.Tunnels.Tests.Recording;

/// <summary>One line of a recording.</summary>
internal sealed record RecordedEvent(long Time, string Kind, string Details)
{
    /// <summary>The value of <c>name=value</c> in the details.</summary>
    public string Field(string name) => Details.Split(' ').Single(f => f.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..];

    public long Number(string name) => long.Parse(Field(name), CultureInfo.InvariantCulture);

    public string Text(string name) => Uri.UnescapeDataString(Field(name));

    public bool Flag(string name) => Field(name) == "yes";

    public IPAddress[] Addresses(string name) => [.. Field(name).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse)];

    /// <summary>The bytes behind the last blank, or all of them where they are parted by blanks.</summary>
    public byte[] Bytes() => Convert.FromHexString(Details.Replace(" ", "", StringComparison.Ordinal));
}

/// <summary>A recording, and the engines taken through it once more.</summary>
internal sealed class Replay
{
    private static readonly byte[] AnyIpPacket = [0x10, 0x00, 0x00, 0x08, 0xFF, 0x03, 0x00, 0x21];

    private readonly List<RecordedEvent> _events = [];

    public Replay(string recording)
    {
        string[] lines = recording.Split('\n')[..^1]; // what follows the last line end is a line that a crash has cut
        Assert.Equal(TunnelRecording.Version, lines[0]);
        foreach (string line in lines.Skip(1).Where(l => !l.StartsWith('#')))
        {
            string[] parts = line.Split(' ', 3);
            _events.Add(new RecordedEvent(long.Parse(parts[0], CultureInfo.InvariantCulture), parts[1], parts.ElementAtOrDefault(2) ?? ""));
        }
    }

    /// <summary>What came of it when it was recorded.</summary>
    public IReadOnlyList<string> Expected => [.. _events.Where(e => e.Kind == "expect").Select(e => $"{e.Time} {e.Details}")];

    public IReadOnlyList<RecordedEvent> Events => _events;

    /// <summary>All that the peer sent, in one piece.</summary>
    public byte[] Stream => [.. _events.Where(e => e.Kind == "read").SelectMany(e => e.Bytes())];

    /// <summary>The end, or where the recording breaks off.</summary>
    public string LastKind => _events[^1].Kind;

    /// <summary>Takes the engines through it.</summary>
    /// <param name="record">Begins a recording of the replay.</param>
    /// <param name="cut">Cuts what the peer sent at one time into chunks; null leaves it whole.</param>
    /// <returns>What came of it now.</returns>
    public IReadOnlyList<string> Run(Func<PppSessionOptions, TunnelRecording?>? record = null, Func<byte[], IEnumerable<byte[]>>? cut = null)
    {
        Station station = Make(new StationTools
        {
            SstpRandom = Draws("sstp "),
            PppRandom = Draws("ppp "),
            Record = record ?? (_ => null),
        });
        foreach (RecordedEvent happened in _events)
        {
            Feed(station, happened, cut ?? (bytes => [bytes]));
        }

        return station.Outcome;
    }

    /// <summary>A station that is what the recorded one was, with its randomness, and perhaps the password that was masked.</summary>
    public Station Reenact(string password, Action<Station, PppAuthenticationAttempt, long>? judge = null) =>
        Make(new StationTools { SstpRandom = Draws("sstp "), PppRandom = Draws("ppp ") }, password, judge);

    private Station Make(StationTools tools, string password = PppMask.Password, Action<Station, PppAuthenticationAttempt, long>? judge = null)
    {
        RecordedEvent ofPpp = _events.Single(e => e.Kind == "ppp");
        RecordedEvent ofCall = _events.Single(e => e.Kind is "client" or "server");
        PppSessionOptions ppp = PppOptions(ofPpp, ofCall.Kind == "client" ? PppRole.Client : PppRole.Server, password);
        return ofCall.Kind == "client"
            ? new Station(ClientOptions(ofCall), ppp, tools)
            : new Station(ServerOptions(ofCall), ppp, tools) { Judge = judge };
    }

    private static void Feed(Station station, RecordedEvent happened, Func<byte[], IEnumerable<byte[]>> cut)
    {
        switch (happened.Kind)
        {
            case "start":
                station.Start(happened.Time);
                break;
            case "read":
                foreach (byte[] chunk in cut(happened.Bytes()))
                {
                    station.Receive(chunk, happened.Time);
                }

                break;
            case "data":
                station.Receive(AnyIpPacket, happened.Time);
                break;
            case "tick":
                station.Tick(happened.Time);
                break;
            case "probe":
                station.Probe(happened.Time);
                break;
            case "grant":
                station.Grant(proof => Grant(happened, proof), [PppMask.Password, PppMask.OtherPassword], happened.Time);
                break;
            case "deny":
                station.Deny(happened.Time);
                break;
            case "close":
                station.HangUp(Enum.Parse<PppCloseReason>(happened.Details), happened.Time);
                break;
            case "lost":
                station.Lose(happened.Time);
                break;
            case "end":
                station.End(happened.Details, happened.Time);
                break;
            case "client" or "server" or "ppp" or "random" or "expect" or "cut":
                break;
            default:
                Assert.Fail($"what is {happened.Kind}?");
                break;
        }
    }

    private RandomFill Draws(string engine)
    {
        var draws = new Queue<byte[]>(_events
            .Where(e => e.Kind == "random" && e.Details.StartsWith(engine, StringComparison.Ordinal))
            .Select(e => Convert.FromHexString(e.Details[engine.Length..])));
        return bytes =>
        {
            Assert.True(draws.Count > 0, $"{engine}draws more random bytes than were recorded");
            byte[] drawn = draws.Dequeue();
            Assert.Equal(drawn.Length, bytes.Length);
            drawn.CopyTo(bytes);
        };
    }

    private static SstpClientOptions ClientOptions(RecordedEvent e) => new()
    {
        Host = e.Text("host"),
        CorrelationId = Guid.Parse(e.Field("correlation-id")),
        ServerCertificateDer = Convert.FromHexString(e.Field("certificate")),
        Supported = (SstpHashes)e.Number("hashes"),
        KeepaliveTimeout = e.Number("keepalive"),
        HttpTimeout = e.Number("http-timeout"),
        NegotiationTimeout = e.Number("negotiation-timeout"),
    };

    private static SstpServerOptions ServerOptions(RecordedEvent e) => new()
    {
        Certificates = [.. e.Field("certificates").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Convert.FromHexString)],
        Offered = (SstpHashes)e.Number("hashes"),
        KeepaliveTimeout = e.Number("keepalive"),
        HttpTimeout = e.Number("http-timeout"),
        NegotiationTimeout = e.Number("negotiation-timeout"),
    };

    private static PppSessionOptions PppOptions(RecordedEvent e, PppRole role, string password) => new()
    {
        Role = role,
        Mru = (ushort)e.Number("mru"),
        MaximumMtu = (ushort)e.Number("mtu"),
        Methods = (PppAuthenticationMethods)e.Number("methods"),
        UserName = e.Text("user"),
        Password = role == PppRole.Client ? password : "",
        ServerName = e.Text("server-name"),
        RequestDns = e.Flag("dns"),
        EnableIpv6 = e.Flag("ipv6"),
        InterfaceIdentifier = e.Field("identifier") is { Length: > 0 } id ? Convert.ToUInt64(id, 16) : null,
        FirstRequestDelay = e.Number("first-request-delay"),
    };

    private static PppGrant Grant(RecordedEvent e, PppAuthenticationProof proof) => new()
    {
        Proof = proof,
        LocalAddress = e.Addresses("local").FirstOrDefault(),
        RemoteAddress = e.Addresses("remote").FirstOrDefault(),
        DnsServers = e.Addresses("dns"),
        NbnsServers = e.Addresses("nbns"),
    };
}
