namespace SstpRouter.Ppp.Tests;

public sealed class PppFrameTests
{
    [Theory]
    [InlineData("FF03 C021 01", 0xC021, 4)]
    [InlineData("FF03 0021 45", 0x0021, 4)]
    [InlineData("FF03 21 45", 0x0021, 3)] // protocol compressed
    [InlineData("C021 01", 0xC021, 2)] // address and control compressed
    [InlineData("21 45", 0x0021, 1)] // both
    [InlineData("57", 0x0057, 1)] // nothing after it
    [InlineData("FF03 80FD", 0x80FD, 4)]
    public void A_header_is_taken_in_every_form(string frame, int protocol, int offset)
    {
        Assert.True(PppFrame.TryParse(Conversation.Bytes(frame), out ushort found, out int at));
        Assert.Equal(protocol, found);
        Assert.Equal(offset, at);
    }

    [Theory]
    [InlineData("")]
    [InlineData("FF03")]
    [InlineData("FF03 C0")]
    [InlineData("C0")]
    [InlineData("FF03 C020 00")] // RFC 1661 2: the last byte of a protocol number is odd
    public void A_frame_that_has_no_protocol_is_none(string frame) =>
        Assert.False(PppFrame.TryParse(Conversation.Bytes(frame), out _, out _));

    [Fact]
    public void A_header_is_written_uncompressed()
    {
        var header = new byte[PppFrame.HeaderLength];
        PppFrame.WriteHeader(header, PppFrame.Ipv4);
        Assert.Equal([0xFF, 0x03, 0x00, 0x21], header);
    }

    [Fact]
    public void Parsing_and_writing_do_not_allocate()
    {
        var frame = new byte[64];
        bool ok = true;
        for (int round = 0; round < 2; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
            {
                PppFrame.WriteHeader(frame, PppFrame.Ipv6);
                ok &= PppFrame.TryParse(frame, out _, out _);
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(round == 0 || allocated == 0, $"{allocated} bytes");
        }

        Assert.True(ok);
    }
}
