using System.Globalization;
using System.Text;
using SstpRouter.Ppp;
using SstpRouter.Sstp;
using SstpRouter.Tunnels.Recording;

namespace SstpRouter.Tunnels.Tests.Recording;

/// <summary>What is recorded replays to the same outcome, and holds no secret.</summary>
public sealed class RecordingTests
{
    private static readonly int Cases = int.Parse(Environment.GetEnvironmentVariable("SSTP_ROUTER_CASES") ?? "8", CultureInfo.InvariantCulture);

    private readonly List<StringBuilder> _files = [];

    public static TheoryData<PppAuthenticationMethods> Methods =>
        [PppAuthenticationMethods.Pap, PppAuthenticationMethods.Chap, PppAuthenticationMethods.MsChap1, PppAuthenticationMethods.MsChap2];

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_call_from_dial_to_hang_up_replays_however_its_stream_was_cut(PppAuthenticationMethods method) => Repeat(seed =>
    {
        StationPair pair = Begin(method, StationPair.Password, seed);
        pair.TalkUntilConnected();
        (seed % 2 == 0 ? pair.Client : pair.Server).HangUp(PppCloseReason.UserRequest, pair.Now);
        pair.Talk();
        pair.Wait(4);
        Check(pair);
        Assert.All(_files, f => Assert.Contains(" end closed\n", f.ToString(), StringComparison.Ordinal));
    });

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_wrong_password_replays_to_the_refusal(PppAuthenticationMethods method) => Repeat(seed =>
    {
        StationPair pair = Begin(method, "WeakPass", seed);
        pair.Talk();
        pair.Wait();
        Assert.Contains(pair.Client.Outcome, o => o.EndsWith("authentication failed", StringComparison.Ordinal));
        Check(pair);
        Secrets.AssertNoneIn(AllText, Secrets.Of(pair.Client, pair.Server, "WeakPass"));
    });

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_server_that_only_pretends_to_know_the_password_replays_to_the_same_end(PppAuthenticationMethods method)
    {
        // It lets anybody in; its signature and its keys are those of another password.
        StationPair pair = Begin(method, StationPair.Password, seed: 1, (station, attempt, now) => station.Grant(
            proof => new PppGrant { Proof = attempt.Accept(new byte[32], "S=" + new string('A', 40)) },
            [StationPair.Password],
            now));
        pair.Talk();
        pair.Wait(3);
        Check(pair);
        string end = method == PppAuthenticationMethods.MsChap2 ? "authentication failed" : method == PppAuthenticationMethods.MsChap1 ? "PeerAborted" : "sstp connected";
        Assert.Contains(pair.Client.Outcome, o => o.Contains(end, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_login_that_is_judged_later_replays(PppAuthenticationMethods method)
    {
        StationPair pair = Begin(method, StationPair.Password, seed: 3, (_, _, _) => { });
        pair.Talk();
        pair.Wait();
        Assert.Contains(pair.Server.Outcome, o => o.Contains("login by", StringComparison.Ordinal));
        pair.Wait();
        StationPair.Doorman(StationPair.Password)(pair.Server, LastAttempt!, pair.Now);
        pair.TalkUntilConnected();
        Check(pair);
    }

    /// <summary>A client that knows its key can prove it before the server has judged the login: the recording waits for the key as well.</summary>
    [Theory]
    [InlineData(true, true, "sstp connected")]
    [InlineData(false, true, "sstp sent CALL_ABORT")]
    [InlineData(true, false, "sstp closed TransportClosed")]
    public void A_binding_that_comes_before_the_judgement_replays(bool isRight, bool isJudged, string end)
    {
        StationPair pair = Begin(PppAuthenticationMethods.MsChap2, StationPair.Password, seed: 9, (_, _, _) => { });
        pair.Talk();
        pair.Wait();
        byte[] sent = [.. pair.Server.Sent];
        int ack = sent.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x10, 0x01, 0x00, 0x30]);
        byte[] key = isRight ? LastAttempt!.Verify(StationPair.Password)!.Hlak : new byte[32];
        byte[] binding = SstpCryptoBinding.CreateCallConnected(SstpHashes.Sha256, sent.AsSpan(ack + 16, 32), StationPair.Certificate, key);
        pair.Server.Receive(binding.AsSpan(0, 50), pair.Now);
        pair.Server.Receive(binding.AsSpan(50), pair.Now);
        Assert.DoesNotContain(Convert.ToHexString(binding.AsSpan(0, 8)), AllText, StringComparison.OrdinalIgnoreCase);
        if (isJudged)
        {
            StationPair.Doorman(StationPair.Password)(pair.Server, LastAttempt!, pair.Now);
        }

        pair.Server.Lose(pair.Now);
        Secrets.AssertNoneIn(AllText, [Convert.ToHexString(binding.AsSpan(binding.Length - 32))]);
        Assert.Equal(1, AllText.Split(Convert.ToHexStringLower(binding.AsSpan(0, 8))).Length - 1);
        CheckReplay(_files[1].ToString(), pair.Server);
        Assert.Contains(pair.Server.Outcome, o => o.Contains(end, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_link_negotiated_anew_replays(PppAuthenticationMethods method)
    {
        StationPair pair = Begin(method, StationPair.Password, seed: 4);
        pair.TalkUntilConnected();

        // A Configure-Request of LCP: both begin again, and the client logs in again.
        pair.Server.Receive([0x10, 0x00, 0x00, 0x0C, 0xFF, 0x03, 0xC0, 0x21, 0x01, 0x77, 0x00, 0x04], pair.Now);
        pair.Talk();
        pair.Wait(2);
        Assert.Equal(2, pair.Server.Outcome.Count(o => o.Contains("authenticated by", StringComparison.Ordinal)));
        pair.Client.Lose(pair.Now);
        pair.Server.Lose(pair.Now);
        Check(pair);
    }

    [Fact]
    public void Silence_is_recorded_to_its_end_and_traffic_puts_it_off()
    {
        StationPair pair = Begin(PppAuthenticationMethods.MsChap2, StationPair.Password, seed: 5);
        pair.TalkUntilConnected();
        byte[] packet = [0x10, 0x00, 0x00, 0x1C, 0xFF, 0x03, 0x00, 0x21, .. new byte[20]];
        long last = pair.Now + 20_000;
        for (long at = pair.Now + 1; at <= last; at += 100)
        {
            pair.Server.Receive([.. packet, .. packet[..5]], at);
            pair.Server.Receive(packet.AsSpan(5), at);
        }

        // Nothing of the client arrives any more.
        for (int i = 0; i < 10 && !pair.Server.IsOver; i++)
        {
            pair.Server.Tick(pair.Server.NextDeadline);
        }

        Check(pair);
        Replay server = new(_files[1].ToString());
        RecordedEvent data = Assert.Single(server.Events, e => e.Kind == "data" && e.Details != "0 0");
        Assert.Equal("400 11200", data.Details);
        Assert.Equal(5, server.Events.Count(e => e.Time > last && e.Details == "sstp keepalive probe"));
        Assert.EndsWith("sstp closed PeerNotResponding abrupt", server.Expected[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /login?user=a HTTP/1.1\r\nHost: h\r\nAuthorization: Basic TVQ6U3Ryb25nUGFzcw==\r\nCookie: StrongPass\r\n\r\n", "HttpRejected")]
    [InlineData("SSTP_DUPLEX_POST\r\nX\r\n\r\n", "HttpMalformed")]
    [InlineData("SSTP_DUPLEX_POST /sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/ HTTP/1.1\nContent-Length: 1\n\nStrongPass", "MalformedPacket")]
    [InlineData("SSTP_DUPLEX_POST /sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/ HTTP/1.1\r\nFolded: a\r\n StrongPass\r\n\r\n\x10\x01\0\x0C\0\x01\0\x01\0\x01\0\x09", "")]
    [InlineData("A: StrongPass", "")]
    public void A_stream_that_is_no_call_replays(string stream, string reason) => Repeat(seed =>
    {
        StationPair pair = Begin(PppAuthenticationMethods.All, StationPair.Password, seed);
        var random = new Random(seed);
        byte[] bytes = Encoding.Latin1.GetBytes(stream);
        for (int at = 0; at < bytes.Length && !pair.Server.IsOver;)
        {
            int length = Math.Min(random.Next(1, 30), bytes.Length - at);
            pair.Server.Receive(bytes.AsSpan(at, length), 5);
            at += length;
        }

        pair.Server.Tick(70_000);
        pair.Server.Tick(80_000);
        Check(pair);
        string[] closed = [.. pair.Server.Outcome.Where(o => o.Contains("sstp closed", StringComparison.Ordinal))];
        Assert.Contains(reason, Assert.Single(closed), StringComparison.Ordinal);
        Assert.DoesNotContain("54565136553372796232356e5547467a63773d3d", AllText, StringComparison.OrdinalIgnoreCase);
    });

    [Fact]
    public void A_head_that_is_too_large_replays()
    {
        StationPair pair = Begin(PppAuthenticationMethods.All, StationPair.Password, seed: 1);
        for (int i = 0; i < 100 && !pair.Server.IsOver; i++)
        {
            pair.Server.Receive(Encoding.ASCII.GetBytes($"X-{i}: {new string('y', 500)}\r\n"), i);
        }

        Assert.Contains(pair.Server.Outcome, o => o.Contains("HttpTooLarge", StringComparison.Ordinal));
        Check(pair);
    }

    /// <summary>After a sound beginning, anything at all.</summary>
    [Fact]
    public void Noise_of_every_kind_replays() => Repeat(seed =>
    {
        var random = new Random(seed);
        StationPair pair = Begin((PppAuthenticationMethods)(1 << random.Next(4)), StationPair.Password, seed);
        if (random.Next(3) > 0)
        {
            pair.TalkUntilConnected();
        }
        else
        {
            pair.Talk();
        }

        for (int i = 0; i < 60 && !(pair.Server.IsOver && pair.Client.IsOver); i++)
        {
            Station station = random.Next(2) == 0 ? pair.Server : pair.Client;
            if (station.IsOver)
            {
                continue;
            }

            byte[] noise = Noise.Packet(random);
            station.Receive(noise.AsSpan(0, noise.Length / 2), pair.Now);
            if (!station.IsOver)
            {
                station.Receive(noise.AsSpan(noise.Length / 2), pair.Now);
            }

            if (random.Next(8) == 0)
            {
                pair.Wait();
            }
        }

        Check(pair);
    }, Cases * 10);

    [Fact]
    public void A_client_that_asks_twice_with_different_passwords_is_told_apart()
    {
        StationPair pair = Begin(PppAuthenticationMethods.Pap, StationPair.Password, seed: 6);
        pair.TalkUntilConnected();
        int sent = pair.Server.Outcome.Count;
        pair.Server.Receive(Noise.Frame(PppFrame.Pap, [1, 9, 0, 23, 7, .. "MT-User"u8, 10, .. "StrongPass"u8]), pair.Now);
        Assert.Equal(sent + 1, pair.Server.Outcome.Count);
        pair.Server.Receive(Noise.Frame(PppFrame.Pap, [1, 9, 0, 22, 7, .. "MT-User"u8, 9, .. "OtherPass"u8]), pair.Now);
        Assert.Equal(sent + 1, pair.Server.Outcome.Count);
        Check(pair);
        Secrets.AssertNoneIn(AllText, ["OtherPass", Convert.ToHexString("OtherPass"u8)]);
    }

    [Fact]
    public void The_length_of_a_password_does_not_show()
    {
        int Length(string password)
        {
            _files.Clear();
            StationPair pair = Begin(PppAuthenticationMethods.Pap, password, seed: 7, StationPair.Doorman(password));
            pair.TalkUntilConnected();
            return new Replay(_files[1].ToString()).Stream.Length;
        }

        Assert.Equal(Length("a"), Length(new string('b', 200)));
    }

    [Fact]
    public void A_recording_that_grows_too_long_says_where_it_was_cut_and_replays_up_to_there()
    {
        StationPair pair = Begin(PppAuthenticationMethods.MsChap2, StationPair.Password, seed: 8);
        pair.TalkUntilConnected();
        byte[] echo = [0x10, 0x01, 0x00, 0x08, 0x00, 0x08, 0x00, 0x00];
        for (int i = 0; i < 30_000; i++)
        {
            pair.Server.Receive(echo, pair.Now + i);
        }

        string text = _files[1].ToString();
        Assert.InRange(text.Length, TunnelRecording.MaximumLength - 100, TunnelRecording.MaximumLength + 100);
        Assert.EndsWith(" cut\n", text, StringComparison.Ordinal);
        Replay replay = new(text);
        Assert.Equal(replay.Expected, replay.Run().Take(replay.Expected.Count));
    }

    [Fact]
    public void Packets_of_a_connected_call_cost_a_recorder_no_memory()
    {
        TunnelRecording recording = Record(new PppSessionOptions());
        recording.Read("HTTP/1.1 200\n\n"u8, 0, foundFrame: false, SstpCallState.ConnectRequestSent, 1);
        byte[] packet = [0x10, 0x00, 0x00, 0x1C, 0xFF, 0x03, 0x00, 0x21, .. new byte[20]];
        recording.Read(packet, 0, foundFrame: true, SstpCallState.Connected, 2);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++)
        {
            recording.Read(packet, 100, foundFrame: true, SstpCallState.Connected, i);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100);
        recording.Ended("hung-up", 10_000);
        Assert.EndsWith("\n9999 data 10001 280028\n10000 end hung-up\n", AllText, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_option_of_an_engine_is_recorded()
    {
        Assert.Equal(7, typeof(SstpClientOptions).GetProperties().Length);
        Assert.Equal(6, typeof(SstpServerOptions).GetProperties().Length); // all but Date
        Assert.Equal(12, typeof(PppSessionOptions).GetProperties().Length); // all but the role, the password and TracePackets
        Assert.Equal(7, RecordedOptions.Of(new SstpClientOptions { Host = "h" }).Split(' ').Length);
        Assert.Equal(5, RecordedOptions.Of(new SstpServerOptions()).Split(' ').Length);
        Assert.Equal(9, RecordedOptions.Of(new PppSessionOptions()).Split(' ').Length);
    }

    private string AllText => string.Concat(_files);

    private PppAuthenticationAttempt? LastAttempt { get; set; }

    private void Repeat(Action<int> test, int? cases = null)
    {
        for (int seed = 1; seed <= (cases ?? Cases); seed++)
        {
            _files.Clear();
            try
            {
                test(seed);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"seed {seed}: {exception.Message}\n{AllText}", exception);
            }
        }
    }

    private StationPair Begin(
        PppAuthenticationMethods method,
        string password,
        int seed,
        Action<Station, PppAuthenticationAttempt, long>? judge = null)
    {
        Action<Station, PppAuthenticationAttempt, long> decide = judge ?? StationPair.Doorman(StationPair.Password);
        return StationPair.Of(
            method,
            password,
            Record,
            (station, attempt, now) =>
            {
                LastAttempt = attempt;
                decide(station, attempt, now);
            },
            new Random(seed));
    }

    private TunnelRecording Record(PppSessionOptions options) => Record(options, _files);

    private static TunnelRecording Record(PppSessionOptions options, List<StringBuilder> files)
    {
        var file = new StringBuilder();
        files.Add(file);
        return new TunnelRecording(
            "a test",
            options,
            (text, _) =>
            {
                file.Append(text);
                return true;
            },
            now: 0);
    }

    private void Check(StationPair pair)
    {
        Secrets.AssertNoneIn(AllText, Secrets.Of(pair.Client, pair.Server, StationPair.Password));
        CheckReplay(_files[0].ToString(), pair.Client);
        CheckReplay(_files[1].ToString(), pair.Server);
    }

    private static void CheckReplay(string text, Station station)
    {
        Replay replay = new(text);
        Assert.Equal(station.Outcome, replay.Expected);
        Assert.Equal(replay.Expected, replay.Run());

        // What is masked once stays as it is, and does not depend on how it arrives.
        var random = new Random(text.Length);
        var again = new List<StringBuilder>();
        Assert.Equal(replay.Expected, replay.Run(options => Record(options, again), bytes => Cut(bytes, random)));
        Replay second = new(Assert.Single(again).ToString());
        Assert.Equal(Convert.ToHexString(replay.Stream), Convert.ToHexString(second.Stream));
        Assert.Equal(replay.Expected, second.Expected);
    }

    private static IEnumerable<byte[]> Cut(byte[] bytes, Random random)
    {
        for (int at = 0; at < bytes.Length;)
        {
            int length = Math.Min(random.Next(1, 50), bytes.Length - at);
            yield return bytes[at..(at + length)];
            at += length;
        }
    }
}
