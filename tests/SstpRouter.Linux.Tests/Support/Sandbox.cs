using System.Net;

namespace SstpRouter.Linux.Tests.Support;

/// <summary>Namespaces for tests; they hold no name, so nothing is left behind however a test ends.</summary>
internal static class Sandbox
{
    /// <summary>How long a test waits for what must happen; reached only when it fails.</summary>
    public const int Patience = 10_000;

    /// <summary>Runs a test in a namespace of its own, with loopback enabled.</summary>
    public static void Run(Action test)
    {
        using NetworkNamespace space = NetworkNamespace.Create();
        space.Run(() =>
        {
            EnableLoopback();
            test();
        });
    }

    /// <summary>Runs a test with a socket for its namespace.</summary>
    public static void Run(Action<RouteSocket> test) => Run(() =>
    {
        using RouteSocket routes = new();
        test(routes);
    });

    /// <summary>Runs a test with a point-to-point interface, 10.0.0.1 here and 10.0.0.5 there, where the test sits.</summary>
    public static void RunWithTun(Action<TunDevice, RouteSocket> test) => Run(routes =>
    {
        // Otherwise the kernel looks for IPv6 routers through the interface, unasked.
        SetSysctl("net/ipv6/conf/default/disable_ipv6", "1");
        using TunDevice tun = TunDevice.Create("tun-test");
        routes.AddAddress(tun.Index, IPAddress.Parse("10.0.0.1"), 32, IPAddress.Parse("10.0.0.5"));
        routes.SetLinkUp(tun.Index);
        test(tun, routes);
    });

    /// <inheritdoc cref="RunWithTun(Action{TunDevice, RouteSocket})"/>
    public static void RunWithTun(Action<TunDevice> test) => RunWithTun((tun, _) => test(tun));

    public static void EnableLoopback()
    {
        using RouteSocket routes = new();
        routes.SetLinkUp(routes.Link("lo")!.Index);
    }

    public static void SetSysctl(string name, string value) => File.WriteAllText($"/proc/sys/{name}", value);

    /// <summary>Waits until a descriptor is ready.</summary>
    public static EpollEvents Await(int descriptor, EpollEvents events)
    {
        EpollEvents came = Wait(descriptor, events);
        Assert.NotEqual(EpollEvents.None, came);
        return came;
    }

    /// <summary>Waits until a descriptor is ready, or until no more may be hoped for.</summary>
    /// <returns>What it is ready for; <see cref="EpollEvents.None"/> where it is not.</returns>
    public static EpollEvents Wait(int descriptor, EpollEvents events)
    {
        using Epoll epoll = new();
        epoll.Add(descriptor, events, 0);
        EpollReady[] ready = new EpollReady[1];
        return epoll.Wait(ready, Patience) == 1 ? ready[0].Events : EpollEvents.None;
    }
}
