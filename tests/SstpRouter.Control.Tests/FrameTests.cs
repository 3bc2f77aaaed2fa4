using SstpRouter.Control.Frames;
using SstpRouter.RouterOs.Assistance;

namespace SstpRouter.Control.Tests;

public sealed class FrameTests
{
    public static TheoryData<object> EveryFrame =>
    [
        new HelloFrame(FrameFormat.Version, 100, 24, true, "admin"),
        new HelloFrame(FrameFormat.Version, 65535, 1, false, "Jānis"),
        new HelloFrame(FrameFormat.Version, 80, 24, true, "admin", "2001:db8::1", "ssh"),
        new HelloFrame(FrameFormat.Version, 80, 24, true, "admin", "", "local", "pass\nword"),
        new ActionFrame(SessionAction.Quit),
        new AssistFrame(AssistKind.Help, "/ip \U0001F600"),
        new AnswerFrame(AnswerKind.Given, "s3cret"),
        new ScreenFrame("  status: connected\n"),
        new PagesFrame(true),
        new AskFrame(AskKind.Hidden, "new password: "),
        new NoticeFrame("17:20:06 echo: system,error,critical login failure"),
        new HistoryFrame(":if (true) do={\n}"),
        new RunFrame(""),
        new RunFrame("/ppp secret add name=\"ā \U0001F600\"\n"),
        new InterruptFrame(),
        new ResizeFrame(1, 65535),
        new ByeFrame(),
        new OutputFrame("Flags: X - disabled\n"),
        new PromptFrame("[admin@MikroTik] /ip/route> ", "/ip/route"),
        new PromptFrame("odd\nidentity> ", "/"),
        new MoreFrame("{... "),
        new DoneFrame(0, ""),
        new DoneFrame(1, "expected end of command (line 1 column 22)"),
        new RefusalFrame("too many sessions"),
    ];

    [Theory]
    [MemberData(nameof(EveryFrame))]
    public void A_frame_survives_the_wire_byte_by_byte(object frame)
    {
        var reader = new FrameReader(FrameFormat.LargestFromClient);
        byte[] bytes = FrameWriter.Write((ControlFrame)frame);

        for (int i = 0; i < bytes.Length; i++)
        {
            Assert.Null(reader.Next());
            reader.Append(bytes.AsSpan(i, 1));
        }

        Assert.Equal(frame, reader.Next());
        Assert.Null(reader.Next());
        Assert.Null(reader.Fault);
    }

    [Fact]
    public void Words_and_colours_survive_the_wire()
    {
        var found = new Completion(
            3, "print ", [new Candidate("print", "print ", WordKind.Command, "Show the items"), new Candidate("a b", "\"a b\" ", WordKind.Plain, "")]);
        var reader = new FrameReader(FrameFormat.LargestFromServer);
        reader.Append([.. FrameWriter.Write(new CandidatesFrame(found)), .. FrameWriter.Write(new ColoursFrame([WordKind.Menu, WordKind.Unknown]))]);

        Completion read = Assert.IsType<CandidatesFrame>(reader.Next()).Found;
        Assert.Equal((found.Start, found.Insert), (read.Start, read.Insert));
        Assert.Equal(found.Candidates, read.Candidates);
        Assert.Equal([WordKind.Menu, WordKind.Unknown], Assert.IsType<ColoursFrame>(reader.Next()).Kinds);
    }

    [Fact]
    public void Words_that_do_not_fit_a_frame_are_left_out()
    {
        var many = new Completion(0, "", [.. Enumerable.Range(0, 20_000).Select(i => new Candidate($"user{i}", $"user{i} ", WordKind.Plain, ""))]);
        var reader = new FrameReader(FrameFormat.LargestFromServer);
        reader.Append(FrameWriter.Write(new CandidatesFrame(many)));

        Assert.InRange(Assert.IsType<CandidatesFrame>(reader.Next()).Found.Candidates.Count, 1000, 19_999);
    }

