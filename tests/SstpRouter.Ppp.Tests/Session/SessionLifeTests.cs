using static SstpRouter.Ppp.Tests.Conversation;

namespace SstpRouter.Ppp.Tests.Session;

public sealed class SessionLifeTests
{
    private static Conversation Up()
    {
        Conversation client = ClientInNetworkPhase();
        client.TakesFrames();
        client.Hears(Ipcp(3, 1, "0306 0A000005"), Ipcp(1, 2, "0306 0A000005"))
            .Hears(Ipcp(2, 2, "0306 0A000005"))
            .Hears(Ipcp(1, 1, "0306 0A000001"), Ipcp(2, 1, "0306 0A000001"));
        client.Takes<PppOutput.Ipv4Up>();
        return client;
    }

    [Fact]
    public void Closing_terminates_the_link_first_and_says_so_last()
    {
        Conversation client = Up().Does(session => session.Close(PppCloseReason.UserRequest, 0));
        Assert.Equal(PppPhase.Terminate, client.Session.Phase);
        client.Session.Receive(Bytes(Lcp(6, 1)), 10);
        client.Does(_ => { });
        Assert.Equal(["Ipv4Down", "Frame", "Closed"], client.Kinds());
    }

    [Fact]
    public void A_terminate_request_is_sent_twice_and_then_it_is_over() => Up()
        .Does(session => session.Close(PppCloseReason.IdleTimeout, 0)).Says(Lcp(5, 1))
        .At(3000).Says(Lcp(5, 2))
        .At(6000).Says().Closes(PppCloseReason.IdleTimeout);

    [Fact]
    public void A_peer_that_terminates_is_answered_and_given_three_seconds()
    {
        Conversation client = Up().Hears(Lcp(5, 77, Ascii("bye")), Lcp(6, 77));
        client.Takes<PppOutput.Ipv4Down>();
        Assert.Equal(PppPhase.Terminate, client.Session.Phase);
        client.Hears(Lcp(5, 78), Lcp(6, 78)).Hears(Ipcp(1, 1)).Hears(Lcp(9, 1, "00000000")).At(2999).Says();
        client.At(3000);
        Assert.Equal("bye", client.Takes<PppOutput.Closed>().Detail);
    }

    [Fact]
    public void A_peer_that_terminates_during_negotiation_is_gone() => new Conversation(ClientOptions)
        .Start().Says(Lcp(1, 1, ClientLcpRequest))
        .Hears(Lcp(5, 1), Lcp(6, 1))
        .Closes(PppCloseReason.PeerTerminated);

    [Fact]
    public void The_lower_layer_going_down_ends_everything_at_once()
    {
        Conversation client = Up().Does(session => session.LowerDown(0));
        Assert.Equal(["Ipv4Down", "Closed"], client.Kinds());
        Assert.False(client.Session.Ipv4Up);
    }

    [Fact]
    public void The_first_reason_stays()
    {
        Conversation client = Up().Does(session => session.Close(PppCloseReason.SessionTimeout, 0));
        client.Does(session => session.Close(PppCloseReason.UserRequest, 0)).Does(session => session.LowerDown(0));
        client.Closes(PppCloseReason.SessionTimeout);
    }

    [Fact]
    public void A_session_that_never_started_closes_too() => new Conversation(ClientOptions)
        .Does(session => session.Close(PppCloseReason.UserRequest, 0)).Says().Closes(PppCloseReason.UserRequest);

    [Fact]
    public void A_closed_session_is_deaf_and_dumb()
    {
        Conversation client = Up().Does(session => session.LowerDown(0));
        client.Kinds();
        client.Does(session =>
        {
            session.Start(1);
            session.Receive(Bytes(Lcp(1, 1)), 1);
            session.Receive(Bytes(Lcp(9, 1, "00000000")), 1);
            session.SendEchoRequest(1);
            session.Tick(1_000_000);
            session.Close(PppCloseReason.UserRequest, 1);
            session.LowerDown(1);
            session.Deny(1);
        });
        Assert.Empty(client.Kinds());
    }

    [Fact]
    public void Two_hundred_frames_without_authentication_are_enough()
    {
        Conversation server = new Conversation(ServerOptions).Start();
        for (int i = 0; i < 200; i++)
        {
            server.Session.Receive(Bytes(Lcp(12, i, "00000000")), 0);
        }

        server.Does(_ => { }).HasNothing<PppOutput.Closed>();
        server.IsTold(Lcp(12, 1, "00000000"));
        server.Says().Closes(PppCloseReason.TooManyFrames);
    }

    [Fact]
    public void An_authenticated_peer_may_send_as_many_frames_as_it_likes()
    {
        Conversation client = Up();
        for (int i = 0; i < 1000; i++)
        {
            client.Hears(Lcp(9, i & 0xFF, "00000001"), Lcp(10, i & 0xFF, "11111111"));
        }
    }

    [Fact]
    public void Names_that_no_packet_can_hold_are_refused() => Assert.Throws<ArgumentException>(
        () => new PppSession(ClientOptions with { UserName = new string('x', 256) }, _ => { }));
}
