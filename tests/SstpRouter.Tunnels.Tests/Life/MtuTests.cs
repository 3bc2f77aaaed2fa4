using SstpRouter.Tunnels.Client;
using SstpRouter.Tunnels.Tests.Support;

namespace SstpRouter.Tunnels.Tests.Life;

/// <summary>Each end sends no more than the other receives, and no more than its own ceiling.</summary>
public sealed class MtuTests
{
    [RootTheory]
    [InlineData(1500, 1500, 1500, 1500, 1500, 1500)]
    [InlineData(1400, 1500, 1500, 1500, 1400, 1500)]
    [InlineData(1500, 1400, 1500, 1500, 1500, 1400)]
    [InlineData(1500, 1500, 1300, 1280, 1280, 1300)]
    public void The_mtu_is_the_lower_of_both(
        int branchMtu, int branchMru, int officeMtu, int officeMru, int branchTakes, int officeTakes)
    {
        using Wire wire = new();
        wire.Office.Listen(new Doorman(), Site.Listening() with { MaximumMtu = officeMtu, MaximumMru = officeMru });
        SstpDialler dialler = wire.Branch.Dial(
            Site.Dialling(Wire.OfficeHost) with { MaximumMtu = branchMtu, MaximumMru = branchMru });
        wire.Branch.AwaitUp(dialler);
        wire.Office.Log.Await(": connected");

        Assert.Equal(branchTakes, dialler.State.Mtu);
        Assert.Equal(branchTakes, wire.Branch.Routes.Link("sstp-out1")!.Mtu);
        Assert.Equal(officeTakes, wire.Office.Routes.Link("sstp-in1")!.Mtu);
    }
}
