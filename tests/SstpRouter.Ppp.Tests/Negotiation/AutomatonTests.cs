using static SstpRouter.Ppp.Tests.Conversation;

namespace SstpRouter.Ppp.Tests.Negotiation;

/// <summary>The automaton at work: timers, counters and identifiers, seen through LCP.</summary>
public sealed class AutomatonTests
{
    private static Conversation Client => new(ClientOptions);

    [Fact]
    public void A_request_is_repeated_every_three_seconds_with_its_identifier_and_ten_times_in_all()
    {
        Conversation client = Client.Start().Says(Lcp(1, 1, ClientLcpRequest));
        for (int repetition = 1; repetition < 10; repetition++)
        {
            client.At((repetition * 3000) - 1).Says().At(repetition * 3000).Says(Lcp(1, 1, ClientLcpRequest));
        }

        client.At(29_999).HasNothing<PppOutput.Closed>();
        client.At(30_000).Says().Closes(PppCloseReason.PeerNotResponding);
    }

    [Fact]
    public void A_peer_that_speaks_but_never_agrees_is_a_failed_negotiation()
    {
        Conversation client = Client.Start();
        client.TakesFrames();
        client.Hears(Lcp(1, 1, "0702"), Lcp(4, 1, "0702")).At(30_000).Closes(PppCloseReason.NegotiationFailed);
    }

    [Fact]
    public void An_acknowledgement_renews_the_restart_counter_and_stops_repetition_until_the_timeout()
    {
        Conversation client = Client.Start();
        client.TakesFrames();
        client.At(2000).Hears(Lcp(2, 1, ClientLcpRequest)).At(2999).Says();

        // TO+ in Ack-Rcvd: a new request, because the old one has its answer.
        client.At(3000).Says(Lcp(1, 2, ClientLcpRequest));
    }

    [Theory]
    [InlineData(2, "0104 05DC 0506 11111112")] // another list
    [InlineData(2, "0104 05DC")] // a part of the list
    [InlineData(2, "0506 11111111 0104 05DC")] // another order
    public void An_acknowledgement_of_something_else_is_discarded(int code, string list)
    {
        Conversation client = Client.Start();
        client.TakesFrames();
        client.Hears(Lcp(code, 1, list)).Hears(Lcp(1, 9, "0104 05DC"), Lcp(2, 9, "0104 05DC"));
        Assert.Equal(PppPhase.Establish, client.Session.Phase);
    }

    [Theory]
    [InlineData(2, ClientLcpRequest)]
    [InlineData(3, "0104 0400")]
    [InlineData(4, "0506 11111111")]
    public void An_answer_with_another_identifier_is_discarded(int code, string list)
    {
        Conversation client = Client.Start();
        client.TakesFrames();
        client.Hears(Lcp(code, 2, list)).At(3000).Says(Lcp(1, 1, ClientLcpRequest));
    }

    [Fact]
    public void A_second_acknowledgement_does_not_tear_an_open_link_down()
    {
        Conversation client = ClientInNetworkPhase();
        client.TakesFrames();
        client.Hears(Lcp(2, 1, ClientLcpRequest));
        Assert.Equal(PppPhase.Network, client.Session.Phase);
    }

    [Fact]
    public void A_nak_is_answered_at_once_with_a_new_identifier_and_the_wanted_value()
    {
        Conversation client = Client.Start();
        client.TakesFrames();
        client.Hears(Lcp(3, 1, "0104 05AC"), Lcp(1, 2, "0104 05AC 0506 11111111"));
    }

    [Fact]
    public void A_rejected_option_is_left_out()
    {
        Conversation client = Client.Start();
        client.TakesFrames();
        client.Hears(Lcp(4, 1, "0506 11111111"), Lcp(1, 2, "0104 05DC"))
            .Hears(Lcp(4, 2, "0104 05DC"), Lcp(1, 3));
    }

    [Fact]
    public void Rejects_come_before_naks()
    {
        Conversation client = Client.Start();
        client.TakesFrames();
        client.Hears(Lcp(1, 1, "0104 0010 0702 0802"), Lcp(4, 1, "0702 0802"))
            .Hears(Lcp(1, 2, "0104 0010"), Lcp(3, 2, "0104 0240"));
    }

    [Fact]
    public void After_five_naks_the_sixth_is_a_reject()
    {
        Conversation client = Client.Start();
        client.TakesFrames();
        for (int id = 1; id <= 5; id++)
        {
            client.Hears(Lcp(1, id, "0104 0010"), Lcp(3, id, "0104 0240"));
        }

        client.Hears(Lcp(1, 6, "0104 0010"), Lcp(4, 6, "0104 0010"))
            .Hears(Lcp(1, 7), Lcp(2, 7));
    }

