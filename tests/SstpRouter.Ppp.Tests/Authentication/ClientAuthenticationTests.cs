using static SstpRouter.Ppp.Tests.Conversation;

namespace SstpRouter.Ppp.Tests.Authentication;

public sealed class ClientAuthenticationTests
{
    private const string PapOption = "0304 C023";
    private const string ChapOption = "0305 C22305";
    private const string MsChap1Option = "0305 C22380";
    private const string MsChap2Option = "0305 C22381";
    private const string PapRequest = "0455736572 0A" + "636C69656E7450617373";
    private const string Challenge2 = "10 5B5D7C7D7B3F2F3E3C2C602132262628";
    private const string NtResponse2 = "82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF";
    private const string PeerChallenge2 = "21402324255E262A28295F2B3A337C7E";
    private const string Signature = "S=407A5589115FD0D6209F510FE9C04566932CDA56";

    // The identifier 2 of LCP's request is never used: IPCP starts with 1.
    private static readonly string IpcpRequest = Ipcp(1, 1, "0306 00000000");

    private static Conversation Ask(string option, RandomFill? random = null, PppSessionOptions? options = null) =>
        new Conversation(options ?? ClientOptions, random).OpensLcp(ClientLcpRequest, option);

    private static RandomFill PeerChallenge => destination =>
    {
        if (destination.Length == 16)
        {
            Bytes(PeerChallenge2).CopyTo(destination);
        }
        else
        {
            destination.Fill(0x11);
        }
    };

    [Fact]
    public void Pap_is_asked_every_three_seconds_until_it_is_answered()
    {
        Conversation client = Ask(PapOption).Says(Pap(1, 1, PapRequest));
        client.At(2999).Says().At(3000).Says(Pap(1, 2, PapRequest)).At(6000).Says(Pap(1, 3, PapRequest));

        // An answer to an earlier request is an answer.
        client.Hears(Pap(2, 2, "00"), IpcpRequest);
        PppAuthentication result = client.Takes<PppOutput.Authenticated>().Result;
        Assert.Equal((PppAuthenticationMethods.Pap, "User"), (result.Method, result.UserName));
        Assert.Equal(new byte[32], result.Hlak);
    }

    [Theory]
    [InlineData("FF03C023 0201 0004")] // no message at all
    [InlineData("FF03C023 0201 0004 08 4C6F67696E206F6B")] // RouterOS: "Login ok" behind the length
    [InlineData("FF03C023 0201 0005 FF")] // a message that runs past the end
    public void Every_form_of_a_pap_acknowledgement_counts(string frame)
    {
        Conversation client = Ask(PapOption).Says(Pap(1, 1, PapRequest)).Hears(frame, IpcpRequest);
        client.Takes<PppOutput.Authenticated>();
    }

    [Fact]
    public void A_pap_nak_ends_the_link_with_the_servers_words()
    {
        Conversation client = Ask(PapOption);
        client.TakesFrames();
        client.Hears(Pap(3, 1, "04" + "6E6F0A21"), Lcp(5, 1));
        Assert.Equal("no\\0A!", client.Takes<PppOutput.AuthenticationFailed>().Text);
        client.Hears(Lcp(6, 1)).Closes(PppCloseReason.AuthenticationFailed);
    }

    [Fact]
    public void Chap_answers_with_the_challenges_identifier()
    {
        Conversation client = Ask(ChapOption, options: ClientOptions with { Password = "Secret-1" }).Says();
        client.Hears(
            Chap(1, 0x17, "10 000102030405060708090A0B0C0D0E0F" + Ascii("srv")),
            Chap(2, 0x17, "10 5D96C9BC8BEC9E7E2EFB139B407D9F76 55736572"));
        client.Hears(Chap(3, 0x16, "")).HasNothing<PppOutput.Authenticated>();
        client.Hears(Chap(3, 0x17, Ascii("hello")), IpcpRequest);
        Assert.Equal(new byte[32], client.Takes<PppOutput.Authenticated>().Result.Hlak);
    }

