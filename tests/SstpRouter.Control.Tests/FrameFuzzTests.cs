using SstpRouter.Control.Frames;
using SstpRouter.Fuzzing;
using SstpRouter.RouterOs.Assistance;

namespace SstpRouter.Control.Tests;

/// <summary>What a program that may open the socket sends, over mutated inputs.</summary>
public sealed class FrameFuzzTests
{
    private static readonly ControlFrame[] Frames =
    [
        new HelloFrame(FrameFormat.Version, 80, 24, true, "admin"), new RunFrame("/ip address print"), new InterruptFrame(), new ResizeFrame(132, 50), new ByeFrame(),
        new OutputFrame("Flags: D - DYNAMIC\n"), new PromptFrame("[admin@hq] > ", "/ip/address"), new MoreFrame("{... "), new DoneFrame(1, "failure: no"), new RefusalFrame("no"),
        new ActionFrame(SessionAction.ToggleSafeMode), new AssistFrame(AssistKind.Complete, "/ip ad"), new AnswerFrame(AnswerKind.Given, "y"), new ScreenFrame("a\n"),
        new PagesFrame(true), new AskFrame(AskKind.Key, "? "), new NoticeFrame("n"), new HistoryFrame("/ip"), new ColoursFrame([WordKind.Menu]),
        new CandidatesFrame(new Completion(1, "ip ", [new Candidate("ip", "ip ", WordKind.Menu, "IPv4")])),
    ];

    [Fact]
    public void Stream() => Fuzz.Run(
        "control-frames",
        [.. Frames.Select(FrameWriter.Write), [.. Frames.SelectMany(FrameWriter.Write)]],
        input =>
        {
            var whole = new FrameReader(FrameFormat.LargestFromClient);
            whole.Append(input);
            List<ControlFrame> frames = ReadAll(whole);

            // In whatever pieces the bytes come, and written again, they are the same frames.
            var pieces = new FrameReader(FrameFormat.LargestFromClient);
            var again = new List<ControlFrame>();
            foreach (byte[] piece in input.Chunk(7))
            {
                pieces.Append(piece);
                again.AddRange(ReadAll(pieces));
            }

            Assert.Equal(frames.Select(FrameWriter.Write), again.Select(FrameWriter.Write));
            Assert.Equal(whole.Fault, pieces.Fault);
            var written = new FrameReader(FrameFormat.LargestFromClient);
            foreach (ControlFrame frame in frames)
            {
                written.Append(FrameWriter.Write(frame));
                Assert.Equal(FrameWriter.Write(frame), FrameWriter.Write(written.Next()!));
            }
        },
        memory: 256 * 1024);

    private static List<ControlFrame> ReadAll(FrameReader reader)
    {
        var frames = new List<ControlFrame>();
        while (reader.Next() is { } frame)
        {
            frames.Add(frame);
        }

        return frames;
    }
}
