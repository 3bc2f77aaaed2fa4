using System.Net;
using System.Text;
using SstpRouter.Ppp.Authentication;
using static SstpRouter.Ppp.Tests.Conversation;

namespace SstpRouter.Ppp.Tests.Authentication;

public sealed class ServerAuthenticationTests
{
    private const string PapRequest = "0455736572 0A" + "636C69656E7450617373";
    private const string Response2 = "31 21402324255E262A28295F2B3A337C7E 0000000000000000"
        + "82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF 00";

    private const string Challenge2 = "5B5D7C7D7B3F2F3E3C2C602132262628";
    private const string Success2 = "S=407A5589115FD0D6209F510FE9C04566932CDA56 M=Welcome";

    private static string Own(string option) => "0104 05DC " + option + " 0506 11111111";

    private static Conversation Serve(PppAuthenticationMethods method, string option, string? challenge = null)
    {
        RandomFill random = destination =>
        {
            destination.Fill(0x11);
            if (challenge is not null && destination.Length == challenge.Length / 2)
            {
                Bytes(challenge).CopyTo(destination);
            }
        };
        var server = new Conversation(ServerOptions with { Methods = method }, random);
        return server.OpensLcp(Own(option));
    }

    private static PppGrant Grant(PppAuthenticationProof proof) => new()
    {
        Proof = proof,
        LocalAddress = IPAddress.Parse("10.0.0.1"),
        RemoteAddress = IPAddress.Parse("10.0.0.5"),
    };

    [Fact]
    public void Pap_is_judged_by_the_owner_and_answered_when_he_is_ready()
    {
        Conversation server = Serve(PppAuthenticationMethods.Pap, "0304 C023").Says().Hears(Pap(1, 3, PapRequest));
        PppAuthenticationAttempt attempt = server.Takes<PppOutput.AuthenticationRequested>().Attempt;
        Assert.Equal(("User", PppAuthenticationMethods.Pap), (attempt.UserName, attempt.Method));
        Assert.Null(attempt.Verify("clientPas"));
        Assert.Null(attempt.Verify("clientPass2"));

        // The client asks again; one attempt waits already.
        server.At(3000).Hears(Pap(1, 4, PapRequest)).HasNothing<PppOutput.AuthenticationRequested>();
        server.Does(session => session.Grant(Grant(attempt.Verify("clientPass")!), 4000));
        Assert.Equal(["Frame", "Authenticated", "Frame"], server.Kinds());

        // Its acknowledgement was lost: the same answer, under the new identifier.
        server.Hears(Pap(1, 5, PapRequest), Pap(2, 5, "00"));

        // And never an answer to something else.
        server.Hears(Pap(1, 6, "04 55736572 00"));
    }

    [Fact]
    public void A_denied_pap_client_gets_a_nak_and_the_link_terminates()
    {
        Conversation server = Serve(PppAuthenticationMethods.Pap, "0304 C023").Hears(Pap(1, 3, PapRequest));
        server.Does(session => session.Deny(0, "no")).Says(Pap(3, 3, "02" + Ascii("no")), Lcp(5, 1));
        Assert.Equal("user User authentication failed", server.Takes<PppOutput.AuthenticationFailed>().Text);
        server.Hears(Lcp(6, 1)).Closes(PppCloseReason.AuthenticationFailed);
    }

    [Fact]
    public void Chap_is_challenged_ten_times_every_three_seconds_and_then_the_deadline_ends_it()
    {
        Conversation server = Serve(PppAuthenticationMethods.Chap, "0305 C22305");
        string challenge = Chap(1, 1, "10" + new string('1', 32));
        server.Says(challenge);
        for (int i = 1; i < 10; i++)
        {
            server.At(i * 3000).Says(challenge);
        }

        server.At(30_000).Says(Lcp(5, 1)).Hears(Lcp(6, 1)).Closes(PppCloseReason.AuthenticationTimeout);
    }

    [Fact]
    public void Ms_chap_2_is_answered_with_our_own_proof()
    {
        Conversation server = Serve(PppAuthenticationMethods.MsChap2, "0305 C22381", Challenge2)
            .Says(Chap(1, 1, "10" + Challenge2))
            .Hears(Chap(2, 1, Response2 + "55736572"));
        PppAuthenticationAttempt attempt = server.Takes<PppOutput.AuthenticationRequested>().Attempt;
        Assert.Equal((16, 49, 1), (attempt.Challenge.Length, attempt.Response.Length, attempt.Identifier));
        Assert.Null(attempt.Verify("clientpass"));
        PppAuthenticationProof proof = attempt.Verify("clientPass")!;
        Assert.Equal(
            "D5F0E9521E3EA9589645E86051C822268B7CDC149B993A1BA118CB153F56DCCB",
            Convert.ToHexString(proof.Hlak));

        server.Does(session => session.Grant(Grant(proof), 0));
        server.Says(Chap(3, 1, Ascii(Success2)), Ipcp(1, 1, "0306 0A000001"));
        server.Takes<PppOutput.Authenticated>();
        server.Hears(Chap(2, 1, Response2 + "55736572"), Chap(3, 1, Ascii(Success2)));
    }

