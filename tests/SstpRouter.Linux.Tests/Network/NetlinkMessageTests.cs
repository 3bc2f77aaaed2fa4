using System.Net;
using FsCheck;
using FsCheck.Fluent;
using SstpRouter.Linux.Netlink;

namespace SstpRouter.Linux.Tests.Network;

public sealed class NetlinkMessageTests
{
    [Fact]
    public void Attributes_are_aligned_and_numbered_as_the_manual_says()
    {
        NetlinkRequest request = new(MessageType.GetLink, MessageFlags.Acknowledge);
        _ = LinkMessage.Write(request, 0x01020304).Attribute(LinkAttribute.Name, "lo");
        byte[] expected = BitConverter.IsLittleEndian
            ? Convert.FromHexString(
                "28000000" + "1200" + "0500" + "07000000" + "00000000"
                + "00000000" + "04030201" + "00000000" + "00000000"
                + "0700" + "0300" + "6C6F0000")
            : [];
        Assert.Equal(expected, request.Finish(7).ToArray());
    }

    [Fact]
    public void A_request_grows_with_what_it_holds()
    {
        NetlinkRequest request = new(MessageType.NewLink, MessageFlags.None);
        int outer = request.BeginNested(1);
        _ = request.Attribute(2, new byte[1001]);
        request.EndNested(outer);
        NetlinkMessages messages = new(request.Finish(1));
        Assert.True(messages.Next(out NetlinkMessage message));
        NetlinkAttributes attributes = new(message.Body);
        Assert.True(attributes.Next(out ushort type, out ReadOnlySpan<byte> nested));
        Assert.Equal(1, type);
        NetlinkAttributes inner = new(nested);
        Assert.True(inner.Next(out type, out ReadOnlySpan<byte> value));
        Assert.Equal((2, 1001), (type, value.Length));
        Assert.False(inner.Next(out _, out _));
        Assert.False(messages.Next(out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("10000000")]
    [InlineData("0F000000100000000000000000000000")] // shorter than its header
    [InlineData("11000000100000000000000000000000")] // longer than the datagram
    [InlineData("FFFFFFFF100000000000000000000000")]
    public void A_message_with_a_wrong_length_ends_the_walk(string datagram)
    {
        NetlinkMessages messages = new(Convert.FromHexString(datagram));
        Assert.False(messages.Next(out _));
    }

    [Theory]
    [InlineData("030001")]
    [InlineData("03000100")] // shorter than its header
    [InlineData("08000100AA")] // longer than what is there
    public void An_attribute_with_a_wrong_length_ends_the_walk(string octets)
    {
        NetlinkAttributes attributes = new(Convert.FromHexString(octets));
        Assert.False(attributes.Next(out _, out _));
    }

    [Fact]
    public void A_route_of_several_ways_has_them_all()
    {
        // 10.0.0.0/8 by 192.0.2.1 on interface 3 with weight 1, and by 192.0.2.2 on 4 with weight 2
        Route? route = RouteMessage.Read(Convert.FromHexString(
            "02080000" + "FE030001" + "00000000"
            + "08000100" + "0A000000"
            + "24000900"
            + "10000000" + "03000000" + "08000500" + "C0000201"
            + "10000001" + "04000000" + "08000500" + "C0000202"));
        Assert.Equal(IPNetwork.Parse("10.0.0.0/8"), route!.Destination);
        Assert.Equal(
            [new NextHop(IPAddress.Parse("192.0.2.1"), 3, 1), new NextHop(IPAddress.Parse("192.0.2.2"), 4, 2)],
            route.NextHops);
    }

    [Fact]
    public void Bits_beyond_a_prefix_are_cleared()
    {
        Assert.Equal(IPNetwork.Parse("10.1.16.0/20"), NetlinkValue.Network(IPAddress.Parse("10.1.31.7"), 20));
        Assert.Equal(IPNetwork.Parse("0.0.0.0/0"), NetlinkValue.Network(IPAddress.Parse("10.1.31.7"), 0));
        Assert.Equal(IPNetwork.Parse("fd00::/9"), NetlinkValue.Network(IPAddress.Parse("fd12::1"), 9));
        Assert.Equal(IPNetwork.Parse("10.1.31.7/32"), NetlinkValue.Network(IPAddress.Parse("10.1.31.7"), 255));
    }

    [Fact]
    public void Octets_of_any_kind_are_read_without_an_exception() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<byte[]>(),
            octets =>
            {
                foreach (byte family in new byte[] { 2, 10 })
                {
                    byte[] body = [family, .. octets];
                    _ = LinkMessage.Read(body);
                    _ = AddressMessage.Read(body);
                    _ = RouteMessage.Read(body);
                }

                return true;
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(400));
}
