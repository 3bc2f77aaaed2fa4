using System.Net;
using System.Net.Sockets;
using SstpRouter.Linux;
using SstpRouter.Ppp;

namespace SstpRouter.Tunnels.Data;

/// <summary>The kernel's side of a connected tunnel: a TUN device with its addresses, gone when disposed.</summary>
internal sealed class TunnelInterface : IDisposable
{
    private const int LinkLocalPrefixLength = 64;
    private const int HostPrefixLength = 32;

    private readonly RouteSocket _routes;

    /// <summary>Makes the device and brings it up.</summary>
    /// <exception cref="LinuxException">The kernel refuses; the message says what and why.</exception>
    public TunnelInterface(InterfaceName name, int mtu, RouteSocket routes)
    {
        _routes = routes;
        Mtu = mtu;
        Device = TunDevice.Create(name.KernelName, TunOffload.All);
        try
        {
            _routes.SetMtu(Device.Index, mtu);
            if (name.AlternativeName is not null)
            {
                _routes.SetAltName(Device.Index, name.AlternativeName);
            }

            LeaveIpv6AddressesToPpp();
            _routes.SetLinkUp(Device.Index);
        }
        catch
        {
            Device.Dispose();
            throw;
        }
    }

    public TunDevice Device { get; }

    public int Mtu { get; }

    public string KernelName => Device.Name;

    /// <summary>Sets our address with the peer's as the other end of the link, and the route to the peer. Where an older tunnel leads to the
    /// same peer this one is used from now on: a caller who comes back may have left the older one for dead.</summary>
    public void Assign(PppIpv4 settings)
    {
        _routes.AddAddress(Device.Index, settings.LocalAddress, HostPrefixLength, settings.RemoteAddress);

        if (settings.RemoteAddress is { } remote)
        {
            // The kernel adds this route by itself, and takes it away with the address, but behind that of an older tunnel.
            _routes.PreferRoute(new RouteSpec
            {
                Destination = new IPNetwork(remote, HostPrefixLength),
                OutputInterface = Device.Index,
                PreferredSource = settings.LocalAddress,
                Protocol = RouteProtocol.Kernel,
            });
        }
    }

    /// <summary>Sets our link-local address, unless this machine has IPv6 switched off: the tunnel is good for IPv4 all the same. RFC 5072 5.</summary>
    public void Assign(PppIpv6 settings)
    {
        if (Socket.OSSupportsIPv6 && !IsIpv6SwitchedOff())
        {
            _routes.AddAddress(Device.Index, settings.LocalAddress, LinkLocalPrefixLength, flags: AddressFlags.NoDuplicateDetection);
        }
    }

    /// <summary>Takes an address away that <see cref="Assign(PppIpv4)"/> set.</summary>
    public void Unassign(PppIpv4 settings) => _routes.DeleteAddress(Device.Index, settings.LocalAddress, HostPrefixLength, settings.RemoteAddress);

    /// <summary>Takes an address away that <see cref="Assign(PppIpv6)"/> set.</summary>
    public void Unassign(PppIpv6 settings)
    {
        if (!IsIpv6SwitchedOff())
        {
            _routes.DeleteAddress(Device.Index, settings.LocalAddress, LinkLocalPrefixLength);
        }
    }

    public void Dispose() => Device.Dispose();

    private string Ipv6Setting(string name) => $"/proc/sys/net/ipv6/conf/{Device.Name}/{name}";

    private bool IsIpv6SwitchedOff()
    {
        string path = Ipv6Setting("disable_ipv6");
        return !File.Exists(path) || File.ReadAllText(path).Trim() == "1";
    }

    private void LeaveIpv6AddressesToPpp()
    {
        string path = Ipv6Setting("addr_gen_mode");
        if (File.Exists(path))
        {
            // 1 = none: the kernel would otherwise make up a link-local address of its own beside the one that IPV6CP agreed.
            File.WriteAllText(path, "1");
        }
    }
}
