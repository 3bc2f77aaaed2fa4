using System.Diagnostics;
using System.Text;
using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests.Hostile;

/// <summary>TCP, TLS and HTTP before any SSTP: the first third of what a stranger can try.</summary>
public sealed class TransportTests(Fortress fortress) : IClassFixture<Fortress>
{
    private static readonly Dictionary<string, (Action<Attacker> Does, string Reason, string Cause)> Cases = new()
    {
        ["something that is not TLS"] = (a => a.SendRaw("GET / HTTP/1.1\r\n\r\n"u8), "not-tls", "check address and port"),
        ["zeros instead of TLS"] = (a => a.SendRaw(new byte[1000]), "not-tls", ""),
        ["a ClientHello of 16 MB"] = (HugeClientHello, "protocol-violation", "excessive message size"),
        ["a TLS record longer than the longest"] = (a => a.SendRaw(Wire.Hex("160301FFFF 010000")), "protocol-violation", ""),
        ["an alert instead of a ClientHello"] = (a => a.SendRaw(Wire.Hex("15030100020228")), "protocol-violation", "unexpected message"),
        ["bytes between TLS records"] = (a => a.Tls().SendRaw(new byte[100]), "not-tls", ""),
        ["a forged TLS record"] = (a => a.Tls().SendRaw([0x17, 3, 3, 0, 100, .. new byte[100]]), "protocol-violation", "OpenSSL: "),
        ["half close before TLS"] = (a => a.HalfClose(), "truncated", ""),
        ["half close within the handshake"] = (
            a =>
            {
                a.SendRaw(Wire.Hex("1603010200 010001FC0303"));
                a.HalfClose();
            },
            "truncated",
            ""),
        ["half close after TLS"] = (a => a.Tls().HalfClose(), "hung-up", "closed without a word"),
        ["half close within the HTTP head"] = (
            a =>
            {
                a.Tls().Send(Wire.Head[..20]);
                a.HalfClose();
            },
            "hung-up",
            ""),
        ["a header of 9,000 bytes"] = (a => a.Tls().Send(Wire.Ascii("GET /" + new string('x', 9_000))), "http-too-large", "8192 bytes"),
        ["a header of 1,000 lines"] = (
            a => a.Tls().Send([.. Wire.Head[..^2], .. Wire.Repeat(Wire.Ascii("X: y\r\n"), 1_000)]), "http-too-large", "64 lines"),
        ["an endless header"] = (
            a =>
            {
                a.Tls().Send(Wire.Head[..^2]);
                while (!a.IsClosed)
                {
                    a.Send(Wire.Repeat(Wire.Ascii("Cookie: " + new string('c', 1_000) + "\r\n"), 100));
                }
            },
            "http-too-large",
            ""),
        ["nothing but line ends"] = (a => a.Tls().Send(Wire.Repeat([0x0D, 0x0A], 10_000)), "http-too-large", ""),
        ["a header without a name"] = (a => a.Tls().Send(Wire.Ascii("SSTP_DUPLEX_POST / HTTP/1.1\r\n: x\r\n\r\n")), "http-malformed", "400"),
        ["a request line without words"] = (a => a.Tls().Send(Wire.Ascii("\0\0\0\0\r\n\r\n")), "http-malformed", "400"),
        ["another method"] = (a => a.Tls().Send(Wire.Ascii("GET / HTTP/1.1\r\n\r\n")), "http-rejected", "404"),
        ["another path"] = (a => a.Tls().Send(Wire.Ascii("SSTP_DUPLEX_POST /x HTTP/1.1\r\n\r\n")), "http-rejected", "404"),
        ["another version"] = (a => a.Tls().Send(Wire.Ascii("SSTP_DUPLEX_POST / HTTP/9.9\r\n\r\n")), "http-rejected", "505"),
        ["SSTP without HTTP"] = (a => a.Tls().Send(Wire.ConnectRequest, Wire.Ascii("\n\n")), "http-malformed", ""),
    };

    private static readonly Dictionary<string, Attack> Wave = Cases.ToDictionary(c => c.Key, c => new Attack(c.Value.Does, c.Value.Reason));

    public static TheoryData<string> Rows => [.. Cases.Keys];

    [RootTheory]
    [MemberData(nameof(Rows))]
    public void Ends_with_a_named_reason(string row) => Assert.Contains(Cases[row].Cause, fortress.Repels(Wave, row), StringComparison.Ordinal);

    [RootFact]
    public void A_header_that_is_refused_is_answered_before_the_end()
    {
        using Attacker attacker = fortress.NewAttacker();
        attacker.Tls().Send(Wire.Ascii("GET / HTTP/1.1\r\nHost: hq\r\n\r\n"));

        Assert.StartsWith("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n", attacker.Reply(), StringComparison.Ordinal);
        attacker.AwaitClosed(Fortress.Promptly);
        fortress.Names(attacker.Address, "http-rejected");
        fortress.IsUnharmed();
    }

    [RootFact]
    public void A_reset_within_a_packet_is_a_lost_connection()
    {
        using Attacker attacker = fortress.NewAttacker();
        attacker.Http().Send(Wire.ConnectRequest[..9]);

        attacker.Reset();

        Assert.EndsWith("connection reset by peer", fortress.Names(attacker.Address, "connection-lost"), StringComparison.Ordinal);
        fortress.IsUnharmed();
    }

