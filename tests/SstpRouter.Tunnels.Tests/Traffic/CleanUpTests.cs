using System.Net;
using System.Net.Sockets;
using SstpRouter.Tunnels.Client;
using SstpRouter.Tunnels.Server;
using SstpRouter.Tunnels.Tests.Support;
using SstpRouter.Tunnels.Workers;

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
        string kinds = Descriptors.Kinds();
        int routes = Routes(site);

        UpAndDown(site, doorman, tunnels);
        UpAndDown(site, doorman, tunnels);

        Assert.Empty(site.TunnelLinks);
        Assert.Equal(routes, Routes(site));
        Await.True(() => Descriptors.Count("") <= descriptors, () => $"no descriptor is left of {Descriptors.Kinds()}, before {kinds}", site.Log);
        Assert.Equal(2 + tunnels + tunnels, doorman.EndedCalls.Count);
    }

    [RootFact]
    public void Calls_that_end_without_a_login_stay_in_no_list_of_their_worker()
    {
        const int callers = 300;
        using Site site = new();
        SstpListener listener = site.Listen(new Doorman());
        (int Descriptors, int Timers, int Ciphertexts, int Queues) before = InUse(site);
        for (int number = 1; number <= callers; number++)
        {
            using Socket socket = site.Open(SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(IPAddress.Loopback, Site.Port);
            socket.Send("GET / HTTP/1.1\r\n\r\n"u8);
            AwaitClosed(socket);
        }

        Await.True(() => listener.Calls.Count == 0, "no call is left", site.Log);
        (int Descriptors, int Timers, int Ciphertexts, int Queues) after = InUse(site);
        Assert.Equal(before.Descriptors, after.Descriptors);
        Assert.InRange(after.Timers, before.Timers, 100);
        Assert.Equal((0, 0, 0), (after.Ciphertexts, after.Queues, listener.PlacesHeld));
    }

    [RootFact]
    public void Tunnels_that_end_while_much_waits_for_their_peers_give_all_buffers_back()
    {
        const int tunnels = 20;
        using Wire wire = new();
        Doorman doorman = new();
        (int Descriptors, int Timers, int Ciphertexts, int Queues) before = InUse(wire.Office);
        SstpListener listener = wire.Office.Listen(doorman);
        SstpDialler[] diallers = [.. Enumerable.Range(0, tunnels).Select(number => wire.Branch.Dial(Site.Dialling(Wire.OfficeHost) with
        {
            Interface = new InterfaceName($"out{number}", $"sstp-out{number}", AlternativeName: null),
        }))];
        Array.ForEach(diallers, wire.Branch.AwaitUp);
        Await.True(() => doorman.ConnectedCalls.Count == tunnels, "all are up on both sides", wire.Office.Log);

        // With the wire cut nothing leaves any more, and what does not fit into the sockets waits in the tunnels.
        wire.Cut();
        using Socket flood = wire.Office.Open(SocketType.Dgram, ProtocolType.Udp);
        byte[] datagram = new byte[1200];
        Await.True(
            () =>
            {
                for (int number = 1; number <= tunnels; number++)
                {
                    Enumerable.Range(0, 20).ToList().ForEach(_ => flood.SendTo(datagram, new IPEndPoint(Doorman.RemoteAddress(number), 9)));
                }

                return InUse(wire.Office) is { Ciphertexts: tunnels, Queues: >= 2 * tunnels };
            },
            "all have more to send than their sockets take",
            wire.Office.Log);

        // All are hung up, and none can come back.
        Task stopped = listener.Stop();
        wire.Mend();

        Await.Done(stopped, "all are down", wire.Office.Log);
        Assert.Equal(tunnels, doorman.EndedCalls.Count);
        Await.True(() => InUse(wire.Office) is { Ciphertexts: 0, Queues: 0 } now && now.Descriptors == before.Descriptors, "all is given back", wire.Office.Log);
    }

    [RootFact]
    public void Tunnels_whose_connections_are_cut_in_the_middle_of_traffic_give_all_buffers_back()
    {
        const int rounds = 5;
        const int callers = 4;
        using Site site = new();
        Doorman doorman = new();
        site.Listen(doorman, Site.Listening() with { KeepaliveTimeout = null });
        using Socket flood = site.Open(SocketType.Dgram, ProtocolType.Udp);
        byte[] datagram = new byte[1200];
        for (int round = 0; round < rounds; round++)
        {
            int before = round * callers;
            ScriptedCaller[] there = [.. Enumerable.Range(0, callers).Select(_ => new ScriptedCaller(site))];
            foreach (ScriptedCaller caller in there)
            {
                caller.Start();
                int up = doorman.ConnectedCalls.Count;
                caller.Run(() => caller.HasAddress && doorman.ConnectedCalls.Count > up, "the tunnel is up", site.Log);
            }

            // None of them reads: the sockets fill, and then the tunnels.
            Await.True(
                () =>
                {
                    for (int number = before + 1; number <= before + callers; number++)
                    {
                        Enumerable.Range(0, 50).ToList().ForEach(_ => flood.SendTo(datagram, new IPEndPoint(Doorman.RemoteAddress(number), 9)));
                    }

                    return InUse(site) is { Ciphertexts: callers, Queues: >= 2 * callers };
                },
                "all have more to send than their sockets take",
                site.Log);

            // What they have not read makes the kernel reset the connections.
            Array.ForEach(there, caller => caller.Dispose());
            Await.True(() => doorman.EndedCalls.Count == before + callers, "all are down", site.Log);
            Assert.Equal((0, 0), (InUse(site).Ciphertexts, InUse(site).Queues));
        }

        Assert.Empty(site.Workers.Leaks);
    }

    [Fact]
    public void What_a_worker_does_not_get_back_is_named()
    {
        using TunnelWorkers workers = new(1, static _ => { });
        TunnelWorker worker = workers.Next();
        byte[] one = [];
        worker.Invoke(() => one = worker.Ciphertext.Rent());
        Assert.Equal(["tunnels-0, buffers for ciphertext: 1 did not come back"], workers.Leaks);
        worker.Invoke(() => worker.Ciphertext.Return(one));
        Assert.Empty(workers.Leaks);
    }

    private static void AwaitClosed(Socket socket)
    {
        byte[] buffer = new byte[100];
        try
        {
            while (socket.Poll(Await.Patience, SelectMode.SelectRead) && socket.Receive(buffer) > 0)
            {
            }
        }
        catch (SocketException exception)
        {
            Assert.Equal(SocketError.ConnectionReset, exception.SocketErrorCode);
        }
    }

    private static (int Descriptors, int Timers, int Ciphertexts, int Queues) InUse(Site site)
    {
        (int Descriptors, int Timers, int Ciphertexts, int Queues) inUse = default;
        TunnelWorker worker = site.Workers.Next();
        worker.Invoke(() => inUse = worker.InUse);
        return inUse;
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