    [Fact]
    public void Ms_chap_2_takes_a_name_with_its_domain_hashed_or_not()
    {
        Conversation stripped = Serve(PppAuthenticationMethods.MsChap2, "0305 C22381", Challenge2)
            .IsTold(Chap(2, 1, Response2 + Ascii("CORP\\User")));
        PppAuthenticationAttempt attempt = stripped.Takes<PppOutput.AuthenticationRequested>().Attempt;
        Assert.Equal("CORP\\User", attempt.UserName);
        Assert.NotNull(attempt.Verify("clientPass"));

        byte[] name = Encoding.ASCII.GetBytes("CORP\\User");
        byte[] peer = new byte[16];
        byte[] hash = MsChap.ChallengeHash(peer, Bytes(Challenge2), name);
        byte[] response = ChapSecret.MsChap2Response(
            MsChap.NtPasswordHash("clientPass"), peer, hash);
        Conversation whole = Serve(PppAuthenticationMethods.MsChap2, "0305 C22381", Challenge2)
            .IsTold(Chap(2, 1, "31" + Convert.ToHexString(response) + Ascii("CORP\\User")));
        Assert.NotNull(whole.Takes<PppOutput.AuthenticationRequested>().Attempt.Verify("clientPass"));
    }

    [Fact]
    public void Ms_chap_1_without_an_nt_response_is_wrong()
    {
        const string Nt = "4E9D3C8F9CFD385D5BF4D3246791956CA4C351AB409A3D61";
        string zeros = new('0', 48);
        foreach ((string flag, bool right) in new[] { ("01", true), ("00", false) })
        {
            Conversation server = Serve(PppAuthenticationMethods.MsChap1, "0305 C22380", "102DB5DF085D3041")
                .IsTold(Chap(2, 1, "31" + zeros + Nt + flag + "55736572"));
            PppAuthenticationAttempt attempt = server.Takes<PppOutput.AuthenticationRequested>().Attempt;
            Assert.Equal(right, attempt.Verify("MyPw") is not null);
        }
    }

    [Fact]
    public void A_denied_ms_chap_2_client_may_not_retry()
    {
        Conversation server = Serve(PppAuthenticationMethods.MsChap2, "0305 C22381", Challenge2)
            .IsTold(Chap(2, 1, Response2 + "55736572"));
        server.Does(session => session.Deny(0, "account is disabled", 647)).Says(
            Chap(4, 1, Ascii($"E=647 R=0 C={Challenge2} V=3 M=account is disabled")),
            Lcp(5, 1));
    }

    [Fact]
    public void Changing_the_password_is_refused_and_the_challenge_stays()
    {
        Conversation server = Serve(PppAuthenticationMethods.MsChap2, "0305 C22381", Challenge2)
            .IsTold(Chap(7, 2, new string('0', 2 * 582)));
        byte[] failure = Assert.Single(server.TakesFrames());
        Assert.Equal(2, failure[5]);
        Assert.StartsWith("E=709 R=0", Encoding.ASCII.GetString(failure.AsSpan(8)), StringComparison.Ordinal);
        Assert.Equal(PppPhase.Authenticate, server.Session.Phase);
    }

    [Theory]
    [InlineData(2, 2, Response2)] // another identifier
    [InlineData(2, 1, "10 00112233445566770011223344556677")] // another method's size
    [InlineData(2, 1, "31 00")] // past the end
    [InlineData(2, 1, "")]
    [InlineData(3, 1, "")] // a server is not told
    public void A_response_that_is_none_is_discarded(int code, int id, string data) =>
        Serve(PppAuthenticationMethods.MsChap2, "0305 C22381")
            .IsTold(Chap(code, id, data))
            .HasNothing<PppOutput.AuthenticationRequested>();

