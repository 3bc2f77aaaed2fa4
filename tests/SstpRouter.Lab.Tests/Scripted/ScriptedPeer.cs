using System.Diagnostics;
using System.Text;
using SstpRouter.Lab.Tests.Harness;
using SstpRouter.Tls;
using SstpRouter.Tunnels.Tests.Support;

namespace SstpRouter.Lab.Tests.Scripted;

/// <summary>A peer that cannot run here and plays its part from a script, byte by byte, over real TLS to the real program.</summary>
/// <remarks>
/// It fails a test at the first byte that is not what the script says, at the first packet that breaks a rule of
/// <see cref="RouterRules"/>, and at the first request that the router sends twice: a router that repeats has lost three seconds. IP
/// packets come and go beside the script; pings among them are answered.
/// </remarks>
internal sealed class ScriptedPeer(TlsStream stream, Router router, bool routerIsServer) : IDisposable
{
    /// <summary>Far above what any step needs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private static ReadOnlySpan<byte> CallConnected => [0x10, 0x01, 0x00, 0x70, 0x00, 0x04];

    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly HashSet<string> _requests = [];
    private readonly StringBuilder _transcript = new();
    private int _filled;
    private int _pongs;
    private bool _connected;

    /// <summary>What the script's names stand for.</summary>
    public Knowledge Known { get; } = new();

    public TlsConnection Tls => stream.Tls;

    /// <summary>Sends an HTTP head; the lines are written without their ends.</summary>
    public void SendHead(string lines) => Send(Head(lines));

    /// <summary>The bytes of an HTTP head.</summary>
    public static byte[] Head(string lines) =>
        Encoding.ASCII.GetBytes(string.Concat(lines.Split('\n').Select(l => l.Trim() + "\r\n")) + "\r\n");

    /// <summary>Reads the router's HTTP head, which comes in one piece with nothing behind it: sstpc reads no more than that.</summary>
    public string[] ReadHead()
    {
        Assert.Equal(0, _filled);
        int count = stream.Read(_buffer, Patience);
        string head = Encoding.ASCII.GetString(_buffer, 0, count);
        Note(head);
        Check(head.EndsWith("\r\n\r\n", StringComparison.Ordinal), "no HTTP head in one TLS record with nothing behind it");
        string[] lines = head[..^4].Split("\r\n");
        Check(lines.Length - 1 <= 7, "sstpc reads at most seven headers");
        return lines;
    }

    /// <summary>Sends bytes as they are, in one TLS record.</summary>
    public void Send(byte[] bytes)
    {
        Note("<- " + Convert.ToHexString(bytes));
        _connected |= bytes.AsSpan().IndexOf(CallConnected) >= 0;
        stream.Write(bytes);
        Check(!stream.IsClosed, "the router closed the connection");
    }

    /// <summary>The bytes that lines of a script send, one after the other.</summary>
    public byte[] Bytes(string script) => [.. ScriptLine.Read(script).SelectMany(l => l.Write(Known))];

    /// <summary>Plays lines of a script.</summary>
    public void Play(string script)
    {
        foreach (ScriptLine line in ScriptLine.Read(script))
        {
            if (line.ComesIn)
            {
                Send(line.Write(Known));
                continue;
            }

            byte[] packet = NextPacket(line.Text);
            Check(line.Matches(packet, Known), $"the script says: {line.Text}");
        }
    }

    /// <summary>Loses what comes within a time, but remembers it.</summary>
    /// <returns>The time that it became on a busy machine.</returns>
    public TimeSpan LoseWhatComes(TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            TakePacket();
        }

        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Answers pings until an action that runs beside is done.</summary>
    public void AnswerPingsDuring(Action action)
    {
        Task running = Task.Run(action);
        while (!running.IsCompleted)
        {
            TakeData();
        }

        running.GetAwaiter().GetResult();
    }

    /// <summary>Pings through the tunnel; the addresses have four bytes.</summary>
    public void Ping(byte[] from, byte[] to)
    {
        int before = _pongs;
        byte[] request = Echo.MakeRequest(from, to);
        Send([0x10, 0x00, 0x00, (byte)(8 + request.Length), 0xFF, 0x03, 0x00, 0x21, .. request]);
        long start = Stopwatch.GetTimestamp();
        while (_pongs == before)
        {
            Check(Stopwatch.GetElapsedTime(start) < Patience, "the ping was not answered");
            TakeData();
        }
    }

    /// <summary>Waits until the router has closed the connection; it says nothing more.</summary>
    public void ExpectClosed()
    {
        long start = Stopwatch.GetTimestamp();
        while (!stream.IsClosed)
        {
            Check(Stopwatch.GetElapsedTime(start) < Patience, "the router did not close the connection");
            Check(TakePacket() is null, "no further word was expected");
        }
    }

    public void Dispose() => stream.Dispose();

    private byte[] NextPacket(string awaited)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            if (TakePacket() is { } packet)
            {
                return packet;
            }

            Check(!stream.IsClosed, $"the router closed the connection instead of: {awaited}");
            Check(Stopwatch.GetElapsedTime(start) < Patience, $"the router did not send: {awaited}");
        }
    }

    // Where keepalive-timeout is short, a busy test may be silent for longer: the ping that follows is answer enough.
    private void TakeData()
    {
        if (TakePacket() is { } packet)
        {
            Check(RouterRules.IsProbe(packet), "nothing but IP was expected");
        }
    }

    /// <summary>The next packet that is not IP, where one comes soon.</summary>
    private byte[]? TakePacket()
    {
        if (!HasPacket())
        {
            _filled += stream.Read(_buffer.AsSpan(_filled), Step);
        }

        if (!HasPacket())
        {
            return null;
        }

        byte[] packet = _buffer[..Length()];
        _filled -= packet.Length;
        _buffer.AsSpan(packet.Length, _filled).CopyTo(_buffer);
        Note("-> " + Convert.ToHexString(packet));
        if (RouterRules.Broken(packet, routerIsServer) is { } rule)
        {
            Check(false, rule);
        }

        Check(RouterRules.Request(packet) is not { } request || _requests.Add(request), "the router had to repeat this request, which is a stall");
        _connected |= packet.AsSpan().StartsWith(CallConnected);
        if (!RouterRules.IsData(packet))
        {
            return packet;
        }

        Check(_connected, "RRAS drops data before CALL_CONNECTED, and so does everybody");
        ReadOnlySpan<byte> inner = packet.AsSpan(8);
        _pongs += Echo.IsReply(inner) ? 1 : 0;
        if (Echo.IsRequest(inner))
        {
            Send([.. packet[..8], .. Echo.Answer(inner)]);
        }

        return null;
    }

    private bool HasPacket() => _filled >= 4 && _filled >= Length();

    private int Length()
    {
        int length = ((_buffer[2] & 0x0F) << 8) | _buffer[3];
        Check(length >= 4, "an SSTP packet has at least four bytes");
        return length;
    }

    private void Note(string line) => _transcript.AppendLine(line);

    private void Check(bool holds, string complaint)
    {
        if (!holds)
        {
            Assert.Fail($"{complaint}\n\nwhat was said:\n{_transcript}\nthe router's log:\n{string.Join('\n', router.Program.Lines.TakeLast(60))}");
        }
    }
}
