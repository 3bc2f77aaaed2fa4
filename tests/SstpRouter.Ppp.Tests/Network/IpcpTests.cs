using System.Net;
using static SstpRouter.Ppp.Tests.Conversation;

namespace SstpRouter.Ppp.Tests.Network;

public sealed class IpcpTests
{
    private const string OwnAddress = "0306 0A000001";

    private static Conversation Server(string[]? dns = null, string[]? nbns = null)
    {
        Conversation server = ServerInNetworkPhase(dns: dns, nbns: nbns);
        server.Says(Pap(2, 1, "00"), Ipcp(1, 1, OwnAddress));
        return server;
    }

    private static Conversation Client(bool dns = false)
    {
        Conversation client = ClientInNetworkPhase(ClientOptions with { RequestDns = dns });
        client.TakesFrames();
        return client;
    }

    [Fact]
    public void A_server_rejects_what_it_does_not_have_then_naks_with_what_it_has()
    {
        Conversation server = Server(dns: ["10.0.0.1", "9.9.9.9"]);
        server.Hears(
            Ipcp(1, 1, "0306 00000000 8106 00000000 8206 00000000 8306 00000000 8406 00000000"),
            Ipcp(4, 1, "8206 00000000 8406 00000000"));
        server.Hears(
            Ipcp(1, 2, "0306 00000000 8106 00000000 8306 00000000"),
            Ipcp(3, 2, "0306 0A000005 8106 0A000001 8306 09090909"));
        server.Hears(
            Ipcp(1, 3, "0306 0A000005 8106 0A000001 8306 09090909"),
            Ipcp(2, 3, "0306 0A000005 8106 0A000001 8306 09090909"));
        server.Hears(Ipcp(2, 1, OwnAddress));
        Assert.Equal(
            new PppIpv4(IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.5")),
            server.Takes<PppOutput.Ipv4Up>().Settings);
        Assert.True(server.Session.Ipv4Up);
    }

    [Fact]
    public void A_server_gives_name_servers_of_netbios_too() => Server(nbns: ["10.0.0.7"]).Hears(
        Ipcp(1, 1, "0306 0A000005 8206 00000000"),
        Ipcp(3, 1, "8206 0A000007"));

    [Theory]
    [InlineData("0206 002D0F01")] // VJ
    [InlineData("010A 0A000005 0A000001")] // the obsolete pair
    [InlineData("9006 00000000")]
    public void A_server_rejects_other_options(string option) => Server()
        .Hears(Ipcp(1, 1, "0306 0A000005" + option), Ipcp(4, 1, option));

    [Fact]
    public void A_server_insists_on_the_address_it_gave()
    {
        Conversation server = Server();
        for (int id = 1; id <= 5; id++)
        {
            server.Hears(Ipcp(1, id, "0306 0A000063"), Ipcp(3, id, "0306 0A000005"));
        }

        // RFC 1661 4.6: then it is rejected; and a client that goes without is none of ours.
        server.Hears(Ipcp(1, 6, "0306 0A000063"), Ipcp(4, 6, "0306 0A000063"))
            .Hears(Ipcp(1, 7), Ipcp(5, 1));
        Assert.False(server.Session.Ipv4Up);
    }

    [Fact]
    public void A_server_adds_the_address_that_a_client_left_out() =>
        Server().Hears(Ipcp(1, 1), Ipcp(3, 1, "0306 0A000005"));

    [Fact]
    public void A_server_keeps_its_own_address() => Server()
        .Hears(Ipcp(3, 1, "0306 0A0000FE"), Ipcp(1, 2, OwnAddress))
        .Hears(Ipcp(4, 2, OwnAddress), Ipcp(1, 3));

    [Fact]
    public void A_grant_without_addresses_means_no_ipcp()
    {
        Conversation server = ServerInNetworkPhase(remote: null);
        server.Says(Pap(2, 1, "00"))
            .Hears(Ipcp(1, 1, "0306 00000000"), Lcp(8, 1, "8021 0101 000A 0306 00000000"));
    }

    [Fact]
    public void A_client_takes_what_it_is_given()
    {
        Conversation client = ClientInNetworkPhase(ClientOptions with { RequestDns = true });
        client.Says(Ipcp(1, 1, "0306 00000000 8106 00000000 8206 00000000 8306 00000000 8406 00000000"));
        client.Hears(
            Ipcp(4, 1, "8206 00000000 8406 00000000"),
            Ipcp(1, 2, "0306 00000000 8106 00000000 8306 00000000"));
        client.Hears(
            Ipcp(3, 2, "0306 0A000005 8106 0A000001"),
            Ipcp(1, 3, "0306 0A000005 8106 0A000001 8306 00000000"));
        client.Hears(Ipcp(2, 3, "0306 0A000005 8106 0A000001 8306 00000000"));
        client.Hears(Ipcp(1, 1, "0306 0A000001"), Ipcp(2, 1, "0306 0A000001"));
        Assert.Equal(
            new PppIpv4(IPAddress.Parse("10.0.0.5"), IPAddress.Parse("10.0.0.1"), PrimaryDns: IPAddress.Parse("10.0.0.1")),
            client.Takes<PppOutput.Ipv4Up>().Settings);
    }

    [Theory]
    [InlineData("0206 002D0F01")]
    [InlineData("8106 01010101")]
    [InlineData("0306 00000000")] // a server that wants an address of us
    [InlineData("0306 7F000001")]
    [InlineData("0306 E0000001")]
    [InlineData("0305 0A0000")]
    public void A_client_rejects_what_a_server_has_no_business_with(string option) => Client()
        .Hears(Ipcp(1, 1, option), Ipcp(4, 1, option));

    [Fact]
    public void A_client_lives_with_a_server_that_has_no_address_of_its_own()
    {
        Conversation client = Client().Hears(Ipcp(1, 1), Ipcp(2, 1))
            .Hears(Ipcp(3, 1, "0306 0A000005"), Ipcp(1, 2, "0306 0A000005"))
            .Hears(Ipcp(2, 2, "0306 0A000005"));
        Assert.Null(client.Takes<PppOutput.Ipv4Up>().Settings.RemoteAddress);
    }

    [Fact]
    public void A_client_without_an_address_gives_ipcp_up()
    {
        Client().Hears(Ipcp(4, 1, "0306 00000000"), Ipcp(5, 1));
        Client().Hears(Ipcp(2, 1, "0306 00000000"), Ipcp(5, 1)).HasNothing<PppOutput.Ipv4Up>();
    }

    [Fact]
    public void Options_that_were_not_asked_for_are_not_taken_from_a_nak() => Client()
        .Hears(Ipcp(3, 1, "0306 0A000005 8106 0A000001"), Ipcp(1, 2, "0306 0A000005"));
}
