using System.Net;
using System.Net.Sockets;
using SstpRouter.Linux.Netlink;

namespace SstpRouter.Linux;

/// <content>Addresses.</content>
public sealed partial class RouteSocket
{
    /// <summary>All addresses of all interfaces, IPv4 and IPv6.</summary>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    public IReadOnlyList<InterfaceAddress> Addresses() => Dump(
        static () =>
        {
            // Family 0 stands for all.
            NetlinkRequest request = new(MessageType.GetAddress, MessageFlags.Dump);
            _ = request.Body(8);
            return request;
        },
        MessageType.NewAddress,
        AddressMessage.Read,
        "cannot list the addresses");

    /// <summary>
    /// Gives an interface an address. The kernel adds the route to its network, or to the peer. An IPv4 network of
    /// four addresses or more gets its broadcast address.
    /// </summary>
    /// <param name="interfaceIndex">The interface.</param>
    /// <param name="local">Our address.</param>
    /// <param name="prefixLength">0 to 32 or 128; the length of the peer's prefix (usually all) where there is a peer.</param>
    /// <param name="peer">The far end of a point-to-point link, or null.</param>
    /// <param name="flags"><see cref="AddressFlags.NoDuplicateDetection"/>, or none.</param>
    /// <exception cref="LinuxException">The interface has it already or is gone, or the privilege is missing.</exception>
    public void AddAddress(
        int interfaceIndex,
        IPAddress local,
        int prefixLength,
        IPAddress? peer = null,
        AddressFlags flags = AddressFlags.None)
    {
        CheckAddress(local, prefixLength, peer);
        NetlinkRequest request =
            AddressMessage.Write(Creation(MessageType.NewAddress), interfaceIndex, local, prefixLength, peer, flags);
        if (peer is null && local.AddressFamily == AddressFamily.InterNetwork && prefixLength <= 30)
        {
            _ = request.Attribute(AddressAttribute.Broadcast, BroadcastAddress(local, prefixLength));
        }

        Demand(request, $"cannot add address {Text(local, prefixLength, peer)} to interface {interfaceIndex}");
    }

    /// <summary>Takes an address away, and with it the routes that need it.</summary>
    /// <param name="interfaceIndex">The interface.</param>
    /// <param name="local">Our address.</param>
    /// <param name="prefixLength">Its prefix length.</param>
    /// <param name="peer">Its peer, or null.</param>
    /// <returns>False when the interface, or the address on it, does not exist.</returns>
    /// <exception cref="LinuxException">The privilege is missing.</exception>
    public bool DeleteAddress(int interfaceIndex, IPAddress local, int prefixLength, IPAddress? peer = null)
    {
        CheckAddress(local, prefixLength, peer);
        NetlinkRequest request = AddressMessage.Write(
            new NetlinkRequest(MessageType.DeleteAddress, MessageFlags.Acknowledge),
            interfaceIndex,
            local,
            prefixLength,
            peer,
            AddressFlags.None);
        return Try(
            request,
            $"cannot delete address {Text(local, prefixLength, peer)} from interface {interfaceIndex}",
            Errno.AddressNotAvailable,
            Errno.NoDevice);
    }

    private static void CheckAddress(IPAddress local, int prefixLength, IPAddress? peer)
    {
        int bits = local.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        ArgumentOutOfRangeException.ThrowIfNegative(prefixLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefixLength, bits);
        if (peer is not null && peer.AddressFamily != local.AddressFamily)
        {
            throw new ArgumentException($"{peer} and {local} are not of one family", nameof(peer));
        }
    }

    private static IPAddress BroadcastAddress(IPAddress local, int prefixLength)
    {
        byte[] octets = local.GetAddressBytes();
        for (int bit = prefixLength; bit < 32; bit++)
        {
            octets[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        return new IPAddress(octets);
    }

    private static string Text(IPAddress local, int prefixLength, IPAddress? peer) =>
        peer is null ? $"{local}/{prefixLength}" : $"{local} peer {peer}/{prefixLength}";
}