    [Fact]
    public void Ms_chap_1_sends_no_lm_response()
    {
        Conversation client = Ask(MsChap1Option, options: ClientOptions with { Password = "MyPw" });
        client.Hears(
            Chap(1, 5, "08 102DB5DF085D3041"),
            Chap(2, 5, "31" + new string('0', 48) + "4E9D3C8F9CFD385D5BF4D3246791956CA4C351AB409A3D61 01 55736572"));
        client.Hears(Chap(3, 5), IpcpRequest);
        Assert.Equal(
            "CFD3610CD9208EC8134BAEFF555F76CBCFD3610CD9208EC8134BAEFF555F76CB",
            Convert.ToHexString(client.Takes<PppOutput.Authenticated>().Result.Hlak));
    }

    [Theory]
    [InlineData(Signature + " M=Welcome")]
    [InlineData(Signature)]
    [InlineData(Signature + "M=no blank")]
    public void Ms_chap_2_takes_a_server_that_proves_itself(string message)
    {
        Conversation client = Ask(MsChap2Option, PeerChallenge).Hears(
            Chap(1, 1, Challenge2),
            Chap(2, 1, "31" + PeerChallenge2 + new string('0', 16) + NtResponse2 + "00 55736572"));
        client.Hears(Chap(3, 1, Ascii(message)), IpcpRequest);
        Assert.Equal(
            "D5F0E9521E3EA9589645E86051C822268B7CDC149B993A1BA118CB153F56DCCB",
            Convert.ToHexString(client.Takes<PppOutput.Authenticated>().Result.Hlak));
    }

    [Theory]
    [InlineData("S=407A5589115FD0D6209F510FE9C04566932CDA57 M=Welcome")]
    [InlineData("S=407A5589115FD0D6209F510FE9C04566932CDA5")]
    [InlineData("")]
    public void Ms_chap_2_drops_a_server_that_does_not_prove_itself(string message)
    {
        Conversation client = Ask(MsChap2Option, PeerChallenge);
        client.Session.Receive(Bytes(Chap(1, 1, Challenge2)), 0);
        client.Does(_ => { }).TakesFrames();
        client.Hears(Chap(3, 1, Ascii(message)), Lcp(5, 1)).HasNothing<PppOutput.Authenticated>();
        client.Takes<PppOutput.AuthenticationFailed>();
        client.At(6000).Closes(PppCloseReason.AuthenticationFailed);
    }

    [Fact]
    public void A_success_that_nothing_was_asked_for_is_discarded() => Ask(MsChap2Option)
        .Hears(Chap(3, 0, Ascii(Signature)))
        .HasNothing<PppOutput.Authenticated>();

    [Theory]
    [InlineData("E=691 R=1 C=00112233445566778899AABBCCDDEEFF V=3 M=no such user", "no such user")]
    [InlineData("E=648 R=0", "password has expired")]
    [InlineData("E=691 R=0", "user name or password rejected by the peer")]
    public void A_failure_ends_the_link_even_if_a_retry_is_allowed(string message, string text)
    {
        Conversation client = Ask(MsChap2Option);
        client.Session.Receive(Bytes(Chap(1, 1, Challenge2)), 0);
        client.Does(_ => { }).TakesFrames();
        client.Hears(Chap(4, 1, Ascii(message)), Lcp(5, 1));
        Assert.Equal(text, client.Takes<PppOutput.AuthenticationFailed>().Text);
    }

    [Theory]
    [InlineData(MsChap2Option, "08 0011223344556677")]
    [InlineData(MsChap1Option, "10 00112233445566770011223344556677")]
    [InlineData(ChapOption, "00")]
    [InlineData(ChapOption, "")]
    [InlineData(ChapOption, "10 0011")]
    public void A_challenge_of_a_wrong_size_is_discarded(string option, string data) => Ask(option).Hears(Chap(1, 1, data));

