using System.Text;
using SstpRouter.Linux.Netlink;

namespace SstpRouter.Linux;

/// <content>Links.</content>
public sealed partial class RouteSocket
{
    private const string VethKind = "veth";

    /// <summary>All interfaces, in the kernel's order.</summary>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    public IReadOnlyList<Link> Links() => Dump(
        () => LinkMessage.Write(new NetlinkRequest(MessageType.GetLink, MessageFlags.Dump), 0),
        MessageType.NewLink,
        LinkMessage.Read,
        "cannot list the interfaces");

    /// <summary>The interface with a name, or null.</summary>
    /// <param name="name">The kernel's name, or one set with <see cref="SetAltName"/>.</param>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    public Link? Link(string name)
    {
        int length = Encoding.UTF8.GetByteCount(name);
        if (length > InterfaceNames.MaximumAltNameLength)
        {
            return null;
        }

        bool isLong = length > TunDevice.MaximumNameLength;
        NetlinkRequest request = LinkMessage
            .Write(new NetlinkRequest(MessageType.GetLink, MessageFlags.Acknowledge), 0)
            .Attribute(isLong ? LinkAttribute.AlternativeName : LinkAttribute.Name, name);

        // A kernel without alternative names, before 5.5, calls a request for one invalid.
        return Find(
            request,
            MessageType.NewLink,
            LinkMessage.Read,
            $"cannot find interface {name}",
            Errno.NoDevice,
            Errno.Invalid);
    }

    /// <summary>The interface with an index, or null.</summary>
    /// <param name="index">The index, 1 or more.</param>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    public Link? Link(int index) => Find(
        LinkMessage.Write(new NetlinkRequest(MessageType.GetLink, MessageFlags.Acknowledge), index),
        MessageType.NewLink,
        LinkMessage.Read,
        $"cannot find interface {index}",
        Errno.NoDevice,
        Errno.Invalid);

    /// <summary>Makes two interfaces joined by a virtual wire: veth(4). Both are down.</summary>
    /// <param name="name">The kernel's name of the end in this namespace.</param>
    /// <param name="peerName">The kernel's name of the other end.</param>
    /// <param name="peerNamespace">Where the other end goes; null for this namespace.</param>
    /// <exception cref="LinuxException">A name is taken or not legal, or a privilege or the driver is missing.</exception>
    public void AddVethPair(string name, string peerName, NetworkNamespace? peerNamespace = null)
    {
        NetlinkRequest request = LinkMessage
            .Write(Creation(MessageType.NewLink), 0)
            .Attribute(LinkAttribute.Name, name);
        int information = request.BeginNested(LinkAttribute.LinkInfo);
        _ = request.Attribute(LinkAttribute.InfoKind, VethKind);
        int data = request.BeginNested(LinkAttribute.InfoData);
        int peer = request.BeginNested(LinkAttribute.VethPeer);
        _ = LinkMessage.Write(request, 0).Attribute(LinkAttribute.Name, peerName);
        if (peerNamespace is not null)
        {
            _ = request.Attribute(LinkAttribute.NamespaceDescriptor, peerNamespace.Descriptor);
        }

        request.EndNested(peer);
        request.EndNested(data);
        request.EndNested(information);
        Demand(request, $"cannot create interfaces {name} and {peerName}");
    }

    /// <summary>Deletes an interface, with its addresses and routes; of a veth pair, both ends.</summary>
    /// <param name="index">The index.</param>
    /// <returns>False when there is no such interface.</returns>
    /// <exception cref="LinuxException">It cannot be deleted: it is hardware, or the privilege is missing.</exception>
    public bool DeleteLink(int index) => Try(
        LinkMessage.Write(new NetlinkRequest(MessageType.DeleteLink, MessageFlags.Acknowledge), index),
        $"cannot delete interface {index}",
        Errno.NoDevice);

    /// <summary>Puts an interface into a group.</summary>
    /// <param name="index">The index.</param>
    /// <param name="group">The group's number; 0 is the one that every interface starts in.</param>
    /// <returns>False when there is no such interface.</returns>
    /// <exception cref="LinuxException">The privilege is missing.</exception>
    public bool SetGroup(int index, int group) => Try(
        LinkMessage.Write(Change(), index).Attribute(LinkAttribute.Group, group),
        $"cannot put interface {index} into group {group}",
        Errno.NoDevice);

    /// <summary>Deletes all interfaces of a group at once, which takes hardly longer than to delete one.</summary>
    /// <param name="group">The group's number, not 0.</param>
    /// <returns>False when no interface is in it.</returns>
    /// <exception cref="LinuxException">One cannot be deleted and none is: it is hardware, or the privilege is missing.</exception>
    public bool DeleteGroup(int group)
    {
        ArgumentOutOfRangeException.ThrowIfZero(group);
        return Try(
            LinkMessage.Write(new NetlinkRequest(MessageType.DeleteLink, MessageFlags.Acknowledge), 0)
                .Attribute(LinkAttribute.Group, group),
            $"cannot delete the interfaces of group {group}",
            Errno.NoDevice,
            Errno.Invalid);
    }

    /// <summary>Enables an interface; harmless when it is enabled.</summary>
    /// <param name="index">The index.</param>
    /// <exception cref="LinuxException">There is no such interface, or the privilege is missing.</exception>
    public void SetLinkUp(int index) => Demand(
        LinkMessage.Write(Change(), index, LinkFlags.Up, LinkFlags.Up), $"cannot enable interface {index}");

    /// <summary>Disables an interface; harmless when it is disabled.</summary>
    /// <param name="index">The index.</param>
    /// <exception cref="LinuxException">There is no such interface, or the privilege is missing.</exception>
    public void SetLinkDown(int index) => Demand(
        LinkMessage.Write(Change(), index, LinkFlags.None, LinkFlags.Up), $"cannot disable interface {index}");

    /// <summary>Sets the longest packet.</summary>
    /// <param name="index">The index.</param>
    /// <param name="mtu">Octets; 68 or more (1280 for IPv6), up to what the driver takes.</param>
    /// <exception cref="LinuxException">The driver refuses the length, or there is no such interface.</exception>
    public void SetMtu(int index, int mtu) => Demand(
        LinkMessage.Write(Change(), index).Attribute(LinkAttribute.Mtu, mtu),
        $"cannot set the MTU of interface {index} to {mtu}");

    /// <summary>Gives an interface another kernel name. Older kernels want it disabled first.</summary>
    /// <param name="index">The index.</param>
    /// <param name="name">A legal name: see <see cref="InterfaceNames"/>.</param>
    /// <exception cref="LinuxException">The name is taken or not legal, or the interface is enabled.</exception>
    public void Rename(int index, string name) => Demand(
        LinkMessage.Write(Change(), index).Attribute(LinkAttribute.Name, name),
        $"cannot rename interface {index} to {name}");

    /// <summary>Moves an interface to another namespace; it is disabled and loses its addresses on the way.</summary>
    /// <param name="index">The index here; over there it may be another.</param>
    /// <param name="target">Where to.</param>
    /// <exception cref="LinuxException">The name is taken there, or the interface cannot be moved.</exception>
    public void MoveToNamespace(int index, NetworkNamespace target) => Demand(
        LinkMessage.Write(Change(), index).Attribute(LinkAttribute.NamespaceDescriptor, target.Descriptor),
        $"cannot move interface {index} to another namespace");

    /// <summary>Gives an interface one more name, for people to see and for tools to find it by.</summary>
    /// <param name="index">The index.</param>
    /// <param name="name">At most 127 octets: see <see cref="InterfaceNames.AltName"/>.</param>
    /// <returns>False when the kernel, before 5.5, has no such names, or another interface has this one.</returns>
    /// <exception cref="LinuxException">There is no such interface, or the privilege is missing.</exception>
    public bool SetAltName(int index, string name) =>
        ChangeAltName(MessageType.NewLinkProperty, index, name, Errno.NotSupported, Errno.Exists);

    /// <summary>Takes a further name away.</summary>
    /// <param name="index">The index.</param>
    /// <param name="name">A name given with <see cref="SetAltName"/>.</param>
    /// <returns>False when it has no such name.</returns>
    /// <exception cref="LinuxException">There is no such interface, or the privilege is missing.</exception>
    public bool RemoveAltName(int index, string name) =>
        ChangeAltName(MessageType.DeleteLinkProperty, index, name, Errno.NotSupported, Errno.NoEntry, Errno.Invalid);

    private static NetlinkRequest Change() => new(MessageType.SetLink, MessageFlags.Acknowledge);

    private static NetlinkRequest Creation(MessageType type) =>
        new(type, MessageFlags.Acknowledge | MessageFlags.Create | MessageFlags.Exclusive);

    private bool ChangeAltName(MessageType type, int index, string name, params ReadOnlySpan<int> tolerated)
    {
        NetlinkRequest request = LinkMessage.Write(
            type == MessageType.NewLinkProperty ? Creation(type) : new NetlinkRequest(type, MessageFlags.Acknowledge),
            index);
        int list = request.BeginNested(LinkAttribute.PropertyList | NetlinkRequest.NestedFlag);
        _ = request.Attribute(LinkAttribute.AlternativeName, name);
        request.EndNested(list);
        return Try(request, $"cannot change the alternative name \"{name}\" of interface {index}", tolerated);
    }
}
