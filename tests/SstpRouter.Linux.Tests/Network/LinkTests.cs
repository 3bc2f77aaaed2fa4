using SstpRouter.Linux.Tests.Support;

namespace SstpRouter.Linux.Tests.Network;

public sealed class LinkTests
{
    [RootFact]
    public void A_new_namespace_has_only_a_loopback_interface() => Sandbox.Run(routes =>
    {
        Link loopback = Assert.Single(routes.Links(), l => l.Flags.HasFlag(LinkFlags.Loopback));
        Assert.Equal(("lo", 1, true), (loopback.Name, loopback.Index, loopback.IsUp));
        Assert.Equal(loopback.Name, routes.Link(1)!.Name);
    });

    [RootFact]
    public void A_pair_appears_as_two_wired_interfaces() => Sandbox.Run(routes =>
    {
        routes.AddVethPair("left", "right");
        Link left = routes.Link("left")!;
        Link right = routes.Link("right")!;
        Assert.Equal(("veth", "veth"), (left.Kind, right.Kind));
        Assert.Equal((right.Index, left.Index), (left.PeerIndex, right.PeerIndex));
        Assert.Equal(6, left.HardwareAddress.Length);
        routes.SetLinkUp(left.Index);
        Assert.True(routes.Link("left")!.IsUp);
        Assert.False(routes.Link("left")!.Flags.HasFlag(LinkFlags.LowerUp));
        routes.SetLinkUp(right.Index);
        Assert.True(routes.Link("left")!.Flags.HasFlag(LinkFlags.LowerUp));
        routes.SetLinkDown(left.Index);
        Assert.False(routes.Link("left")!.IsUp);
        Assert.True(routes.DeleteLink(left.Index));
        Assert.Null(routes.Link("right"));
        Assert.False(routes.DeleteLink(left.Index));
    });

    [RootFact]
    public void A_group_is_deleted_at_once_and_nothing_else() => Sandbox.Run(routes =>
    {
        const int group = 4711;
        TunDevice[] devices = [.. Enumerable.Range(0, 5).Select(n => TunDevice.Create($"tun{n}"))];
        Assert.All(devices.Take(3), device => Assert.True(routes.SetGroup(device.Index, group)));

        Assert.True(routes.DeleteGroup(group));

        Assert.Equal(["tun3", "tun4"], routes.Links().Where(l => l.Kind == "tun").Select(l => l.Name));
        Assert.False(routes.DeleteGroup(group));
        Assert.False(routes.SetGroup(devices[0].Index, group));
        Assert.Throws<ArgumentOutOfRangeException>(() => routes.DeleteGroup(0));
        Array.ForEach(devices, device => device.Dispose());
    });

    [RootFact]
    public void A_pair_may_span_two_namespaces()
    {
        using WiredPair pair = new();
        Assert.Null(pair.Near.Run(() => Find("far")));
        Assert.Null(pair.Far.Run(() => Find("near")));
        Assert.NotNull(pair.Near.Run(() => Find("near")));
        Assert.NotNull(pair.Far.Run(() => Find("far")));
    }

    [RootFact]
    public void An_interface_moves_to_another_namespace() => Sandbox.Run(routes =>
    {
        using NetworkNamespace target = NetworkNamespace.Create();
        routes.AddVethPair("stays", "goes");
        routes.MoveToNamespace(routes.Link("goes")!.Index, target);
        Assert.Null(routes.Link("goes"));
        Assert.NotNull(target.Run(() => Find("goes")));
    });

    [RootFact]
    public void A_socket_keeps_the_namespace_in_which_it_was_opened() => Sandbox.Run(routes =>
    {
        routes.AddVethPair("left", "right");
        using NetworkNamespace other = NetworkNamespace.Create();
        Assert.NotNull(other.Run(() => routes.Link("left")));
    });

    [RootFact]
    public void Name_and_MTU_change() => Sandbox.Run(routes =>
    {
        routes.AddVethPair("left", "right");
        int index = routes.Link("left")!.Index;
        routes.Rename(index, "ether1");
        routes.SetMtu(index, 1400);
        Assert.Equal(("ether1", 1400), (routes.Link(index)!.Name, routes.Link("ether1")!.Mtu));
        Assert.Null(routes.Link("left"));
    });

    [RootFact]
    public void An_MTU_that_the_driver_refuses_is_an_error_in_the_kernels_words() => Sandbox.Run(routes =>
    {
        routes.AddVethPair("left", "right");
        int index = routes.Link("left")!.Index;
        LinuxException e = Assert.Throws<LinuxException>(() => routes.SetMtu(index, 20));
        Assert.Equal(
            $"cannot set the MTU of interface {index} to 20: Invalid argument; mtu less than device minimum", e.Message);
    });

    [RootFact]
    public void A_long_name_becomes_a_further_name_and_finds_the_interface() => Sandbox.Run(routes =>
    {
        const string Name = "<sstp-alice@example.com-über-日本>";
        routes.AddVethPair("left", "right");
        int index = routes.Link("left")!.Index;
        Assert.True(routes.SetAltName(index, Name));
        Assert.Equal(index, routes.Link(Name)!.Index);
        Assert.Equal([Name], routes.Link("left")!.AlternativeNames);
        Assert.False(routes.SetAltName(routes.Link("right")!.Index, Name));
        Assert.True(routes.RemoveAltName(index, Name));
        Assert.Null(routes.Link(Name));
        Assert.False(routes.RemoveAltName(index, Name));
    });

    [RootFact]
    public void A_name_of_any_length_may_be_asked_for() => Sandbox.Run(routes =>
    {
        Assert.Null(routes.Link(new string('x', 127)));
        Assert.Null(routes.Link(new string('x', 128)));
        Assert.Null(routes.Link(new string('日', 500)));
    });

    [RootFact]
    public void Counters_count() => Sandbox.RunWithTun((tun, routes) =>
    {
        byte[] packet = Packets.EchoRequest("10.0.0.5", "10.0.0.1", 1, 1);
        Assert.True(tun.Write(packet));
        _ = Sandbox.Await(tun.Descriptor, EpollEvents.Readable);
        Assert.True(tun.Read(new byte[2048]) > 0);
        LinkStatistics counted = routes.Link(tun.Index)!.Statistics;
        Assert.Equal(
            (1UL, (ulong)packet.Length, 1UL, (ulong)packet.Length),
            (counted.RxPackets, counted.RxBytes, counted.TxPackets, counted.TxBytes));
    });

    [RootFact]
    public void A_name_that_is_taken_is_refused() => Sandbox.Run(routes =>
    {
        routes.AddVethPair("left", "right");
        LinuxException e = Assert.Throws<LinuxException>(() => routes.AddVethPair("left", "other"));
        Assert.Equal(Errno.Exists, e.ErrorNumber);
        Assert.StartsWith("cannot create interfaces left and other: File exists", e.Message, StringComparison.Ordinal);
    });

    [RootFact]
    public void Many_interfaces_are_all_listed() => Sandbox.Run(routes =>
    {
        for (int i = 0; i < 100; i++)
        {
            routes.AddVethPair($"a{i}", $"b{i}");
        }

        IEnumerable<string> listed = routes.Links().Select(l => l.Name);
        Assert.Empty(Enumerable.Range(0, 100).SelectMany(i => new[] { $"a{i}", $"b{i}" }).Except(listed));
    });

    private static Link? Find(string name)
    {
        using RouteSocket routes = new();
        return routes.Link(name);
    }
}
