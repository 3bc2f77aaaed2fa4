using System.Net;

namespace SstpRouter.Ppp.Tests.Session;

/// <summary>Our client against our server in virtual time.</summary>
public sealed class BackToBackTests
{
    public static TheoryData<PppAuthenticationMethods> Each =>
    [
        PppAuthenticationMethods.Pap,
        PppAuthenticationMethods.Chap,
        PppAuthenticationMethods.MsChap1,
        PppAuthenticationMethods.MsChap2,
    ];

    [Theory]
    [MemberData(nameof(Each))]
    public void Each_method_alone_brings_both_up_with_the_same_key(PppAuthenticationMethods method)
    {
        foreach ((PppAuthenticationMethods client, PppAuthenticationMethods server) in new[]
        {
            (method, method),
            (method, PppAuthenticationMethods.All),
            (PppAuthenticationMethods.All, method),
        })
        {
            var wire = new Wire(client, server, seed: 1, loss: 0);
            wire.Run(until: 2000, () => wire.IsUp);
            Assert.True(wire.IsUp);
            Assert.Equal(method, Assert.Single(wire.ServerResults).Method);
            Assert.Equal(wire.ServerResults[0].Hlak, Assert.Single(wire.ClientResults).Hlak);
            Assert.Equal(IPAddress.Parse("10.0.0.5"), wire.ClientIpv4!.LocalAddress);
            Assert.Equal(IPAddress.Parse("10.0.0.1"), wire.ClientIpv4.PrimaryDns);
        }
    }

    [Fact]
    public void Without_restrictions_the_strongest_method_is_used()
    {
        var wire = new Wire(PppAuthenticationMethods.All, PppAuthenticationMethods.All, seed: 1, loss: 0);
        wire.Run(until: 2000, () => wire.IsUp);
        Assert.Equal(PppAuthenticationMethods.MsChap2, Assert.Single(wire.ServerResults).Method);
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void A_wire_that_loses_frames_still_comes_up(PppAuthenticationMethods method)
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var wire = new Wire(method, method, seed, loss: 0.05);
            wire.Run(until: 240_000, () => wire.IsUp || wire.ClientClosed is not null);
            Assert.True(wire.IsUp, $"seed {seed}: {wire.ClientClosed} {wire.ServerClosed} at {wire.Now}");
            Assert.Equal(wire.ServerResults[^1].Hlak, wire.ClientResults[^1].Hlak);
        }
    }

    [Theory]
    [InlineData(300)] // over a geostationary satellite
    [InlineData(1000)]
    [InlineData(1400)]
    public void A_peer_far_away_is_asked_once_and_nothing_begins_anew(long delay)
    {
        var wire = new Wire(PppAuthenticationMethods.MsChap2, PppAuthenticationMethods.MsChap2, seed: 1, loss: 0, delay: delay);
        wire.Run(until: 60_000, () => wire.IsUp);
        Assert.True(wire.IsUp);
        wire.Run(until: wire.Now + 60_000, () => false);
        Assert.Equal((2, 0), (wire.Ipv4Ups, wire.Repeats));
        Assert.True(wire.IsUp);
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void A_wrong_password_ends_both_sides(PppAuthenticationMethods method)
    {
        var wire = new Wire(method, method, seed: 1, loss: 0, password: "Secret");
        wire.Run(until: 10_000, () => wire.ClientClosed is not null && wire.ServerClosed is not null);
        Assert.Equal(PppCloseReason.AuthenticationFailed, wire.ClientClosed!.Reason);
        Assert.Equal(PppCloseReason.AuthenticationFailed, wire.ServerClosed!.Reason);
        Assert.Empty(wire.ServerResults);
        Assert.Empty(wire.ClientResults);
    }

    [Fact]
    public void Without_a_common_method_both_sides_say_so()
    {
        var wire = new Wire(PppAuthenticationMethods.Chap, PppAuthenticationMethods.Pap, seed: 1, loss: 0);
        wire.Run(until: 10_000, () => wire.ClientClosed is not null && wire.ServerClosed is not null);
        Assert.Equal(PppCloseReason.AuthenticationRefused, wire.ServerClosed!.Reason);
        Assert.Equal(PppCloseReason.AuthenticationRefused, wire.ClientClosed!.Reason);
        Assert.Contains("peer wants chap, allowed here: pap", wire.ServerClosed.Detail, StringComparison.Ordinal);
    }
}
