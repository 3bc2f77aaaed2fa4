using System.Net;
using SstpRouter.Lab.Tests.Harness;
using SstpRouter.Linux;

namespace SstpRouter.Lab.Tests.Scripted;

/// <summary>The machine beside a router that scripted peers speak from.</summary>
internal static class Peers
{
    public const string Clients = "scripted clients";
    public const string Servers = "scripted servers";

    /// <summary>Starts a router, joins a machine to it, and gives both an address.</summary>
    public static Host OnCable(Router router, string routerAddress, string peerAddress)
    {
        var peer = new Host("peer");
        Host.Connect(router.Host, peer);
        peer.Run(() =>
        {
            using var routes = new RouteSocket();
            routes.AddAddress(routes.Link("ether1")!.Index, IPAddress.Parse(peerAddress), 24);
        });
        router.Start("--debug");
        router.Exec($"/ip address add address={routerAddress}/24 interface=ether1");
        return peer;
    }
}

/// <summary>The scripts of clients share one server.</summary>
[CollectionDefinition(Peers.Clients)]
public sealed class ScriptedClients : ICollectionFixture<CallsToRouter>;

/// <summary>The scripts of servers share one client.</summary>
[CollectionDefinition(Peers.Servers)]
public sealed class ScriptedServers : ICollectionFixture<CallsFromRouter>;
