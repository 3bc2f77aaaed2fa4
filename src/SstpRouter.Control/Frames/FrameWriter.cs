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
        InterruptFrame => Frame(FrameType.Interrupt, []),
        ResizeFrame resize => Frame(FrameType.Resize, SizePayload(resize.Width, resize.Height)),
        ByeFrame => Frame(FrameType.Bye, []),
        OutputFrame output => Frame(FrameType.Output, Encoding.UTF8.GetBytes(output.Text)),
        // A menu path holds no line end, so one separates it from what is shown.
        PromptFrame prompt => Frame(FrameType.Prompt, Encoding.UTF8.GetBytes(prompt.MenuPath + "\n" + prompt.Text)),
        MoreFrame more => Frame(FrameType.More, Encoding.UTF8.GetBytes(more.Prompt)),
        DoneFrame done => Frame(FrameType.Done, [(byte)done.Status, .. Encoding.UTF8.GetBytes(done.Error)]),
        RefusalFrame refusal => Frame(FrameType.Refusal, Encoding.UTF8.GetBytes(refusal.Text)),
        _ => throw new ArgumentOutOfRangeException(nameof(frame)),
    };

    private static byte[] HelloPayload(HelloFrame hello) =>
        [(byte)hello.Version, .. SizePayload(hello.Width, hello.Height), (byte)(hello.IsInteractive ? 1 : 0), .. Encoding.UTF8.GetBytes(hello.User)];

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
