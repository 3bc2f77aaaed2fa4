using System.Net.Sockets;
using FsCheck;
using FsCheck.Fluent;
using SstpRouter.Linux.Icmp;
using SstpRouter.Linux.Tests.Support;

namespace SstpRouter.Linux.Tests.Network;

public sealed class IcmpPacketTests
{
    [Fact]
    public void The_checksum_is_that_of_RFC_1071()
    {
        // RFC 1071 3: the sum of this example is DDF2
        Assert.Equal(unchecked((ushort)~0xDDF2), IcmpPacket.Checksum([0x00, 0x01, 0xF2, 0x03, 0xF4, 0xF5, 0xF6, 0xF7]));
        Assert.Equal(unchecked((ushort)~0x0100), IcmpPacket.Checksum([0x01]));
    }

    // RFC 792, RFC 1812 5.2.7.1
    [Theory]
    [InlineData(3, 0, PingStatus.NetworkUnreachable)]
    [InlineData(3, 1, PingStatus.HostUnreachable)]
    [InlineData(3, 3, PingStatus.Refused)]
    [InlineData(3, 4, PingStatus.PacketTooLarge)]
    [InlineData(3, 9, PingStatus.Prohibited)]
    [InlineData(3, 13, PingStatus.Prohibited)]
    [InlineData(11, 0, PingStatus.TtlExceeded)]
    public void An_error_tells_its_kind_and_the_request_it_is_about(byte type, byte code, PingStatus expected)
    {
        byte[] quoted = Packets.EchoRequest("192.0.2.1", "192.0.2.9", 0x4321, 77);
        byte[] packet = Seal([type, code, 0, 0, 0, 0, 0, 0, .. quoted]);
        Assert.True(IcmpPacket.TryRead(packet, AddressFamily.InterNetwork, out EchoOutcome outcome));
        Assert.Equal(new EchoOutcome(expected, 0x4321, 77), outcome);
    }

    // RFC 4443 3.1 to 3.3
    [Theory]
    [InlineData(1, 0, PingStatus.NoRoute)]
    [InlineData(1, 1, PingStatus.Prohibited)]
    [InlineData(1, 3, PingStatus.HostUnreachable)]
    [InlineData(1, 4, PingStatus.Refused)]
    [InlineData(2, 0, PingStatus.PacketTooLarge)]
    [InlineData(3, 0, PingStatus.TtlExceeded)]
    public void An_IPv6_error_tells_its_kind_and_the_request_it_is_about(byte type, byte code, PingStatus expected)
    {
        byte[] header = new byte[IcmpPacket.IPv6HeaderSize];
        header[6] = 58;
        byte[] packet = [type, code, 0, 0, 0, 0, 0, 0, .. header, 128, 0, 0, 0, 0x43, 0x21, 0, 77];
        Assert.True(IcmpPacket.TryRead(packet, AddressFamily.InterNetworkV6, out EchoOutcome outcome));
        Assert.Equal(new EchoOutcome(expected, 0x4321, 77), outcome);
    }

    [Fact]
    public void An_error_about_something_else_is_passed_over()
    {
        byte[] udp = Packets.EchoRequest("192.0.2.1", "192.0.2.9", 1, 1);
        udp[9] = 17;
        Assert.False(Reads(Seal([3, 1, 0, 0, 0, 0, 0, 0, .. udp])));
        byte[] answer = Packets.Answer(Packets.EchoRequest("192.0.2.1", "192.0.2.9", 1, 1));
        Assert.False(Reads(Seal([3, 1, 0, 0, 0, 0, 0, 0, .. answer])));
        Assert.False(Reads(Seal([3, 1, 0, 0, 0, 0, 0, 0, .. answer[..20]])));
        Assert.False(Reads(Seal([5, 1, 0, 0, 0, 0, 0, 0, .. answer])));
        static bool Reads(byte[] packet) => IcmpPacket.TryRead(packet, AddressFamily.InterNetwork, out _);
    }

    [Fact]
    public void Octets_of_any_kind_are_read_without_an_exception() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<byte[]>(),
            octets =>
            {
                foreach (byte type in new byte[] { 0, 1, 2, 3, 11, 129 })
                {
                    byte[] packet = Seal([type, 0, 0, 0, 0, 0, 0, 0, 0x45, .. octets]);
                    _ = IcmpPacket.TryRead(packet, AddressFamily.InterNetwork, out _);
                    _ = IcmpPacket.TryRead(packet, AddressFamily.InterNetworkV6, out _);
                    _ = IcmpPacket.TryStripIPv4(packet.AsSpan(8), out _);
                }

                return true;
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(200));

    private static byte[] Seal(byte[] packet)
    {
        packet[2] = 0;
        packet[3] = 0;
        ushort checksum = IcmpPacket.Checksum(packet);
        packet[2] = (byte)(checksum >> 8);
        packet[3] = (byte)checksum;
        return packet;
    }
}