    [Fact]
    public void Frames_that_come_together_are_told_apart()
    {
        var reader = new FrameReader(FrameFormat.LargestFromClient);

        reader.Append([.. FrameWriter.Write(new RunFrame("a")), .. FrameWriter.Write(new InterruptFrame()), .. FrameWriter.Write(new RunFrame("b")).AsSpan(0, 3)]);

        Assert.Equal(new RunFrame("a"), reader.Next());
        Assert.Equal(new InterruptFrame(), reader.Next());
        Assert.Null(reader.Next());
    }

    [Fact]
    public void The_wire_form_is_type_length_payload() =>
        Assert.Equal([(byte)'R', 0, 0, 0, 2, (byte)'h', (byte)'i'], FrameWriter.Write(new RunFrame("hi")));

    [Theory]
    [InlineData("52 00 00 00 11", "a frame of 17 bytes is longer than 16")]
    [InlineData("52 FF FF FF FF", "a frame of 4294967295 bytes is longer than 16")]
    [InlineData("5A 00 00 00 00", "a frame of type 90 is not understood")]
    [InlineData("52 00 00 00 02 C3 28", "a frame of type 82 is not understood")]
    [InlineData("49 00 00 00 01 00", "a frame of type 73 is not understood")]
    [InlineData("53 00 00 00 04 00 00 00 01", "a frame of type 83 is not understood")]
    [InlineData("53 00 00 00 03 00 01 00", "a frame of type 83 is not understood")]
    [InlineData("58 00 00 00 01 03", "a frame of type 88 is not understood")]
    [InlineData("41 00 00 00 01 03", "a frame of type 65 is not understood")]
    [InlineData("59 00 00 00 00", "a frame of type 89 is not understood")]
    [InlineData("63 00 00 00 01 09", "a frame of type 99 is not understood")]
    [InlineData("61 00 00 00 04 00 00 00 01", "a frame of type 97 is not understood")]
    [InlineData("61 00 00 00 07 00 00 00 01 41 00 42", "a frame of type 97 is not understood")]
    [InlineData("64 00 00 00 00", "a frame of type 100 is not understood")]
    [InlineData("70 00 00 00 01 3E", "a frame of type 112 is not understood")]
    [InlineData("48 00 00 00 00", "a frame of type 72 is not understood")]
    [InlineData("48 00 00 00 06 03 00 50 00 18 01", "a frame of type 72 is not understood")]
    [InlineData("48 00 00 00 07 03 00 50 00 18 01 1B", "a frame of type 72 is not understood")]
    public void What_is_not_understood_is_said_and_nothing_more_is_read(string hex, string fault)
    {
        var reader = new FrameReader(16);

        reader.Append([.. Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), .. FrameWriter.Write(new InterruptFrame())]);

        Assert.Null(reader.Next());
        Assert.Equal(fault, reader.Fault);
        Assert.Null(reader.Next());
    }

    [Fact]
    public void A_hello_of_another_version_is_read_however_it_goes_on()
    {
        var reader = new FrameReader(16);

        reader.Append([(byte)'H', 0, 0, 0, 3, 9, 0xFF, 0xFF]);

        Assert.Equal(9, Assert.IsType<HelloFrame>(reader.Next()).Version);
    }

    [Fact]
    public void Random_bytes_give_frames_or_a_fault_and_never_an_exception()
    {
        var random = new Random(1);
        for (int round = 0; round < 20_000; round++)
        {
            var reader = new FrameReader(64);
            byte[] bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            if (bytes.Length > 5)
            {
                bytes[0] = "HRISBopmdeXAYwgqnhac"u8[random.Next(20)];
                bytes.AsSpan(1, 3).Clear();
                bytes[4] = (byte)random.Next(70);
            }

            reader.Append(bytes);
            while (reader.Next() is not null)
            {
            }
        }
    }

    [Fact]
    public void A_stream_of_many_frames_does_not_make_the_reader_grow()
    {
        var reader = new FrameReader(FrameFormat.LargestFromClient);
        byte[] frame = FrameWriter.Write(new OutputFrame(new string('x', 1000)));
        reader.Append(frame);
        Assert.NotNull(reader.Next());
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 100; i++)
        {
            reader.Append(frame);
            Assert.NotNull(reader.Next());
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * 2400);
    }
}
