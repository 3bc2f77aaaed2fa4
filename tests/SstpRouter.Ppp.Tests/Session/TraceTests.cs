using static SstpRouter.Ppp.Tests.Conversation;

namespace SstpRouter.Ppp.Tests.Session;

public sealed class TraceTests
{
    [Fact]
    public void A_packet_is_one_line_and_each_option_an_indented_one()
    {
        Conversation server = new Conversation(ServerOptions).Start();
        server.IsTold(Lcp(1, 0, "0104 0FFB 0506 1A2B3C4D 0702 0802 0D03 06"));
        Assert.Equal(
            [
                "sent LCP ConfReq id=0x1\n    <mru 1500>\n    <auth mschap2>\n    <magic 0x11111111>",
                "rcvd LCP ConfReq id=0x0\n    <mru 4091>\n    <magic 0x1a2b3c4d>\n    <pcomp>\n    <accomp>\n    <callback 0x06>",
                "sent LCP ConfRej id=0x0\n    <pcomp>\n    <accomp>\n    <callback 0x06>",
            ],
            server.Traces);
    }

    [Fact]
    public void A_password_is_never_in_it()
    {
        var client = new Conversation(ClientOptions);
        client.OpensLcp(ClientLcpRequest, "0304 C023");
        Assert.Equal("sent PAP AuthReq id=0x1\n    <user User>", client.Traces[^1]);
        Assert.DoesNotContain(client.Traces, trace => trace.Contains("clientPass", StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_cannot_forge_a_line()
    {
        Conversation server = new Conversation(ServerOptions with { Methods = PppAuthenticationMethods.Pap });
        server.OpensLcp("0104 05DC 0304 C023 0506 11111111").IsTold(Pap(1, 1, "03 610A62 00"));
        Assert.Equal("rcvd PAP AuthReq id=0x1\n    <user a\\0Ab>", server.Traces[^1]);
    }

    [Theory]
    [InlineData("FF03 8021 0101 000A 0206 002D0F01", "rcvd IPCP ConfReq id=0x1\n    <compress VJ>")]
    [InlineData("FF03 8021 0101 000A 0306 0A000001", "rcvd IPCP ConfReq id=0x1\n    <addr 10.0.0.1>")]
    [InlineData("FF03 8021 0101 000A 8106 0A000001", "rcvd IPCP ConfReq id=0x1\n    <ms-dns 10.0.0.1>")]
    [InlineData("FF03 C223 0101 0009 02 0011 7372", "rcvd CHAP Challenge id=0x1\n    <challenge len=2>\n    <name sr>")]
    [InlineData("FF03 C021 6303 0004", "rcvd LCP code=0x63 id=0x3")]
    [InlineData("FF03 C021 6303 0003", "rcvd LCP malformed, 4 bytes")]
    [InlineData("FF03 80FD 0101 0004", "rcvd protocol 0x80fd, 4 bytes")]
    public void Every_packet_can_be_told(string frame, string text)
    {
        Conversation client = new Conversation(ClientOptions).Start();
        client.IsTold(frame);
        Assert.Contains(text, client.Traces);
    }

    [Fact]
    public void Who_does_not_want_it_does_not_get_it() =>
        Assert.Empty(new Conversation(ClientOptions with { TracePackets = false }).Start().Traces);
}
