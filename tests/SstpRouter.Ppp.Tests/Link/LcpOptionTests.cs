using static SstpRouter.Ppp.Tests.Conversation;

namespace SstpRouter.Ppp.Tests.Link;

public sealed class LcpOptionTests
{
    private static Conversation Client()
    {
        Conversation client = new Conversation(ClientOptions).Start();
        client.TakesFrames();
        return client;
    }

    [Theory]
    [InlineData("0702")] // protocol field compression
    [InlineData("0802")] // address and control field compression
    [InlineData("0D03 06")] // callback
    [InlineData("1104 064E")] // MRRU
    [InlineData("1202")] // short sequence numbers
    [InlineData("1704 0001")] // link discriminator
    [InlineData("0408 C025 00000000")] // link quality
    [InlineData("0604 0000")] // unassigned
    [InlineData("FF02")]
    [InlineData("0203 00")] // an ACCM that is none
    [InlineData("1302")] // an endpoint discriminator without a class
    public void What_a_tunnel_has_no_use_for_is_rejected_as_it_came(string option) =>
        Client().Hears(Lcp(1, 5, option + "0104 05DC"), Lcp(4, 5, option));

    [Theory]
    [InlineData("0104 0FFB")] // Windows: 4091
    [InlineData("0104 0240")]
    [InlineData("0104 FFFF")]
    [InlineData("0206 00000000")] // pppd's ACCM
    [InlineData("1307 03 01020304")] // an endpoint discriminator
    [InlineData("0506 00000001")]
    [InlineData("")]
    public void What_does_no_harm_is_acknowledged(string list) =>
        Client().Hears(Lcp(1, 5, list), Lcp(2, 5, list));

    [Theory]
    [InlineData("0104 023F", "0104 0240")]
    [InlineData("0103 05", "0104 0240")] // RFC 1661 5: a wrong length is nakked with a right one
    [InlineData("0506 00000000", "0506 22222222")]
    [InlineData("0503 01", "0506 22222222")]
    [InlineData("0506 11111111", "0506 22222222")] // our own
    public void A_value_that_will_not_do_is_nakked(string option, string wanted) =>
        Client().Hears(Lcp(1, 5, option), Lcp(3, 5, wanted));

    [Theory]
    [InlineData("0104 0FFB", 1500, 1500)]
    [InlineData("0104 0578", 1500, 1400)]
    [InlineData("0104 05DC", 1400, 1400)]
    [InlineData("", 4000, 1500)] // RFC 1661 6.1: the default
    public void We_send_no_more_than_the_peer_takes_and_than_we_want(string announced, int ceiling, int mtu)
    {
        var client = new Conversation(ClientOptions with { MaximumMtu = (ushort)ceiling });
        client.OpensLcp(ClientLcpRequest, announced);
        Assert.Equal(mtu, client.Session.SendMtu);
    }

    [Theory]
    [InlineData("05DD", "05DD")]
    [InlineData("0FF7", "0FF7")] // the most that SSTP carries
    [InlineData("0FF8", "05DC")]
    [InlineData("0010", "05DC")]
    public void A_wish_for_our_mru_is_followed_within_reason(string wish, string answer) => Client()
        .Hears(Lcp(3, 1, "0104" + wish), Lcp(1, 2, "0104" + answer + "0506 11111111"));

    [Fact]
    public void A_peer_that_knows_neither_mru_nor_magic_is_taken_as_it_is()
    {
        Conversation client = Client();
        client.Hears(Lcp(4, 1, ClientLcpRequest), Lcp(1, 2))
            .Hears(Lcp(2, 2))
            .Hears(Lcp(1, 1), Lcp(2, 1), Ipcp(1, 1, "0306 00000000"));

        // Without a magic number zero stands in its place (RFC 1661 5.8).
        client.Hears(Lcp(9, 3, "00000000 54"), Lcp(10, 3, "00000000 54"));
    }

    [Fact]
    public void Our_own_requests_coming_back_are_a_loop()
    {
        foreach (PppSessionOptions options in new[] { ClientOptions, ServerOptions })
        {
            var looped = new Conversation(options);
            looped.Start();
            for (int round = 0; round < 50 && looped.Session.Phase == PppPhase.Establish; round++)
            {
                foreach (byte[] frame in looped.TakesFrames())
                {
                    looped.Session.Receive(frame, 0);
                }

                looped.Does(_ => { });
            }

            looped.At(20_000).Closes(PppCloseReason.LoopbackDetected);
        }
    }

    [Fact]
    public void Our_own_echo_coming_back_is_not_answered_and_five_in_a_row_are_a_loop()
    {
        Conversation client = ClientInNetworkPhase();
        client.TakesFrames();
        for (int i = 0; i < 4; i++)
        {
            client.Hears(Lcp(9, i, "11111111"));
        }

        client.Hears(Lcp(9, 9, "11111112"), Lcp(10, 9, "11111111"));
        for (int i = 0; i < 4; i++)
        {
            client.Hears(Lcp(9, i, "11111111"));
        }

        client.Hears(Lcp(9, 5, "11111111"), Lcp(5, 1));
        client.Hears(Lcp(6, 1)).Closes(PppCloseReason.LoopbackDetected);
    }
}
