using static SstpRouter.Ppp.Tests.Conversation;

namespace SstpRouter.Ppp.Tests.Link;

public sealed class LinkControlTests
{
    private static Conversation Open()
    {
        Conversation client = ClientInNetworkPhase();
        client.TakesFrames();
        return client;
    }

    [Fact]
    public void An_echo_is_answered_with_our_magic_and_its_data() => Open()
        .Hears(Lcp(9, 7, "AABBCCDD 010203"), Lcp(10, 7, "11111111 010203"))
        .Hears(Lcp(9, 8, "AABBCC"));

    [Fact]
    public void An_echo_before_the_link_is_open_is_not_answered()
    {
        Conversation client = new Conversation(ClientOptions).Start();
        client.TakesFrames();
        client.Hears(Lcp(9, 7, "AABBCCDD"));
    }

    [Fact]
    public void An_echo_reply_is_no_longer_than_the_peers_mru()
    {
        var client = new Conversation(ClientOptions);
        client.OpensLcp(ClientLcpRequest, "0104 0240").IsTold(Lcp(9, 7, new string('A', 4000)));
        Assert.Equal(PppFrame.HeaderLength + 0x240, Assert.Single(client.TakesFrames()).Length);
    }

    [Theory]
    [InlineData(10, "AABBCCDD")] // Echo-Reply
    [InlineData(10, "")] // one without a magic number
    [InlineData(11, "AABBCCDD")] // Discard-Request
    [InlineData(12, "AABBCCDD 4D53524153")] // Identification
    [InlineData(13, "AABBCCDD 0000003C")] // Time-Remaining
    public void Nothing_is_said_to_what_needs_no_answer(int code, string data) => Open().Hears(Lcp(code, 7, data));

    [Fact]
    public void Our_echo_goes_out_only_on_an_open_link()
    {
        new Conversation(ClientOptions).Start().Says(Lcp(1, 1, ClientLcpRequest))
            .Does(session => session.SendEchoRequest(0)).Says();
        Open().Does(session => session.SendEchoRequest(0)).Says(Lcp(9, 1, "11111111"))
            .Does(session => session.SendEchoRequest(0)).Says(Lcp(9, 2, "11111111"));
    }

    [Theory]
    [InlineData(0x80FD)] // CCP
    [InlineData(0x8053)] // ECP
    [InlineData(0x8031)] // BCP
    [InlineData(0x8281)] // MPLSCP
    [InlineData(0x8057)] // IPV6CP, switched off here
    [InlineData(0xC227)] // EAP, too late
    [InlineData(0x4021)]
    public void An_unknown_protocol_is_rejected_in_the_network_phase(int protocol) => Open()
        .Hears(Packet(protocol, 1, 1, "0102"), Lcp(8, 1, $"{protocol:X4} 0101 0006 0102"));

    [Theory]
    [InlineData("FF03 0021 4500")]
    [InlineData("FF03 0057 6000")]
    [InlineData("21 4500")]
    public void Data_is_somebody_elses(string frame) => Open().Hears(frame);

    [Fact]
    public void A_protocol_reject_is_cut_to_the_peers_mru()
    {
        var client = new Conversation(ClientOptions);
        client.OpensLcp(ClientLcpRequest, "0104 0240").IsTold("FF0380FD" + new string('A', 4000));
        Assert.Equal(PppFrame.HeaderLength + 0x240, Assert.Single(client.TakesFrames()).Length);
    }

    [Fact]
    public void No_network_protocol_is_heard_before_its_phase()
    {
        Conversation client = new Conversation(ClientOptions).Start();
        client.TakesFrames();
        string[] early = [Ipcp(1, 1, "0306 0A000001"), Packet(0x80FD, 1, 1, ""), Ipv6cp(1, 1)];
        foreach (string frame in early)
        {
            client.Hears(frame);
        }

        client.Hears(Lcp(1, 1, "0305 C22381"), Lcp(2, 1, "0305 C22381"))
            .Hears(Lcp(2, 1, ClientLcpRequest));
        Assert.Equal(PppPhase.Authenticate, client.Session.Phase);
        foreach (string frame in early)
        {
            client.Hears(frame);
        }
    }

    [Fact]
    public void Lcp_cannot_be_rejected()
    {
        Conversation client = Open().Hears(Lcp(8, 1, "C021"), Lcp(5, 1));
        client.Hears(Lcp(6, 1)).Closes(PppCloseReason.ProtocolError);
    }

    [Fact]
    public void The_first_request_waits_for_the_peer_or_for_its_time()
    {
        PppSessionOptions options = ServerOptions with { FirstRequestDelay = 500 };
        new Conversation(options).Start().Says().At(499).Says()
            .At(500).Says(Lcp(1, 1, ServerLcpRequest));
        new Conversation(options).Start().At(20).Hears(
            Lcp(1, 0, "0104 0FFB"),
            Lcp(1, 1, ServerLcpRequest),
            Lcp(2, 0, "0104 0FFB"));
    }

    [Fact]
    public void A_request_on_an_open_link_starts_it_again()
    {
        Conversation client = Open();
        client.Hears(Ipcp(3, 1, "0306 0A000005"), Ipcp(1, 2, "0306 0A000005"))
            .Hears(Ipcp(2, 2, "0306 0A000005"))
            .Hears(Ipcp(1, 1, "0306 0A000001"), Ipcp(2, 1, "0306 0A000001"));
        client.Takes<PppOutput.Ipv4Up>();
        Assert.True(client.Session.Ipv4Up);

        client.Hears(
            Lcp(1, 33, "0304 C023"),
            Lcp(1, 2, "0104 05DC 0506 22222222"),
            Lcp(2, 33, "0304 C023"));
        client.Takes<PppOutput.Ipv4Down>();
        Assert.False(client.Session.Ipv4Up);
        Assert.Equal(PppPhase.Establish, client.Session.Phase);
        client.IsTold(Lcp(2, 2, "0104 05DC 0506 22222222"));
        Assert.Equal(PppPhase.Authenticate, client.Session.Phase);
    }
}
