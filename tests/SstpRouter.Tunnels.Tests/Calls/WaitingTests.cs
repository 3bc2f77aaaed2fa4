using System.Net;
using System.Net.Sockets;
using SstpRouter.Tunnels.Client;
using SstpRouter.Tunnels.Server;
using SstpRouter.Tunnels.Tests.Support;

namespace SstpRouter.Tunnels.Tests.Calls;

/// <summary>More callers than there are places: they wait, for a bounded time and in a bounded line, and each address gets its share.</summary>
public sealed class WaitingTests
{
    private static readonly ListenOptions ThreePlaces = Site.Listening() with { MaximumUnauthenticatedPerAddress = 3 };

    [RootFact]
    public void Who_finds_no_place_waits_until_one_is_free()
    {
        using Site site = new();
        SstpListener listener = site.Listen(new Doorman(), ThreePlaces);
        Socket[] held = Hold(site, listener, 3);
        SstpDialler dialler = site.Dial();
        Await.True(() => listener.Waiting == 1, "the fourth waits", site.Log);
        Assert.Equal(3, listener.Calls.Count);

        held[0].Dispose();
        site.AwaitUp(dialler);

        Assert.Equal(1, site.Log.Count("sstp-out1: connecting..."));
        Assert.Equal(0, listener.Waiting);
        Assert.Equal(2, listener.PlacesHeld);
        Array.ForEach(held, socket => socket.Dispose());
        Await.True(() => listener.PlacesHeld == 0, "the places are free again", site.Log);
    }

    [RootFact]
    public void A_burst_from_one_address_gets_in_without_a_second_try()
    {
        const int callers = 100;
        using Site site = new(workers: 2);
        SstpListener listener = site.Listen(new Doorman(), ThreePlaces);

        SstpDialler[] diallers = [.. Enumerable.Range(0, callers).Select(number => site.Dial(Site.Dialling() with
        {
            Interface = new InterfaceName($"out{number}", $"sstp-out{number}", AlternativeName: null),
        }))];
        Array.ForEach(diallers, site.AwaitUp);

        Assert.Equal(callers, site.Log.Count(": connecting..."));
        Assert.Equal((0, 0), (listener.Waiting, listener.PlacesHeld));
        Assert.False(site.Log.Has("too many connections"), site.Log.ToString());
    }

    [RootFact]
    public void Another_address_is_served_before_those_who_hold_their_share()
    {
        using Site site = new();
        SstpListener listener = site.Listen(new Doorman(), ThreePlaces with { MaximumUnauthenticated = 6 });
        Socket[] held = Hold(site, listener, 3);
        using Socket greedy = Connect(site);
        Await.True(() => listener.Waiting == 1, "one of the address waits", site.Log);

        using Socket other = Connect(site, "127.0.0.2");
        Await.True(() => listener.Calls.Any(c => c.Peer.Address.Equals(IPAddress.Parse("127.0.0.2"))), "the other address has a place", site.Log);

        Assert.Equal(1, listener.Waiting);
        Array.ForEach(held, socket => socket.Dispose());
    }

    [RootTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_hangs_up_while_he_waits_takes_no_place(bool halfClosed)
    {
        using Site site = new();
        SstpListener listener = site.Listen(new Doorman(), ThreePlaces);
        Socket[] held = Hold(site, listener, 3);
        int descriptors = Descriptors.Count("socket:");
        using Socket impatient = Connect(site);
        impatient.Send([0x16, 0x03, 0x01]);
        Await.True(() => listener.Waiting == 1, "he waits", site.Log);

        if (halfClosed)
        {
            impatient.Shutdown(SocketShutdown.Send);
        }
        else
        {
            impatient.Dispose();
        }

        Await.True(() => listener.Waiting == 0, "he waits no more", site.Log);
        impatient.Dispose();
        Await.True(() => Descriptors.Count("socket:") == descriptors, "his socket is closed", site.Log);
        Assert.Equal(3, listener.PlacesHeld);
        Array.ForEach(held, socket => socket.Dispose());
    }

    [RootFact]
    public void Nobody_waits_for_ever_and_the_log_says_so_once()
    {
        using Site site = new();
        SstpListener listener = site.Listen(new Doorman(), ThreePlaces with { WaitDeadline = TimeSpan.FromSeconds(1) });
        Socket[] held = Hold(site, listener, 3);
        Socket[] waiting = [.. Enumerable.Range(0, 5).Select(_ => Connect(site))];

        Array.ForEach(waiting, AwaitClosed);

        site.Log.Await("no place for a login became free within 1 s, closing who waited, the last from 127.0.0.1");
        Assert.InRange(site.Log.Count("no place for a login"), 1, 2);
        Assert.Equal((3, 0), (listener.PlacesHeld, listener.Waiting));
        Array.ForEach([.. held, .. waiting], socket => socket.Dispose());
    }

    [RootFact]
    public void The_line_is_bounded_and_who_finds_it_full_is_closed_at_once()
    {
        using Site site = new();
        SstpListener listener = site.Listen(new Doorman(), ThreePlaces with { MaximumWaitingPerAddress = 2 });
        Socket[] held = Hold(site, listener, 3);
        Socket[] waiting = [.. Enumerable.Range(0, 2).Select(_ => Connect(site))];
        Await.True(() => listener.Waiting == 2, "two wait", site.Log);
        using Socket last = Connect(site);

        AwaitClosed(last);

        site.Log.Await("too many connections without a login, closing new ones, the last from 127.0.0.1");
        Assert.Equal((3, 2), (listener.PlacesHeld, listener.Waiting));
        Array.ForEach([.. held, .. waiting], socket => socket.Dispose());
        Await.True(() => listener.Calls.Count == 0, "no call is left", site.Log);
        site.AwaitUp(site.Dial());
    }

    [RootFact]
    public void A_listener_that_stops_closes_who_waits()
    {
        using Site site = new();
        SstpListener listener = site.Listen(new Doorman(), ThreePlaces);
        Socket[] held = Hold(site, listener, 3);
        using Socket waiting = Connect(site);
        Await.True(() => listener.Waiting == 1, "one waits", site.Log);

        site.Stop(listener);

        AwaitClosed(waiting);
        Array.ForEach(held, socket => socket.Dispose());
    }

    private static Socket[] Hold(Site site, SstpListener listener, int count)
    {
        Socket[] held = [.. Enumerable.Range(0, count).Select(_ => Connect(site))];
        Await.True(() => listener.Calls.Count == count, $"{count} are in", site.Log);
        return held;
    }

    private static Socket Connect(Site site, string from = "127.0.0.1")
    {
        Socket socket = site.Open(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        socket.Connect(IPAddress.Loopback, Site.Port);
        return socket;
    }

    private static void AwaitClosed(Socket socket)
    {
        Assert.True(socket.Poll(Await.Patience, SelectMode.SelectRead), "the server closes");
        Assert.Equal(0, socket.Receive(new byte[1]));
    }
}
