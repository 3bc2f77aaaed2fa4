using System.Net;
using SstpRouter.RouterOs.Schema;
using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Ip;

[Collection(OneAtATime.Name)]
public sealed class AddressServiceTests
{
    [RootFact]
    public void An_address_is_set_changed_disabled_and_removed() => RunningRouter.Run(router =>
    {
        router.PlugIn("ether1");
        router.Type("/ip address add address=192.168.62.2/24 interface=ether1");
        Assert.Equal(["192.168.62.2/24"], router.AddressesOf("ether1"));
        Assert.True(router.Kernel.Link("ether1")!.IsUp);

        router.Type("/ip address set 0 address=192.168.62.3/25");
        Assert.Equal(["192.168.62.3/25"], router.AddressesOf("ether1"));

        router.Type("/ip address disable 0");
        Assert.Empty(router.AddressesOf("ether1"));

        router.Type("/ip address enable 0");
        Assert.Equal(["192.168.62.3/25"], router.AddressesOf("ether1"));

        router.Type("/ip address remove 0");
        Assert.Empty(router.AddressesOf("ether1"));
    });

    [RootFact]
    public void An_address_moves_with_its_interface_setting() => RunningRouter.Run(router =>
    {
        router.PlugIn("ether1");
        router.PlugIn("ether2");
        router.Type("/ip address add address=192.168.62.2/24 interface=ether1");

        router.Type("/ip address set 0 interface=ether2");

        Assert.Empty(router.AddressesOf("ether1"));
        Assert.Equal(["192.168.62.2/24"], router.AddressesOf("ether2"));
    });

    [RootFact]
    public void An_address_waits_for_its_interface_and_says_so() => RunningRouter.Run(
        router =>
        {
            Row waiting = Assert.Single(router.Desk.Rows("ip/address"));
            Assert.Contains('I', waiting.Flags);
            Assert.Equal("there is no interface ether1 now", waiting.Fault);

            router.PlugIn("ether1");

            router.WaitFor("the address is set", () => router.AddressesOf("ether1").SequenceEqual(["192.168.62.2/24"]));
            router.WaitFor("the reason is gone", () => router.Desk.Rows("ip/address") is [{ Fault: null } row] && !row.Flags.Contains('I'));

            router.Unplug("ether1");
            router.WaitFor("the reason is back", () => router.Desk.Rows("ip/address") is [{ Fault: not null }]);
            router.PlugIn("ether1");
            router.WaitFor("the address is set again", () => router.AddressesOf("ether1").SequenceEqual(["192.168.62.2/24"]));
        },
        "/ip address add address=192.168.62.2/24 interface=ether1");

    [RootFact]
    public void A_disabled_address_has_no_reason_to_complain() => RunningRouter.Run(
        router =>
        {
            router.Type("/ip address disable 0");

            Row row = Assert.Single(router.Desk.Rows("ip/address"));
            Assert.Null(row.Fault);
            Assert.Equal(['X'], row.Flags);
        },
        "/ip address add address=192.168.62.2/24 interface=ether1");

    [RootFact]
    public void The_same_address_is_refused_twice_on_one_interface_and_free_on_another() => RunningRouter.Run(router =>
    {
        router.PlugIn("ether1");
        router.PlugIn("ether2");
        router.Type("/ip address add address=192.168.62.2/24 interface=ether1");

        Assert.Equal(
            "failure: already have such address", router.Desk.Refused("/ip address add address=192.168.62.2/24 interface=ether1"));
        router.Type("/ip address add address=192.168.62.2/24 interface=ether2");
        Assert.Equal("failure: already have such address", router.Desk.Refused("/ip address set 1 interface=ether1"));
        router.Type("/ip address set 0 comment=x");

        Assert.Equal(["ether1", "ether2"], router.Desk.Rows("ip/address").Select(r => r.Text("interface")));
    });

    [RootFact]
    public void A_point_to_point_address_has_its_peer_as_network() => RunningRouter.Run(router =>
    {
        router.PlugIn("ether1");

        router.Type("/ip address add address=10.0.0.1/32 network=10.0.0.5 interface=ether1");

        Assert.Contains(router.Kernel.Addresses(), a => a.Address.ToString() == "10.0.0.1" && Equals(a.Peer, IPAddress.Parse("10.0.0.5")));
        router.Type("/ip address remove 0");
        Assert.Empty(router.AddressesOf("ether1"));
    });

    [RootFact]
    public void An_address_that_another_program_took_away_is_removed_without_a_word() => RunningRouter.Run(router =>
    {
        router.PlugIn("ether1");
        router.Type("/ip address add address=192.168.62.2/24 interface=ether1");
        router.Kernel.DeleteAddress(router.Kernel.Link("ether1")!.Index, IPAddress.Parse("192.168.62.2"), 24);

        router.Type("/ip address remove 0");

        Assert.Empty(router.Desk.Logged("error"));
    });

    [RootFact]
    public void What_another_program_took_away_comes_back_when_an_interface_changes() => RunningRouter.Run(router =>
    {
        router.PlugIn("ether1");
        router.Type("/ip address add address=192.168.62.2/24 interface=ether1\n/ip address add address=10.0.0.1/32 network=10.0.0.5 interface=ether1");
        router.Kernel.DeleteAddress(router.Kernel.Link("ether1")!.Index, IPAddress.Parse("192.168.62.2"), 24);

        router.PlugIn("ether2");

        router.WaitFor("the address is set again", () => router.AddressesOf("ether1").Count(a => a == "192.168.62.2/24") == 1);
        Assert.Equal(2, router.AddressesOf("ether1").Count());
        Assert.Empty(router.Desk.Logged("error"));
    });

    [RootFact]
    public void What_the_kernel_refuses_is_logged_once_and_tried_again() => RunningRouter.Run(router =>
    {
        int loopback = router.Kernel.Link("lo")!.Index;
        router.Kernel.SetMtu(loopback, 60); // RFC 791 3.2: below 68 bytes there is no IPv4
        router.Type("/ip address add address=10.9.9.9/32 interface=lo");
        Assert.Contains('I', Assert.Single(router.Desk.Rows("ip/address")).Flags);
        Assert.StartsWith("address 10.9.9.9/32 on lo: ", Assert.Single(router.Desk.Logged("system", "error")));

        router.Type("/ip address set 0 comment=x");
        router.Kernel.SetMtu(loopback, 65536);

        router.WaitFor("the address is set", () => router.AddressesOf("lo").Contains("10.9.9.9/32"));
        router.WaitFor("the reason is gone", () => router.Desk.Rows("ip/address") is [{ Fault: null }]);
        Assert.Single(router.Desk.Logged("system", "error"));
    });

    [RootFact]
    public void The_address_of_a_tunnel_is_dynamic_and_cannot_be_changed() => RunningRouter.Run(router =>
    {
        router.PlugIn("ether1");
        router.Kernel.AddAddress(router.Kernel.Link("ether1")!.Index, IPAddress.Parse("10.9.0.1"), 24);

        Row row = Assert.Single(router.Desk.Rows("ip/address"));

        Assert.Equal((true, "10.9.0.1/24", "10.9.0.0"), (row.IsDynamic, row.Text("address"), row.Text("network")));
        Assert.Equal("failure: can not change dynamic address", router.Desk.Refused("/ip address set 0 comment=x"));
        Assert.Equal("failure: can not remove dynamic address", router.Desk.Refused("/ip address remove 0"));
    });
}
