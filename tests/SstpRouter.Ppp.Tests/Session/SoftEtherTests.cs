using static SstpRouter.Ppp.Tests.Conversation;

namespace SstpRouter.Ppp.Tests.Session;

public sealed class SoftEtherTests
{
    [Fact]
    public void A_server_that_asks_for_eap_and_rejects_magic_is_lived_with()
    {
        Conversation client = new Conversation(ClientOptions).Start().Says(Lcp(1, 1, ClientLcpRequest));
        client.Hears(Lcp(1, 0, "0304 C227"), Lcp(3, 0, "0305 C22381"))
            .Hears(Lcp(4, 1, "0506 11111111"), Lcp(1, 2, "0104 05DC"))
            .Hears(Lcp(2, 2, "0104 05DC"))
            .Hears(Lcp(1, 1, "0305 C22381"), Lcp(2, 1, "0305 C22381"));
        Assert.Equal(PppPhase.Authenticate, client.Session.Phase);

        // Its echoes have a text and no magic number.
        client.Hears(Lcp(9, 0, "00000000" + Ascii("SoftEther")), Lcp(10, 0, "00000000" + Ascii("SoftEther")));
    }

    [Fact]
    public void Answers_that_were_kept_waiting_and_come_twice_do_no_harm()
    {
        Conversation client = ClientInNetworkPhase();
        client.Says(Ipcp(1, 1, "0306 00000000"));
        client.At(500).Hears(Ipcp(3, 1, "0306 0A61000A"), Ipcp(1, 2, "0306 0A61000A"))
            .Hears(Ipcp(1, 3, "0306 0A6100FE"), Ipcp(2, 3, "0306 0A6100FE"));

        // It is looking for an IPv6 router now; then it does what has piled up, its own repeats and ours.
        client.At(3500).Says(Ipcp(1, 2, "0306 0A61000A")).At(4500)
            .Hears(Ipcp(1, 3, "0306 0A6100FE"), Ipcp(2, 3, "0306 0A6100FE"))
            .Hears(Ipcp(2, 2, "0306 0A61000A"));
        client.Takes<PppOutput.Ipv4Up>();
        client.Hears(Ipcp(3, 1, "0306 0A61000A")).Hears(Ipcp(2, 2, "0306 0A61000A")).At(60_000).Says();
        Assert.True(client.Session.Ipv4Up);
        client.HasNothing<PppOutput.Ipv4Down>();
    }
}
