using System.Buffers.Binary;
using System.Text;

namespace SstpRouter.Control.Frames;

/// <summary>Encodes frames.</summary>
internal static class FrameWriter
{
    /// <summary>The bytes of a frame.</summary>
    public static byte[] Write(ControlFrame frame) => frame switch
    {
        HelloFrame hello => Frame(FrameType.Hello, HelloPayload(hello)),
        RunFrame run => Frame(FrameType.Run, Encoding.UTF8.GetBytes(run.Text)),
        ActionFrame action => Frame(FrameType.Action, [(byte)action.Action]),
        AssistFrame assist => Frame(FrameType.Assist, [(byte)assist.Kind, .. Encoding.UTF8.GetBytes(assist.Text)]),
        AnswerFrame answer => Frame(FrameType.Answer, [(byte)answer.Kind, .. Encoding.UTF8.GetBytes(answer.Text)]),
        InterruptFrame => Frame(FrameType.Interrupt, []),
        ResizeFrame resize => Frame(FrameType.Resize, SizePayload(resize.Width, resize.Height)),
        ByeFrame => Frame(FrameType.Bye, []),
        OutputFrame output => Frame(FrameType.Output, Encoding.UTF8.GetBytes(output.Text)),
        ScreenFrame screen => Frame(FrameType.Screen, Encoding.UTF8.GetBytes(screen.Text)),
        PagesFrame pages => Frame(FrameType.Pages, [(byte)(pages.IsTable ? 1 : 0)]),
        AskFrame ask => Frame(FrameType.Ask, [(byte)ask.Kind, .. Encoding.UTF8.GetBytes(ask.Prompt)]),
        NoticeFrame notice => Frame(FrameType.Notice, Encoding.UTF8.GetBytes(notice.Text)),
        HistoryFrame history => Frame(FrameType.History, Encoding.UTF8.GetBytes(history.Text)),
        CandidatesFrame candidates => Frame(FrameType.Candidates, CandidatesPayload.Write(candidates.Found)),
        ColoursFrame colours => Frame(FrameType.Colours, [.. colours.Kinds.Select(k => (byte)k)]),
        // A menu path holds no line end, so one separates it from what is shown.
        PromptFrame prompt => Frame(FrameType.Prompt, Encoding.UTF8.GetBytes(prompt.MenuPath + "\n" + prompt.Text)),
        MoreFrame more => Frame(FrameType.More, Encoding.UTF8.GetBytes(more.Prompt)),
        DoneFrame done => Frame(FrameType.Done, DonePayload(done)),
        RefusalFrame refusal => Frame(FrameType.Refusal, Encoding.UTF8.GetBytes(refusal.Text)),
        _ => throw new ArgumentOutOfRangeException(nameof(frame)),
    };

    private static byte[] HelloPayload(HelloFrame hello) =>
    [
        (byte)hello.Version,
        .. SizePayload(hello.Width, hello.Height),
        (byte)(hello.IsInteractive ? 1 : 0),
        // None of these holds a line end; the password, which may, comes last.
        .. Encoding.UTF8.GetBytes(string.Join('\n', (string[])[hello.User, hello.From, hello.Via, .. hello.Password is null ? (string[])[] : [hello.Password]])),
    ];

    private static byte[] DonePayload(DoneFrame done)
    {
        byte[] place = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(place, done.Line);
        BinaryPrimitives.WriteInt32BigEndian(place.AsSpan(4), done.Column);
        return [(byte)done.Status, .. place, .. Encoding.UTF8.GetBytes(done.Error)];
    }

    private static byte[] SizePayload(int width, int height)
    {
        byte[] payload = new byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)width);
        BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(2), (ushort)height);
        return payload;
    }

    private static byte[] Frame(FrameType type, ReadOnlySpan<byte> payload)
    {
        byte[] frame = new byte[FrameFormat.HeaderSize + payload.Length];
        frame[0] = (byte)type;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), payload.Length);
        payload.CopyTo(frame.AsSpan(FrameFormat.HeaderSize));
        return frame;
    }
}
