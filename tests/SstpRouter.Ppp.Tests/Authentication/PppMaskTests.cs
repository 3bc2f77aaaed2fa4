namespace SstpRouter.Ppp.Tests.Authentication;

/// <summary>Frames without their secrets. What a session makes of them is tested where whole calls are recorded.</summary>
public sealed class PppMaskTests
{
    private static readonly PppSessionOptions Server = new() { Role = PppRole.Server };
    private static readonly PppSessionOptions Client = new() { Role = PppRole.Client, UserName = "User", Password = "clientPass" };

    [Theory]
    [InlineData("FF03C0210903000811223344", "FF03C0210903000811223344")] // LCP is kept
    [InlineData("FF03C0210903000411223344", "FF03C02109030004")] // but for what stands behind a packet
    [InlineData("FF03C021080300100023C0230103000EAABBCCDD", "FF03C02108030010002300000000000000000000")] // what comes back rejected
    [InlineData("FF03C0210903FFFF11223344", "FF03C0210903FFFF")] // a length that is wrong
    [InlineData("FF03C227023000081A313233", "FF03C227")] // EAP
    [InlineData("FF0300214500", "FF030021")]
    [InlineData("214500", "21")]
    [InlineData("FF03FFFF", "FF03FF")]
    [InlineData("FF03C0FE112233445566", "FF03C0FE")]
    [InlineData("FF03C22307010008AABBCCDD", "FF03C22307010004")] // Change-Password
    [InlineData("FF03C22302010008AABBCCDD", "FF03C22302010008FFFFFFFF")] // its value runs past the end
    [InlineData("FF03C2230201000802BBCCDD", "FF03C22302010008020000DD")] // of no right length
    [InlineData("FF03C02301010009024142FF33", "FF03C02301010009024142FFFF")]
    [InlineData("FF03C0230101000A024142023132", "FF03C0230101000E024142066D61736B6564")]
    public void A_server_receives_it_without_secrets(string frame, string masked) => Assert.Equal(masked, Masked(new PppMask(Server), frame));

    [Theory]
    [InlineData("FF03C22303010008533D3132", "FF03C22303010008533D3030")] // S= that nothing proves
    [InlineData("FF03C2230401000A453D36393120", "FF03C2230401000A453D36393120")]
    [InlineData("FF03C0230101000B02414203313233", "FF03C02301010004")] // credentials, which are no client's to receive
    [InlineData("FF03C02302010006016F", "FF03C02302010006016F")]
    [InlineData("FF03C22302010008020000DD", "FF03C22302010004")]
    public void A_client_receives_it_without_secrets(string frame, string masked) => Assert.Equal(masked, Masked(new PppMask(Client), frame));

    // RFC 2759 9.2, with the user name User and the password clientPass.
    [Fact]
    public void A_right_signature_becomes_the_right_one_of_the_placeholder_and_a_wrong_one_stays_wrong()
    {
        const string Challenge = "5B5D7C7D7B3F2F3E3C2C602132262628";
        const string Response = "21402324255E262A28295F2B3A337C7E" + "0000000000000000" + "82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF" + "00";
        PppMask mask = new(Client);
        Masked(mask, "FF03C22301010015" + "10" + Challenge);
        mask.Sent(Convert.FromHexString("FF03C2230201003A31" + Response + "55736572"));

        string right = Masked(mask, "FF03C2230301002E" + Hex("S=407A5589115FD0D6209F510FE9C04566932CDA56"));
        string wrong = Masked(mask, "FF03C2230301002E" + Hex("S=407A5589115FD0D6209F510FE9C04566932CDA57"));

        Assert.StartsWith("FF03C2230301002E" + Hex("S="), right, StringComparison.Ordinal);
        Assert.DoesNotContain(Hex("407A"), right, StringComparison.Ordinal);
        Assert.Equal("FF03C2230301002E" + Hex("S=" + new string('0', 40)), wrong);
        Assert.NotEqual(wrong, right);
    }

    private static string Masked(PppMask mask, string frame) =>
        Convert.ToHexString(mask.Received(Convert.FromHexString(frame)));

    private static string Hex(string text) => Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(text));
}
