using SstpRouter.Sstp.Tests.Support;

namespace SstpRouter.Sstp.Tests.Wire;

public class PacketTests
{
    [Theory]
    [InlineData(0, "10000004")]
    [InlineData(25, "1000001D")]
    [InlineData(4_091, "10000FFF")]
    public void The_data_header_has_version_and_whole_length(int frameLength, string header)
    {
        byte[] bytes = [0xEE, 0xEE, 0xEE, 0xEE];

        SstpPacket.WriteDataHeader(bytes, frameLength);

        Assert.Equal(header, Convert.ToHexString(bytes));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4_092)]
    [InlineData(int.MaxValue)]
    public void A_frame_that_does_not_fit_is_refused(int frameLength) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SstpPacket.WriteDataHeader(new byte[4], frameLength));

    [Fact]
    public void The_packet_at_the_front_is_found()
    {
        byte[] stream = Packets.Concat(Packets.EchoRequest, Packets.Data(Packets.Ipv4Frame), [0x10]);

        Assert.True(SstpPacket.TryParse(stream, out bool control, out ReadOnlySpan<byte> packet));
        Assert.True(control);
        Assert.True(packet.SequenceEqual(Packets.EchoRequest));

        Assert.True(SstpPacket.TryParse(stream.AsSpan(8), out control, out packet));
        Assert.False(control);
        Assert.True(packet.SequenceEqual(Packets.Data(Packets.Ipv4Frame)));

        Assert.False(SstpPacket.TryParse(stream.AsSpan(stream.Length - 1), out _, out _));
        Assert.False(SstpPacket.TryParse(Packets.Hex("20000004"), out _, out _));
    }
}
