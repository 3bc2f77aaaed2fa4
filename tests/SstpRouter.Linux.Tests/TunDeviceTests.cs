using System.Net;
using System.Net.Sockets;
using SstpRouter.Linux.Tests.Support;

namespace SstpRouter.Linux.Tests;

public sealed class TunDeviceTests
{
    private readonly byte[] _buffer = new byte[2048];

    [RootFact]
    public void The_kernel_answers_a_packet_that_comes_in_by_the_interface() => Sandbox.RunWithTun(tun =>
    {
        byte[] request = Packets.EchoRequest("10.0.0.5", "10.0.0.1", 0x1234, 1);
        Assert.True(tun.Write(request));
        _ = Sandbox.Await(tun.Descriptor, EpollEvents.Readable);
        int length = tun.Read(_buffer);
        Assert.Equal(request.Length, length);
        Assert.Equal(IPAddress.Parse("10.0.0.1"), Packets.Source(_buffer));
        Assert.Equal(IPAddress.Parse("10.0.0.5"), Packets.Destination(_buffer));
        Assert.Equal(Packets.Answer(request)[20..], _buffer[20..length]);
        Assert.Equal(-1, tun.Read(_buffer));
    });

    [RootFact]
    public void A_packet_routed_out_is_read_and_its_answer_reaches_the_sender() => Sandbox.RunWithTun(tun =>
    {
        using Pinger pinger = Pinger.Open(AddressFamily.InterNetwork);
        Assert.Equal(PingStatus.Ok, pinger.Send(IPAddress.Parse("10.0.0.5"), 9, size: 100, ttl: 33));
        _ = Sandbox.Await(tun.Descriptor, EpollEvents.Readable);
        int length = tun.Read(_buffer);
        Assert.Equal(100, length);
        Assert.Equal(33, _buffer[8]);
        Assert.Equal(IPAddress.Parse("10.0.0.1"), Packets.Source(_buffer));
        Assert.True(tun.Write(Packets.Answer(_buffer.AsSpan(0, length))));
        PingReply? reply = pinger.Receive(Sandbox.Patience);
        Assert.Equal((PingStatus.Ok, 9, 100, 33), (reply!.Value.Status, reply.Value.Sequence, reply.Value.Size, reply.Value.Ttl));
    });

    [RootFact]
    public void A_disabled_interface_drops_packets() => Sandbox.RunWithTun((tun, routes) =>
    {
        routes.SetLinkDown(tun.Index);
        Assert.False(tun.Write(Packets.EchoRequest("10.0.0.5", "10.0.0.1", 1, 1)));
    });

    [RootFact]
    public void What_is_no_IP_packet_is_dropped() => Sandbox.RunWithTun(tun =>
    {
        Assert.False(tun.Write("\0\0\0\0"u8));
        Assert.False(tun.Write([]));
        Assert.Equal(-1, tun.Read(_buffer));
    });

    [RootFact]
    public void The_interface_has_the_name_and_index_and_goes_with_its_owner() => Sandbox.Run(routes =>
    {
        using (TunDevice tun = TunDevice.Create("<sstp-bob>"))
        {
            Link? link = routes.Link("<sstp-bob>");
            Assert.Equal((tun.Index, tun.Name, "tun", 1500), (link!.Index, link.Name, link.Kind, link.Mtu));
            Assert.False(link.IsUp);
        }

        Assert.Null(routes.Link("<sstp-bob>"));
    });

    [RootFact]
    public void A_name_that_is_taken_is_refused_with_the_cause() => Sandbox.Run(() =>
    {
        using TunDevice tun = TunDevice.Create("sstp-out1");
        LinuxException e = Assert.Throws<LinuxException>(() => TunDevice.Create("sstp-out1"));
        Assert.Equal(
            "cannot create interface sstp-out1: Device or resource busy; an interface with that name exists", e.Message);
    });

    [Theory]
    [InlineData("")]
    [InlineData("sixteen-octets-x")]
    [InlineData("a/b")]
    [InlineData("tun%d")]
    [InlineData("default")]
    public void An_illegal_name_never_reaches_the_kernel(string name) =>
        Assert.Throws<ArgumentException>(() => TunDevice.Create(name));

    [RootFact]
    public void Reading_from_a_deleted_interface_is_an_error_and_no_endless_loop() => Sandbox.RunWithTun((tun, routes) =>
    {
        Assert.True(routes.DeleteLink(tun.Index));
        Assert.Equal(Errno.BadDescriptorState, Assert.Throws<LinuxException>(() => tun.Read(_buffer)).ErrorNumber);
        Assert.Throws<LinuxException>(() => tun.Write(Packets.EchoRequest("10.0.0.5", "10.0.0.1", 1, 1)));
    });

    [RootFact]
    public void Passing_packets_allocates_nothing() => Sandbox.RunWithTun(tun =>
    {
        byte[] request = Packets.EchoRequest("10.0.0.5", "10.0.0.1", 1, 1);
        Turn();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Turn();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Turn()
        {
            _ = tun.Write(request);
            _ = tun.Read(_buffer);
            _ = tun.Read(_buffer);
        }
    });
}
