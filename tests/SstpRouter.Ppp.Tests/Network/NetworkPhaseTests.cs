using static SstpRouter.Ppp.Tests.Conversation;

namespace SstpRouter.Ppp.Tests.Network;

public sealed class NetworkPhaseTests
{
    private static Conversation ServerWithIpv4()
    {
        Conversation server = ServerInNetworkPhase();
        server.TakesFrames();
        server.Hears(Ipcp(2, 1, "0306 0A000001"))
            .Hears(Ipcp(1, 1, "0306 0A000005"), Ipcp(2, 1, "0306 0A000005"));
        server.Takes<PppOutput.Ipv4Up>();
        return server;
    }

    [Fact]
    public void A_server_whose_client_never_begins_waits()
    {
        Conversation server = ServerInNetworkPhase().At(120_000);
        Assert.Equal(PppPhase.Network, server.Session.Phase);
        server.TakesFrames();

        // It gave up asking, and begins again when the client does.
        server.Hears(
            Ipcp(1, 1, "0306 0A000005"),
            Ipcp(1, 2, "0306 0A000001"),
            Ipcp(2, 1, "0306 0A000005"));
    }

    [Fact]
    public void A_link_without_network_protocols_is_closed_after_five_seconds()
    {
        Conversation server = ServerWithIpv4().Hears(Ipcp(5, 9), Ipcp(6, 9));
        server.Takes<PppOutput.Ipv4Down>();
        server.At(4999).Says().At(5000).Says(Lcp(5, 1)).Hears(Lcp(6, 1)).Closes(PppCloseReason.NoNetworkProtocol);
    }

    [Fact]
    public void A_protocol_that_comes_back_keeps_the_link()
    {
        Conversation server = ServerWithIpv4().Hears(Ipcp(5, 9), Ipcp(6, 9)).At(4000);
        server.Hears(
            Ipcp(1, 10, "0306 0A000005"),
            Ipcp(1, 2, "0306 0A000001"),
            Ipcp(2, 10, "0306 0A000005"));
        server.Hears(Ipcp(2, 2, "0306 0A000001")).At(60_000);
        Assert.True(server.Session.Ipv4Up);
    }

    [Fact]
    public void A_client_that_failed_at_everything_closes()
    {
        Conversation client = ClientInNetworkPhase();
        client.TakesFrames();
        client.Hears(Lcp(8, 1, "8021 0101")).At(4999).Says().At(5000).Says(Lcp(5, 1));
        client.Hears(Lcp(6, 1)).Closes(PppCloseReason.NoNetworkProtocol);
    }

    [Fact]
    public void A_renegotiation_of_ipcp_takes_data_down_and_up_again()
    {
        Conversation server = ServerWithIpv4().IsTold(Ipcp(1, 20, "0306 0A000005"));
        Assert.Equal(["Ipv4Down", "Frame", "Frame"], server.Kinds());
        server.IsTold(Ipcp(2, 2, "0306 0A000001"));
        Assert.Equal(["Ipv4Up"], server.Kinds());
    }
}
