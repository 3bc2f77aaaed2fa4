using System.Net.Sockets;
using SstpRouter.Tunnels.Client;
using SstpRouter.Tunnels.Server;
using SstpRouter.Tunnels.Tests.Support;

namespace SstpRouter.Tunnels.Tests.Traffic;

/// <summary>Whatever a tunnel took from the system it gives back.</summary>
public sealed class CleanUpTests
{
    [RootFact]
    public void Fifty_tunnels_up_and_down_leave_no_descriptor_no_interface_and_no_route()
    {
        const int tunnels = 50;
        using Site site = new(workers: 2);
        Doorman doorman = new();
        UpAndDown(site, doorman, 2);
        int descriptors = Descriptors.Count("");
        int routes = Routes(site);

        UpAndDown(site, doorman, tunnels);
        UpAndDown(site, doorman, tunnels);

        Assert.Empty(site.TunnelLinks);
        Assert.Equal(routes, Routes(site));
        Await.True(() => Descriptors.Count("") <= descriptors, "no descriptor is left", site.Log);
        Assert.Equal(2 + tunnels + tunnels, doorman.EndedCalls.Count);
    }

    private static void UpAndDown(Site site, Doorman doorman, int count)
    {
        int before = doorman.ConnectedCalls.Count;
        SstpListener listener = site.Listen(doorman);
        SstpDialler[] diallers = [.. Enumerable.Range(0, count).Select(number => site.Dial(Site.Dialling() with
        {
            Interface = new InterfaceName($"out{number}", $"sstp-out{number}", AlternativeName: null),
        }))];
        Array.ForEach(diallers, site.AwaitUp);
        Await.True(() => doorman.ConnectedCalls.Count == before + count, "all are up on both sides", site.Log);
        Assert.Equal(2 * count, site.TunnelLinks.Count);
        site.StopAll();
        Assert.Empty(listener.Calls);
    }

    private static int Routes(Site site) => site.Routes.Routes(AddressFamily.InterNetwork).Count;
}
