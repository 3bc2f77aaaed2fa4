using System.Globalization;
using System.Text;
using SstpRouter.Ppp;
using SstpRouter.Sstp;

namespace SstpRouter.Tunnels.Recording;

/// <summary>Takes whatever one takes of a recording; false when it can take no more.</summary>
internal delegate bool RecordingSink(string text, bool last);

/// <summary>Writes down what reaches the engines of one tunnel, with secrets masked, and what came of it.</summary>
/// <remarks>
/// One event a line, <c>MILLISECONDS KIND DETAILS</c>, counted from the moment when TLS was agreed:
/// <list type="bullet">
/// <item><c>client</c>, <c>server</c>: the options of the SSTP call; <c>ppp</c>: those of the PPP session.</item>
/// <item><c>random sstp|ppp</c>: bytes that the engine drew.</item>
/// <item><c>start</c>: the call was started.</item>
/// <item><c>read</c>: what one reading consumed, whole heads and packets. Where the peer's bytes were cut does not count: an engine
/// acts on whole ones only. An IP packet is its header alone.</item>
/// <item><c>data</c>: IP packets of a connected call since the last line, and their bytes; the time is the last one's.</item>
/// <item><c>tick</c>: a deadline of an engine passed. <c>probe</c>: this end wanted a sign of life.</item>
/// <item><c>grant</c>, <c>deny</c>: the answer to a login. <c>close</c>: this end hung up. <c>lost</c>: the connection is gone.</item>
/// <item><c>expect</c>: what the engines put out.</item>
/// <item><c>end</c>: the tunnel is taken down. <c>cut</c>: the recording stops here, the call went on.</item>
/// </list>
/// All of it is called on the tunnel's worker.
/// </remarks>
internal sealed class TunnelRecording
{
    /// <summary>The first line of a file; the number changes with the format.</summary>
    public const string Version = "sstp-router recording 1";

    /// <summary>The most characters of one recording.</summary>
    public const int MaximumLength = 1_000_000;

    // Lines that wait for a key; a login is over long before.
    private const int MaximumHeld = 1_000;

    // Stands for the message that waits, in the first of those lines.
    private const string HeldMark = "@";

    private readonly long _origin;
    private readonly RecordingSink _sink;
    private readonly SstpMask _sstp = new();
    private readonly StringBuilder _line = new();
    private readonly PppMask _ppp;
    private List<string>? _held;
    private byte[] _heldMessage = [];
    private int _length;
    private long _now;
    private long _dataFrames;
    private long _dataBytes;
    private long _dataTime = long.MinValue;
    private bool _over;

    /// <summary>Begins a recording.</summary>
    /// <param name="about">Whose it is, on one line.</param>
    /// <param name="options">The options of the PPP session, which is made once the call lets it start.</param>
    /// <param name="sink">Where the text goes.</param>
    /// <param name="now">The time that all others are counted from.</param>
    public TunnelRecording(string about, PppSessionOptions options, RecordingSink sink, long now)
    {
        _origin = now;
        _now = now;
        _sink = sink;
        _ppp = new PppMask(options);
        Put($"""
            {Version}
            # {about}
            # Passwords are masked, and so is all that follows from them. Names and addresses are not.

            """);
        Write("ppp " + RecordedOptions.Of(options), now);
    }

    public void Made(SstpClientOptions options) => Write("client " + RecordedOptions.Of(options), _now);

    public void Made(SstpServerOptions options) => Write("server " + RecordedOptions.Of(options), _now);

    /// <summary>An engine drew random bytes.</summary>
    public void Drew(string engine, ReadOnlySpan<byte> bytes) => Write($"random {engine} {Convert.ToHexStringLower(bytes)}", _now);

    public void Started(long now) => Write("start", now);

    /// <summary>The call has read from its stream.</summary>
    /// <param name="consumed">What it took off.</param>
    /// <param name="left">The bytes that it left, part of a packet.</param>
    /// <param name="foundFrame">True where it gave a frame for PPP, the last that it took.</param>
    /// <param name="state">The call's state now.</param>
    /// <param name="now">The time.</param>
    public void Read(ReadOnlySpan<byte> consumed, int left, bool foundFrame, SstpCallState state, long now)
    {
        if (_over)
        {
            return;
        }

        int data = 0;
        bool readHeld = false;
        _line.Clear();
        while (_sstp.TryTake(ref consumed, out SstpStreamUnit unit, out ReadOnlySpan<byte> bytes))
        {
            if (unit == SstpStreamUnit.Frame && foundFrame && consumed.IsEmpty && state == SstpCallState.Connected && IsData(bytes))
            {
                data = bytes.Length;
                break;
            }

            if (unit == SstpStreamUnit.Message && _held is null && !readHeld && _sstp.AwaitsKey(bytes))
            {
                readHeld = true;
                _heldMessage = bytes.ToArray();
                _line.Append(' ').Append(HeldMark);
                continue;
            }

            Append(unit, bytes);
        }

        if (readHeld)
        {
            _held = [];
        }

        if (_line.Length > 0)
        {
            Write("read" + _line, now);
        }

        if (data > 0)
        {
            _dataFrames++;
            _dataBytes += data;
            _dataTime = now;
        }
        else if (left > 0 && state == SstpCallState.Connected && now > _now)
        {
            _dataTime = now; // part of a packet is a sign of life
        }
    }