    [Fact]
    public void A_challenge_in_the_network_phase_is_answered_and_changes_nothing()
    {
        Conversation client = Ask(ChapOption);
        client.Session.Receive(Bytes(Chap(1, 1, "04 00112233")), 0);
        client.Session.Receive(Bytes(Chap(3, 1)), 0);
        client.Does(_ => { }).TakesFrames();
        client.Takes<PppOutput.Authenticated>();
        client.Session.Receive(Bytes(Chap(1, 2, "04 00112233")), 0);
        Assert.Equal(0x02, Assert.Single(client.Does(_ => { }).TakesFrames())[5]);
        client.Hears(Chap(3, 2)).HasNothing<PppOutput.Authenticated>();
        Assert.Equal(PppPhase.Network, client.Session.Phase);
    }

    [Fact]
    public void A_response_that_is_not_answered_is_repeated_after_ten_seconds()
    {
        Conversation client = Ask(ChapOption);
        client.Session.Receive(Bytes(Chap(1, 1, "04 00112233")), 0);
        string response = Convert.ToHexString(Assert.Single(client.Does(_ => { }).TakesFrames()));
        client.At(9999).Says().At(10_000).Says(response).At(20_000).Says(response);
    }

    [Fact]
    public void Authentication_has_thirty_seconds()
    {
        Conversation client = Ask(MsChap2Option).At(29_999).Says().At(30_000).Says(Lcp(5, 1));
        client.Hears(Lcp(6, 1)).Closes(PppCloseReason.AuthenticationTimeout);
    }

    [Theory]
    [InlineData("0304 C227", PppAuthenticationMethods.All, MsChap2Option)] // EAP
    [InlineData(MsChap2Option, PppAuthenticationMethods.Pap | PppAuthenticationMethods.Chap, ChapOption)]
    [InlineData(PapOption, PppAuthenticationMethods.MsChap1, MsChap1Option)]
    [InlineData(ChapOption, PppAuthenticationMethods.Pap, PapOption)]
    [InlineData("0302", PppAuthenticationMethods.Pap, PapOption)] // no method in it
    [InlineData("0305 C22399", PppAuthenticationMethods.Chap, ChapOption)]
    public void A_method_that_is_not_allowed_is_nakked_with_the_best_one(
        string asked, PppAuthenticationMethods allowed, string wanted)
    {
        Conversation client = new Conversation(ClientOptions with { Methods = allowed }).Start();
        client.TakesFrames();
        client.Hears(Lcp(1, 1, asked), Lcp(3, 1, wanted));
    }

    [Fact]
    public void A_server_that_leaves_because_of_the_method_is_told_from_one_that_just_leaves()
    {
        Conversation client = new Conversation(ClientOptions with { Methods = PppAuthenticationMethods.Chap }).Start();
        client.TakesFrames();
        client.Hears(Lcp(1, 1, PapOption), Lcp(3, 1, ChapOption)).Hears(Lcp(5, 2), Lcp(6, 2));
        Assert.Equal(
            "no common authentication method: peer asks for pap, allowed here: chap",
            Assert.IsType<PppOutput.Closed>(client.Takes<PppOutput.Closed>()).Detail);
    }

    [Fact]
    public void A_challenge_that_comes_before_our_link_is_open_is_answered_once_it_is()
    {
        Conversation client = new Conversation(ClientOptions).Start();
        client.TakesFrames();
        client.Hears(Lcp(1, 1, ChapOption), Lcp(2, 1, ChapOption)).Hears(Chap(1, 7, "04 00112233"));
        client.Session.Receive(Bytes(Lcp(2, 1, ClientLcpRequest)), 0);
        byte[] response = Assert.Single(client.Does(_ => { }).TakesFrames());
        Assert.Equal([0xFF, 0x03, 0xC2, 0x23, 0x02, 0x07], response[..6]);
    }
}