    [Fact]
    public void A_grant_for_an_earlier_attempt_lets_nobody_in()
    {
        Conversation first = Serve(PppAuthenticationMethods.Pap, "0304 C023").Hears(Pap(1, 1, PapRequest));
        PppAuthenticationProof proof = first.Takes<PppOutput.AuthenticationRequested>().Attempt.Verify("clientPass")!;

        // LCP starts again before the answer is there, and somebody else asks.
        first.Session.Receive(Bytes(Lcp(1, 10, "0104 05DC")), 0);
        byte[] request = first.Does(_ => { }).TakesFrames()[0];
        request[4] = 2;
        first.Session.Receive(request, 0);
        first.Does(_ => { }).TakesFrames();
        first.Hears(Pap(1, 1, "04 4576696C 00"));
        PppAuthenticationAttempt attempt = first.Takes<PppOutput.AuthenticationRequested>().Attempt;
        Assert.Equal("Evil", attempt.UserName);

        first.Does(session => session.Grant(Grant(proof), 0)).Says().HasNothing<PppOutput.Authenticated>();
        Assert.Equal(PppPhase.Authenticate, first.Session.Phase);
    }

    [Fact]
    public void A_link_that_was_authenticated_is_not_handed_to_another_name()
    {
        Conversation server = ServerInNetworkPhase();
        server.TakesFrames();
        server.Session.Receive(Bytes(Lcp(1, 10, "0104 05DC")), 0);
        byte[] request = server.Does(_ => { }).TakesFrames()[0];
        request[4] = 2;
        server.Session.Receive(request, 0);
        server.Does(_ => { }).TakesFrames();
        server.Session.Receive(Bytes(Pap(1, 1, "04 4576696C 00")), 0);
        server.Does(_ => { }).HasNothing<PppOutput.AuthenticationRequested>();
        server.Takes<PppOutput.AuthenticationFailed>();
        server.At(6000).Closes(PppCloseReason.AuthenticationFailed);
    }

    [Fact]
    public void Another_judges_word_is_taken_with_its_key()
    {
        Conversation server = Serve(PppAuthenticationMethods.Chap, "0305 C22305")
            .IsTold(Chap(2, 1, "10" + new string('0', 32) + "55736572"));
        PppAuthenticationAttempt attempt = server.Takes<PppOutput.AuthenticationRequested>().Attempt;
        Assert.Throws<ArgumentException>(() => attempt.Accept(new byte[31], ""));
        byte[] key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        server.Does(session => session.Grant(Grant(attempt.Accept(key, "ok")), 0));
        Assert.Equal(key, server.Takes<PppOutput.Authenticated>().Result.Hlak);
    }

    [Theory]
    [InlineData("0305 C22380", "0305 C22380")] // a wish that can be granted
    [InlineData("0304 C227", "0305 C22380")] // one that cannot: the next in order
    [InlineData("0305 C22381", "0305 C22380")] // the refused one again
    public void A_server_asked_for_another_method_stays_within_its_list(string wish, string next)
    {
        Conversation server = new Conversation(ServerOptions).Start();
        server.Says(Lcp(1, 1, ServerLcpRequest)).Hears(Lcp(3, 1, wish), Lcp(1, 2, Own(next)));
    }

    [Fact]
    public void A_server_asks_in_order_and_never_goes_without()
    {
        Conversation server = new Conversation(ServerOptions).Start().Says(Lcp(1, 1, ServerLcpRequest));
        server.Hears(Lcp(3, 1, "0304 C227"), Lcp(1, 2, Own("0305 C22380")))
            .Hears(Lcp(3, 2, "0304 C227"), Lcp(1, 3, Own("0305 C22305")))
            .Hears(Lcp(3, 3, "0304 C227"), Lcp(1, 4, Own("0304 C023")))
            .Hears(Lcp(3, 4, "0304 C227"), Lcp(5, 1))
            .Hears(Lcp(6, 1))
            .Closes(PppCloseReason.AuthenticationRefused);
    }

    [Fact]
    public void A_client_that_rejects_authentication_is_left() => new Conversation(ServerOptions)
        .Start().Says(Lcp(1, 1, ServerLcpRequest))
        .Hears(Lcp(4, 1, "0305 C22381"), Lcp(5, 1))
        .Hears(Lcp(6, 1))
        .Closes(PppCloseReason.AuthenticationRefused);

    [Fact]
    public void A_server_without_a_method_does_not_begin() => new Conversation(
        ServerOptions with { Methods = PppAuthenticationMethods.None }).Start().Says().Closes(PppCloseReason.AuthenticationRefused);

    [Fact]
    public void A_server_proves_nothing_to_its_clients() => new Conversation(ServerOptions)
        .Start().Says(Lcp(1, 1, ServerLcpRequest))
        .Hears(Lcp(1, 1, "0304 C023 0104 05DC"), Lcp(4, 1, "0304 C023"));

    [Fact]
    public void A_client_that_rejects_the_protocol_it_agreed_to_is_left()
    {
        Conversation server = Serve(PppAuthenticationMethods.Chap, "0305 C22305");
        server.TakesFrames();
        server.Hears(Lcp(8, 1, "C223"), Lcp(5, 1)).Hears(Lcp(6, 1)).Closes(PppCloseReason.AuthenticationRefused);
    }
}
