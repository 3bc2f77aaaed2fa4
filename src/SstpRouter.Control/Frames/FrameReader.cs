using System.Buffers.Binary;
using System.Net;
using System.Text;
using SstpRouter.RouterOs.Assistance;

namespace SstpRouter.Control.Frames;

/// <summary>Cuts received bytes into frames, whatever pieces they come in.</summary>
/// <param name="largest">The largest payload that is taken, in bytes; a frame that announces more is bad before any of it is kept.</param>
internal sealed class FrameReader(int largest)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private byte[] _buffer = new byte[512];
    private int _start;
    private int _end;

    /// <summary>What is wrong with the input, once it is bad; nothing more is read from then on.</summary>
    public string? Fault { get; private set; }

    /// <summary>Takes received bytes. At most one frame and one receive are held, provided that <see cref="Next"/> is called until it gives null.</summary>
    public void Append(ReadOnlySpan<byte> received)
    {
        if (_buffer.Length - _end < received.Length)
        {
            int held = _end - _start;
            byte[] target = _buffer.Length - held >= received.Length ? _buffer : new byte[Math.Max(2 * _buffer.Length, held + received.Length)];
            _buffer.AsSpan(_start, held).CopyTo(target);
            (_buffer, _start, _end) = (target, 0, held);
        }

        received.CopyTo(_buffer.AsSpan(_end));
        _end += received.Length;
    }

    /// <summary>The next whole frame, or null where more bytes are needed or the input is bad.</summary>
    public ControlFrame? Next()
    {
        ReadOnlySpan<byte> held = _buffer.AsSpan(_start, _end - _start);
        if (Fault is not null || held.Length < FrameFormat.HeaderSize)
        {
            return null;
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(held[1..]);
        if (length > largest)
        {
            Fault = $"a frame of {length} bytes is longer than {largest}";
            return null;
        }

        int whole = FrameFormat.HeaderSize + (int)length;
        if (held.Length < whole)
        {
            return null;
        }

        _start += whole;
        ControlFrame? frame = Parse((FrameType)held[0], held[FrameFormat.HeaderSize..whole]);
        Fault = frame is null ? $"a frame of type {held[0]} is not understood" : null;
        return frame;
    }

    private static ControlFrame? Parse(FrameType type, ReadOnlySpan<byte> payload)
    {
        try
        {
            return type switch
            {
                FrameType.Hello => Hello(payload),
                FrameType.Run => new RunFrame(StrictUtf8.GetString(payload)),
                FrameType.Action when payload.Length == 1 && Is(payload, (byte)SessionAction.Begin) => new ActionFrame((SessionAction)payload[0]),
                FrameType.Assist when Is(payload, (byte)AssistKind.Colours) => new AssistFrame((AssistKind)payload[0], StrictUtf8.GetString(payload[1..])),
                FrameType.Answer when Is(payload, (byte)AnswerKind.Impossible) => new AnswerFrame((AnswerKind)payload[0], StrictUtf8.GetString(payload[1..])),
                FrameType.Interrupt when payload.IsEmpty => new InterruptFrame(),
                FrameType.Resize when payload.Length == 4 && Size(payload) is var (width, height) => new ResizeFrame(width, height),
                FrameType.Bye when payload.IsEmpty => new ByeFrame(),
                FrameType.Output => new OutputFrame(StrictUtf8.GetString(payload)),
                FrameType.Screen => new ScreenFrame(StrictUtf8.GetString(payload)),
                FrameType.Pages when payload.Length == 1 => new PagesFrame(payload[0] != 0),
                FrameType.Ask when Is(payload, (byte)AskKind.Text) => new AskFrame((AskKind)payload[0], StrictUtf8.GetString(payload[1..])),
                FrameType.Notice => new NoticeFrame(StrictUtf8.GetString(payload)),
                FrameType.History => new HistoryFrame(StrictUtf8.GetString(payload)),
                FrameType.Candidates when CandidatesPayload.Read(payload) is { } found => new CandidatesFrame(found),
                FrameType.Colours when payload.IndexOfAnyExceptInRange((byte)0, (byte)WordKind.Unknown) < 0 =>
                    new ColoursFrame([.. payload.ToArray().Select(b => (WordKind)b)]),
                FrameType.Prompt => Prompt(StrictUtf8.GetString(payload)),
                FrameType.More => new MoreFrame(StrictUtf8.GetString(payload)),
                FrameType.Done when payload.Length >= 9 => new DoneFrame(
                    payload[0],
                    StrictUtf8.GetString(payload[9..]),
                    BinaryPrimitives.ReadInt32BigEndian(payload[1..]),
                    BinaryPrimitives.ReadInt32BigEndian(payload[5..])),
                FrameType.Refusal => new RefusalFrame(StrictUtf8.GetString(payload)),
                _ => null,
            };
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static HelloFrame? Hello(ReadOnlySpan<byte> payload)
    {
        if (payload.Length > 0 && payload[0] != FrameFormat.Version)
        {
            // Another version may lay out the rest in another way; its number is all that is needed to refuse it.
            return new HelloFrame(payload[0], 1, 1, false, "");
        }

        if (payload.Length < 6 || Size(payload[1..]) is not var (width, height))
        {
            return null;
        }

        string[] parts = StrictUtf8.GetString(payload[6..]).Split('\n', 4);
        return parts is [var user, var from, var via, ..]
            && ControlTerminal.IsUserName(user)
            && (from.Length == 0 || IPAddress.TryParse(from, out _))
            && via.Length is > 0 and <= FrameFormat.LongestUser && via.All(char.IsAsciiLetterLower)
            ? new HelloFrame(payload[0], width, height, payload[5] != 0, user, from, via, parts.Length > 3 ? parts[3] : null)
            : null;
    }

    // A first byte that is a value of an enumeration, whose last value is given.
    private static bool Is(ReadOnlySpan<byte> payload, byte last) => !payload.IsEmpty && payload[0] <= last;

    private static PromptFrame? Prompt(string payload) =>
        payload.IndexOf('\n') is var end and >= 0 ? new PromptFrame(payload[(end + 1)..], payload[..end]) : null;

    private static (int Width, int Height)? Size(ReadOnlySpan<byte> payload)
    {
        int width = BinaryPrimitives.ReadUInt16BigEndian(payload);
        int height = BinaryPrimitives.ReadUInt16BigEndian(payload[2..]);
        return width > 0 && height > 0 ? (width, height) : null;
    }
}