    public void Probed(long now) => Write("probe", now);

    public void Ticked(long now) => Write("tick", now);

    public void Granted(PppGrant grant, long now) => Write("grant " + RecordedOptions.Of(grant), now);

    public void Denied(long now) => Write("deny", now);

    public void HungUp(PppCloseReason reason, long now) => Write("close " + reason, now);

    public void Lost(long now) => Write("lost", now);

    /// <summary>An engine has put something out.</summary>
    public void Came(SstpOutput output, long now) => Expect(RecordedOutcome.Of(output), now);

    /// <inheritdoc cref="Came(SstpOutput, long)"/>
    public void Came(PppOutput output, long now)
    {
        if (output is PppOutput.Frame frame)
        {
            _ppp.Sent(frame.Bytes);
        }
        else if (output is PppOutput.Authenticated { Result: { } result })
        {
            _sstp.Authenticated(result.Hlak, _ppp.MaskedHlak(result.Method));
            Release();
        }

        Expect(RecordedOutcome.Of(output), now);
    }

    /// <summary>The tunnel is taken down; nothing follows.</summary>
    public void Ended(string cause, long now)
    {
        Write("end " + cause, now);
        Release();
        if (!_over)
        {
            _over = true;
            _ = _sink("", last: true);
        }
    }

    private static ReadOnlySpan<byte> FrameOf(ReadOnlySpan<byte> packet) => packet[SstpPacket.DataHeaderLength..];

    private static bool IsData(ReadOnlySpan<byte> packet) =>
        PppFrame.TryParse(FrameOf(packet), out ushort protocol, out _) && protocol is PppFrame.Ipv4 or PppFrame.Ipv6;

    private void Append(SstpStreamUnit unit, ReadOnlySpan<byte> bytes)
    {
        _line.Append(' ');
        switch (unit)
        {
            case SstpStreamUnit.Message:
                AppendHex(_sstp.Message(bytes));
                break;
            case SstpStreamUnit.Frame:
                byte[] frame = _ppp.Received(FrameOf(bytes));
                Span<byte> header = stackalloc byte[SstpPacket.DataHeaderLength];
                SstpPacket.WriteDataHeader(header, frame.Length);
                AppendHex(header);
                AppendHex(frame);
                break;
            default:
                AppendHex(bytes);
                break;
        }
    }

    private void AppendHex(ReadOnlySpan<byte> bytes) => _line.Append(Convert.ToHexStringLower(bytes));

    private void Expect(string? outcome, long now)
    {
        if (outcome is not null)
        {
            Write("expect " + outcome, now);
        }
    }

    private void Write(string text, long now)
    {
        if (_over)
        {
            return;
        }

        if (_dataTime != long.MinValue)
        {
            (long at, _dataTime) = (_dataTime, long.MinValue);
            WriteLine(string.Create(CultureInfo.InvariantCulture, $"data {_dataFrames} {_dataBytes}"), at);
            _dataFrames = 0;
            _dataBytes = 0;
        }

        WriteLine(text, now);
    }

    private void WriteLine(string text, long now)
    {
        _now = now;
        string line = string.Create(CultureInfo.InvariantCulture, $"{now - _origin} {text}\n");
        if (_held is null)
        {
            Put(line);
            return;
        }

        _held.Add(line);
        if (_held.Count >= MaximumHeld)
        {
            Release();
        }
    }

    /// <summary>The key is known, or will never be: what waited for it is written.</summary>
    private void Release()
    {
        if (_held is not { } held)
        {
            return;
        }

        _held = null;
        int marked = held.FindIndex(line => line.Contains(HeldMark, StringComparison.Ordinal));
        held[marked] = held[marked].Replace(HeldMark, Convert.ToHexStringLower(_sstp.Message(_heldMessage)), StringComparison.Ordinal);
        held.ForEach(Put);
    }

    private void Put(string text)
    {
        if (_over)
        {
            return;
        }

        _length += text.Length;
        if (_length > MaximumLength || !_sink(text, last: false))
        {
            _over = true;
            _ = _sink(string.Create(CultureInfo.InvariantCulture, $"{_now - _origin} cut\n"), last: true);
        }
    }
}
