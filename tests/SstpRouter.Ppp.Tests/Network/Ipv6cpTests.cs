using System.Net;
using static SstpRouter.Ppp.Tests.Conversation;

namespace SstpRouter.Ppp.Tests.Network;

public sealed class Ipv6cpTests
{
    // The second random value of a session, with the universal bit cleared (RFC 5072 4.1).
    private const string Own = "010A 2022222222222222";

    private static Conversation Client(ulong? identifier = null)
    {
        Conversation client = ClientInNetworkPhase(
            ClientOptions with { EnableIpv6 = true, InterfaceIdentifier = identifier });
        string own = identifier is { } fixedOne ? $"010A {fixedOne:X16}" : Own;
        return client.Says(Ipcp(1, 1, "0306 00000000"), Ipv6cp(1, 1, own));
    }

    [Fact]
    public void Both_identifiers_make_link_local_addresses()
    {
        Conversation client = Client(identifier: 5)
            .Hears(Ipv6cp(2, 1, "010A 0000000000000005"))
            .Hears(Ipv6cp(1, 3, "010A 00000000000000FE"), Ipv6cp(2, 3, "010A 00000000000000FE"));
        PppIpv6 settings = client.Takes<PppOutput.Ipv6Up>().Settings;
        Assert.Equal(IPAddress.Parse("fe80::5"), settings.LocalAddress);
        Assert.Equal(IPAddress.Parse("fe80::fe"), settings.RemoteAddress);
        Assert.True(client.Session.Ipv6Up);
        Assert.False(client.Session.Ipv4Up);
    }

    [Theory]
    [InlineData("010A 0000000000000000")] // none
    [InlineData("010A 2022222222222222")] // ours
    [InlineData("0104 0001")] // too short
    [InlineData("")] // left out
    public void An_identifier_that_will_not_do_is_nakked_with_a_random_one(string list) => Client()
        .Hears(Ipv6cp(1, 1, list), Ipv6cp(3, 1, "010A 3133333333333333"));

    [Fact]
    public void Compression_is_rejected() => Client()
        .Hears(Ipv6cp(1, 1, "010A 00000000000000FE 0204 004F"), Ipv6cp(4, 1, "0204 004F"));

    [Fact]
    public void A_suggested_identifier_is_taken() => Client()
        .Hears(Ipv6cp(3, 1, "010A 0000000000000009"), Ipv6cp(1, 2, "010A 0000000000000009"))
        .Hears(Ipv6cp(3, 2, "010A 0000000000000000"), Ipv6cp(1, 3, "010A 3133333333333333"))
        .Hears(Ipv6cp(4, 3, "010A 3133333333333333"), Ipv6cp(1, 4));

    [Fact]
    public void A_rejected_protocol_leaves_the_other_alone()
    {
        Conversation client = Client().Hears(Lcp(8, 1, "8057 0101"))
            .Hears(Ipcp(3, 1, "0306 0A000005"), Ipcp(1, 2, "0306 0A000005"));
        client.At(1000);
        Assert.Equal(PppPhase.Network, client.Session.Phase);
    }
}
