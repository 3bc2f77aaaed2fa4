using System.Text;
using SstpRouter.Ppp.Authentication;
using static SstpRouter.Ppp.Tests.Conversation;

namespace SstpRouter.Ppp.Tests.Authentication;

/// <summary>Published and recomputed vectors of the computations below the packets.</summary>
public sealed class VectorTests
{
    private static readonly byte[] AuthChallenge = Bytes("5B5D7C7D7B3F2F3E3C2C602132262628");
    private static readonly byte[] PeerChallenge = Bytes("21402324255E262A28295F2B3A337C7E");
    private static readonly byte[] NtResponse = Bytes("82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF");
    private static readonly byte[] HashHash = Bytes("41C00C584BD2D91C4017A2A12FA59F3F");

    [Fact] // RFC 2759 9.2
    public void Ms_chap_2_gives_the_values_of_rfc_2759()
    {
        byte[] challenge = MsChap.ChallengeHash(PeerChallenge, AuthChallenge, "User"u8);
        byte[] hash = MsChap.NtPasswordHash("clientPass");
        Assert.Equal("D02E4386BCE91226", Convert.ToHexString(challenge));
        Assert.Equal("44EBBA8D5312B8D611474411F56989AE", Convert.ToHexString(hash));
        Assert.Equal(HashHash, MsChap.HashNtPasswordHash(hash));
        Assert.Equal(NtResponse, MsChap.ChallengeResponse(challenge, hash));
        Assert.Equal(
            "S=407A5589115FD0D6209F510FE9C04566932CDA56",
            MsChap.AuthenticatorResponse(HashHash, NtResponse, challenge));
    }

    [Fact] // RFC 3079 3.5.3
    public void Mppe_keys_are_the_values_of_rfc_3079()
    {
        byte[] master = Hlak.MasterKey(HashHash, NtResponse);
        Assert.Equal("FDECE3717A8C838CB388E527AE3CDD31", Convert.ToHexString(master));
        Assert.Equal("8B7CDC149B993A1BA118CB153F56DCCB", Convert.ToHexString(Hlak.ClientReceiveKey(master)));
        Assert.Equal("D5F0E9521E3EA9589645E86051C82226", Convert.ToHexString(Hlak.ClientSendKey(master)));
    }

    [Fact]
    public void The_hlak_of_ms_chap_2_is_the_clients_send_key_and_its_receive_key() => Assert.Equal(
        "D5F0E9521E3EA9589645E86051C822268B7CDC149B993A1BA118CB153F56DCCB",
        Convert.ToHexString(Hlak.FromMsChap2(HashHash, NtResponse)));

    [Fact] // RFC 2433 appendix B
    public void Ms_chap_1_gives_the_values_of_rfc_2433()
    {
        byte[] challenge = Bytes("102DB5DF085D3041");
        byte[] hash = MsChap.NtPasswordHash("MyPw");
        Assert.Equal("FC156AF7EDCD6C0EDDE3337D427F4EAC", Convert.ToHexString(hash));
        Assert.Equal("874FB0693E18106A814481BC51CD7D37", Convert.ToHexString(MsChap.HashNtPasswordHash(hash)));
        Assert.Equal(
            "4E9D3C8F9CFD385D5BF4D3246791956CA4C351AB409A3D61",
            Convert.ToHexString(MsChap.ChallengeResponse(challenge, hash)));
    }

    [Fact] // RFC 2433 appendix B: the LM side stands on the same two primitives
    public void Des_gives_the_lm_values_of_rfc_2433()
    {
        byte[] key = new byte[14];
        Encoding.ASCII.GetBytes("MYPW").CopyTo(key, 0);
        byte[] magic = Encoding.ASCII.GetBytes("KGS!@#$%");
        var hash = new byte[16];
        MsChap.DesEncrypt(key.AsSpan(0, 7), magic, hash, 0);
        MsChap.DesEncrypt(key.AsSpan(7, 7), magic, hash, 8);
        Assert.Equal("75BA30198E6D1975AAD3B435B51404EE", Convert.ToHexString(hash));
        Assert.Equal(
            "91881D0152AB0C33C524135EC24A95EE64E23CDC2D33347D",
            Convert.ToHexString(MsChap.ChallengeResponse(Bytes("102DB5DF085D3041"), hash)));
    }

    [Fact]
    public void The_hlak_of_ms_chap_1_is_the_start_key_twice() => Assert.Equal(
        "CFD3610CD9208EC8134BAEFF555F76CBCFD3610CD9208EC8134BAEFF555F76CB",
        Convert.ToHexString(Hlak.FromMsChap1(Bytes("874FB0693E18106A814481BC51CD7D37"), Bytes("102DB5DF085D3041"))));

    [Fact]
    public void A_chap_response_is_the_md5_of_identifier_secret_and_challenge() => Assert.Equal(
        "5D96C9BC8BEC9E7E2EFB139B407D9F76",
        Convert.ToHexString(ChapSecret.Md5Response(0x17, "Secret-1", Bytes("000102030405060708090A0B0C0D0E0F"))));

    [Theory]
    [InlineData("User", "User")]
    [InlineData("DOMAIN\\User", "User")]
    [InlineData("user@domain", "user@domain")]
    [InlineData("DOMAIN\\", "")]
    public void The_domain_is_not_hashed(string name, string hashed) =>
        Assert.Equal(hashed, Encoding.ASCII.GetString(ChapSecret.WithoutDomain(Encoding.ASCII.GetBytes(name))));

    [Theory]
    [InlineData("E=691 R=0 C=00112233445566778899AABBCCDDEEFF V=3 M=Access denied", 691, false, 16, 3, "Access denied")]
    [InlineData("E=691 R=1 C=0011223344556677 V=2", 691, true, 8, 2, "")]
    [InlineData("E=648", 648, false, 0, 0, "")]
    [InlineData("E=691 R=0 V=3 M=", 691, false, 0, 3, "")]
    [InlineData("E=x R=7 C=0G V=-1 M=a=b c", 0, false, 0, 0, "a=b c")]
    [InlineData("go away", 0, false, 0, 0, "go away")]
    [InlineData("", 0, false, 0, 0, "")]
    public void A_failure_text_is_read_field_by_field(
        string text, int code, bool retry, int challengeLength, int version, string message)
    {
        ChapFailure failure = ChapFailure.Parse(Encoding.ASCII.GetBytes(text));
        Assert.Equal((code, retry, version, message), (failure.Code, failure.MayRetry, failure.Version, failure.Message));
        Assert.Equal(challengeLength, failure.Challenge.Length);
    }
}
