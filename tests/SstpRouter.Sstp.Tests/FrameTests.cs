using SstpRouter.Sstp.Calls;
using SstpRouter.Sstp.Tests.Support;
using static SstpRouter.Sstp.Tests.Support.Conversation;

namespace SstpRouter.Sstp.Tests;

/// <summary>Which frames pass when ([MS-SSTP] 3.2.7.2, 3.3.7.2), and the stream they come in.</summary>
public class FrameTests
{
    [Theory]
    [InlineData(SstpCallState.ConnectRequestSent, false, false, false)]
    [InlineData(SstpCallState.ConnectAckReceived, false, true, false)]
    [InlineData(SstpCallState.Connected, false, true, true)]
    [InlineData(SstpCallState.ConnectRequestPending, true, false, false)]
    [InlineData(SstpCallState.CallConnectedPending, true, true, false)]
    [InlineData(SstpCallState.Connected, true, true, true)]
    [InlineData(SstpCallState.AbortPending, true, false, false)]
    [InlineData(SstpCallState.AbortTimeoutPending, true, false, false)]
    [InlineData(SstpCallState.DisconnectAckPending, true, false, false)]
    [InlineData(SstpCallState.DisconnectTimeoutPending, true, false, false)]
    public void Frames_pass_when_their_state_has_come(SstpCallState state, bool server, bool control, bool data)
    {
        Conversation call = In(state, server);

        call.Receive(Packets.Data(Packets.LcpFrame), Packets.Data(Packets.Ipv4Frame));

        string[] expected =
        [
            .. control ? new[] { Convert.ToHexString(Packets.LcpFrame) } : [],
            .. data ? new[] { Convert.ToHexString(Packets.Ipv4Frame) } : [],
        ];
        Assert.Equal(expected, call.Frames);
        Assert.Equal(control, call.Call.MaySendControl);
        Assert.Equal(data, call.Call.MaySendData);
        SstpCounters counters = call.Call.Counters;
        Assert.Equal(expected.Length, counters.FramesReceived);
        Assert.Equal(2, counters.FramesReceived + counters.EarlyFramesDropped + counters.LateFramesDropped);
        Assert.Equal(state >= SstpCallState.AbortPending, counters.LateFramesDropped > 0);
    }

    [Theory]
    [InlineData("FF03C021", true)]
    [InlineData("FF03C223", true)]
    [InlineData("FF038021", true)]
    [InlineData("C021", true)] // address and control left out
    [InlineData("8057", true)]
    [InlineData("FF030021", false)]
    [InlineData("FF030057", false)]
    [InlineData("FF03003D", false)] // multilink
    [InlineData("FF0300FD", false)]
    [InlineData("FF034021", false)]
    [InlineData("0021", false)]
    [InlineData("2145", false)] // protocol of one byte
    [InlineData("FF032145", false)]
    [InlineData("FF03C1", false)]
    [InlineData("FF03", false)]
    [InlineData("C0", false)]
    [InlineData("", false)]
    public void Control_frames_are_those_from_8000_up(string frame, bool control) =>
        Assert.Equal(control, PppFrameKind.IsControl(Packets.Hex(frame)));

    [Fact]
    public void A_thousand_early_frames_are_dropped_and_one_more_is_aborted()
    {
        Conversation call = In(SstpCallState.CallConnectedPending, server: true);
        byte[] early = Packets.Data(Packets.Ipv4Frame);
        for (int i = 0; i < 1_000; i++)
        {
            Assert.Empty(call.Receive(early));
        }

        Assert.Equal([Sent(Packets.AbortUnaccepted)], call.Receive(early));
        Assert.Equal([ClosedBy(SstpCloseReason.TooManyEarlyFrames)], call.At(3_000));
    }

    [Fact]
    public void A_packet_without_a_frame_is_counted_and_dropped()
    {
        Conversation call = In(SstpCallState.Connected, server: true);

        call.Receive(Packets.Data([]));

        Assert.Empty(call.Frames);
        Assert.Equal(1, call.Call.Counters.EmptyFramesDropped);
    }

    [Fact]
    public void Frames_and_messages_keep_their_order()
    {
        Conversation client = In(SstpCallState.ConnectRequestSent, server: false);
        byte[] stream = Packets.Concat(
            Packets.Data(Packets.LcpFrame), Packets.Ack(), Packets.Data(Packets.LcpFrame), Packets.Disconnect);
        ReadOnlySpan<byte> input = stream;

        Assert.True(client.Call.TryRead(ref input, 0, out ReadOnlySpan<byte> frame));
        Assert.True(frame.SequenceEqual(Packets.LcpFrame));
        Assert.Equal(Packets.Disconnect.Length, input.Length);
        Assert.True(client.Call.MaySendControl);

        Assert.False(client.Call.TryRead(ref input, 0, out frame));
        Assert.True(frame.IsEmpty);
        Assert.Equal(SstpCallState.DisconnectTimeoutPending, client.Call.State);
    }

    [Fact]
    public void A_frame_lies_in_the_memory_it_came_in()
    {
        Conversation call = In(SstpCallState.Connected, server: true);
        byte[] packet = Packets.Data(Packets.Ipv4Frame);
        ReadOnlySpan<byte> input = packet;

        Assert.True(call.Call.TryRead(ref input, 0, out ReadOnlySpan<byte> frame));
        Assert.True(frame.Overlaps(packet, out int offset));
        Assert.Equal(-4, offset);
    }

    [Fact]
    public void The_longest_frame_passes()
    {
        Conversation call = In(SstpCallState.Connected, server: true);
        byte[] frame = new byte[SstpPacket.MaximumFrameLength];
        frame[1] = 0x21;

        call.Receive(Packets.Data(frame));

        Assert.Equal([Convert.ToHexString(frame)], call.Frames);
    }

    [Fact]
    public void Data_packets_are_read_without_allocating()
    {
        Conversation call = In(SstpCallState.Connected, server: true);
        byte[] stream = Packets.Concat([.. Enumerable.Repeat(Packets.Data(new byte[1_400]), 16)]);
        Assert.Equal(16, ReadAll(call.Call, stream));

        long before = GC.GetAllocatedBytesForCurrentThread();
        int frames = 0;
        for (int i = 0; i < 1_000; i++)
        {
            frames += ReadAll(call.Call, stream);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(16_000, frames);
    }

    private static int ReadAll(SstpCall call, byte[] stream)
    {
        ReadOnlySpan<byte> input = stream;
        int frames = 0;
        while (call.TryRead(ref input, 0, out _))
        {
            frames++;
            _ = call.NextDeadline;
        }

        return frames;
    }
}
