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
}