    [Fact]
    public void A_peer_that_naks_for_ever_is_given_up()
    {
        Conversation client = Client.Start();
        client.TakesFrames();
        for (int id = 1; id <= 31; id++)
        {
            client.IsTold(Lcp(3, id, "0104 05AC"));
        }

        client.Says(Lcp(5, 1));

        client.Hears(Lcp(6, 1)).Closes(PppCloseReason.NegotiationFailed);
    }

    [Theory]
    [InlineData("01")]
    [InlineData("0100")]
    [InlineData("0101")]
    [InlineData("0104 05")]
    [InlineData("0104 05DC 05")]
    [InlineData("0104 05DC 0507 1111")]
    public void A_list_that_does_not_end_where_it_should_is_discarded(string list)
    {
        Conversation client = Client.Start();
        client.TakesFrames();
        client.Hears(Lcp(1, 1, list)).Hears(Lcp(3, 1, list)).Hears(Lcp(4, 1, list));
    }

    [Fact]
    public void A_request_of_more_options_than_anyone_has_is_discarded()
    {
        Conversation client = Client.Start();
        client.TakesFrames();
        client.Hears(Lcp(1, 1, string.Concat(Enumerable.Repeat("0102", 65))));
    }

    [Theory]
    [InlineData("FF03C021")]
    [InlineData("FF03C0210101")]
    [InlineData("FF03C02101010003")]
    [InlineData("FF03C0210101000501")] // then truncated by one byte below
    [InlineData("FF03C02101010009 0104")]
    public void A_packet_whose_length_is_wrong_is_discarded(string frame)
    {
        Conversation client = Client.Start();
        client.TakesFrames();
        client.Hears(frame);
    }

    [Fact]
    public void Bytes_after_the_length_are_padding()
    {
        Conversation client = Client.Start();
        client.TakesFrames();
        client.Hears(Lcp(1, 1, "0104 05DC") + "DEADBEEF", Lcp(2, 1, "0104 05DC"));
    }

    [Fact]
    public void An_unknown_code_comes_back_whole_in_a_code_reject_with_its_own_identifiers()
    {
        Conversation client = Client.Start();
        client.TakesFrames();
        client.Hears(Lcp(14, 7, "0102"), Lcp(7, 1, "0E07 0006 0102"))
            .Hears(Lcp(0, 7), Lcp(7, 2, "0007 0004"));
    }

    [Fact]
    public void A_code_reject_is_cut_to_the_peers_mru()
    {
        Conversation client = new(ClientOptions);
        client.OpensLcp(ClientLcpRequest, "0104 0240");
        client.TakesFrames();
        client.Session.Receive(Bytes(Lcp(99, 7, new string('A', 2 * 1000))), 0);
        client.Does(_ => { });
        Assert.Equal(PppFrame.HeaderLength + 0x240, Assert.Single(client.TakesFrames()).Length);
    }

    [Fact]
    public void Rejects_are_rationed_and_a_reject_is_never_rejected()
    {
        Conversation client = Client.Start();
        client.TakesFrames();
        for (int i = 0; i < 60; i++)
        {
            client.Session.Receive(Bytes(Lcp(99, i)), 0);
        }

        client.Does(_ => { });
        Assert.Equal(20, client.TakesFrames().Length);
        client.Hears(Lcp(7, 1, "63000004")).Hears(Lcp(8, 1, "8021"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(7)]
    public void A_code_reject_of_a_code_that_is_needed_ends_the_link(int code)
    {
        Conversation client = Client.Start();
        client.TakesFrames();
        client.Hears(Lcp(7, 1, $"{code:X2}010004")).Closes(PppCloseReason.ProtocolError);
    }

    [Fact]
    public void A_peer_that_renegotiates_without_end_is_left()
    {
        Conversation client = ClientInNetworkPhase();
        client.TakesFrames();
        for (int round = 0; round < 20 && client.Session.Phase != PppPhase.Terminate; round++)
        {
            client.Session.Receive(Bytes(Lcp(1, 20 + round)), 0);
            byte[][] sent = client.Does(_ => { }).TakesFrames();
            byte[]? request = sent.FirstOrDefault(frame => frame[2] == 0xC0 && frame[4] == 1);
            if (request is not null)
            {
                byte[] ack = [.. request];
                ack[4] = 2;
                client.Session.Receive(ack, 0);
                client.Does(_ => { }).TakesFrames();
            }

            Assert.True(round <= 10, "still renegotiating");
        }

        client.At(6000).Closes(PppCloseReason.NegotiationFailed);
    }
}