    [RootFact]
    public void What_a_request_says_cannot_forge_a_line_of_the_log()
    {
        byte[] poison = Encoding.UTF8.GetBytes("\u001B[2J\u202E\u2028\r2026-01-01 00:00:00 sstp,ppp,info root logged in\u0085\u007F\0");
        int before = fortress.Log.Lines.Length;

        string line = fortress.Repels(
            a => a.Tls().Send([.. "GET /"u8, .. poison, .. " HTTP/1.1\r\nHost: "u8, .. poison, .. "\r\nSSTPCORRELATIONID: "u8, .. poison, .. "\r\n\r\n"u8]),
            "http-rejected");

        Assert.Contains(@"GET /\x1B[2J\xE2\x80\xAE\xE2\x80\xA8\x0D2026-01-01", line, StringComparison.Ordinal);
        string[] lines = fortress.Log.Lines[before..];
        Assert.DoesNotContain(lines, l => l.Any(char.IsControl) || l.Contains('\u2028', StringComparison.Ordinal) || l.Contains('\u202E', StringComparison.Ordinal));
        Assert.DoesNotContain(lines, l => l.StartsWith("2026-01-01", StringComparison.Ordinal));
    }

    [RootFact]
    public void Renegotiation_is_refused()
    {
        // A line that begins with R makes this program ask for it.
        string[] said = OpenSsl("-tls1_2", "R\n", lines: 1);

        Assert.Contains(said, l => l.Contains("no renegotiation", StringComparison.Ordinal));
        fortress.IsUnharmed();
    }

    [RootFact]
    public void A_flood_of_key_updates_is_harmless()
    {
        // A line that begins with K makes this program send one that asks for one in return. RFC 8446 4.6.3
        string[] said = OpenSsl("-tls1_3", "K\n", lines: 100);

        Assert.Equal(100, said.Count(l => l.Contains("KEYUPDATE", StringComparison.Ordinal)));
        fortress.IsUnharmed();
    }

    [SlowFact]
    public void Slow_callers_are_closed_at_their_deadlines()
    {
        byte[] hello = [.. Wire.Hex("1603010200 010001FC0303"), .. new byte[512]];
        Task[] slow =
        [
            Task.Run(() => IsClosedAfter(20, _ => { }, _ => { }, "timed-out")),
            Task.Run(() => IsClosedAfter(20, _ => { }, (a, i) => a.SendRaw(hello.AsSpan(i % hello.Length, 1)), "timed-out")),
            Task.Run(() => IsClosedAfter(30, a => a.Tls(), _ => { }, "http-timeout")),
            Task.Run(() => IsClosedAfter(30, a => a.Tls(), (a, i) => a.Send(Wire.Head[(i % 100)..][..1]), "http-timeout")),
            Task.Run(() => IsClosedAfter(60, a => a.Http(), _ => { }, "timed-out")),
            Task.Run(() => IsClosedAfter(60, a => a.Http(), (a, i) => a.Send(Wire.ConnectRequest[Math.Min(i, 13)..Math.Min(i + 1, 13)]), "timed-out")),
            Task.Run(() => IsClosedAfter(30, a => a.Connect(), a => a.Send(Wire.Control(Wire.Lcp, 9, 1, new byte[4])), "negotiation-failed")),
            Task.Run(() => IsClosedAfter(30, a => a.OpenLcp(), a => a.Send(Wire.Control(Wire.Lcp, 9, 1, new byte[4])), "authentication-timeout")),
        ];

        Task.WaitAll(slow);
        fortress.IsUnharmed();
    }

    private void IsClosedAfter(int seconds, Action<Attacker> begin, Action<Attacker> everySecond, string reason) =>
        IsClosedAfter(seconds, begin, (a, _) => everySecond(a), reason);

    private void IsClosedAfter(int seconds, Action<Attacker> begin, Action<Attacker, int> everySecond, string reason)
    {
        using Attacker attacker = fortress.NewAttacker();
        long start = Stopwatch.GetTimestamp();
        begin(attacker);
        for (int second = 0; !attacker.IsClosed && second < 2 * seconds; second++)
        {
            everySecond(attacker, second);
            attacker.Rest(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, seconds - 2, seconds + 15);
        fortress.Log.WaitForLine($": {attacker.Address}: {reason}: ");
    }

    private static void HugeClientHello(Attacker attacker)
    {
        attacker.SendRaw(Wire.Hex("1603014000 01FFFFFF 0303"));
        byte[] record = [0x16, 3, 1, 0x40, 0, .. new byte[0x4000]];
        for (int i = 0; i < 1_000 && !attacker.IsClosed; i++)
        {
            attacker.SendRaw(record);
        }
    }

    private string[] OpenSsl(string version, string line, int lines)
    {
        using RunningProgram program = fortress.Start("openssl", "s_client", "-connect", "192.0.2.1:443", version);
        program.WaitForLine("Verify return code");
        for (int i = 1; i <= lines; i++)
        {
            program.Input.Write(line);
            program.Input.Flush();
            program.WaitForLine(line[0] == 'R' ? "RENEGOTIATING" : "KEYUPDATE", i);
        }

        if (line[0] == 'K')
        {
            program.Signal(Linux.ProcessControl.SignalKill);
        }

        program.WaitForEnd();
        return program.Lines;
    }
}
