using System.Net;
using SstpRouter.Ppp.Negotiation;

namespace SstpRouter.Ppp.Network;

/// <summary>IPCP's options of a client: it asks for an address and takes what it is given.</summary>
internal sealed class IpcpClientOptions(bool requestServers) : IpcpOptions
{
    private static readonly byte[] AddressOnly = [IpcpOptionType.Address];

    private static readonly byte[] AddressAndServers =
    [
        IpcpOptionType.Address,
        IpcpOptionType.PrimaryDns,
        IpcpOptionType.PrimaryNbns,
        IpcpOptionType.SecondaryDns,
        IpcpOptionType.SecondaryNbns,
    ];

    private readonly SortedDictionary<byte, IPAddress> _asked = [];
    private IPAddress? _reviewedRemote;
    private IPAddress? _remote;

    internal override PppIpv4 Settings => new(
        _asked.GetValueOrDefault(IpcpOptionType.Address, IPAddress.Any),
        _remote,
        Server(IpcpOptionType.PrimaryDns),
        Server(IpcpOptionType.SecondaryDns),
        Server(IpcpOptionType.PrimaryNbns),
        Server(IpcpOptionType.SecondaryNbns));

    internal override void WriteRequest(OptionWriter request)
    {
        foreach ((byte type, IPAddress address) in _asked)
        {
            request.Add(type, address.GetAddressBytes());
        }
    }

    internal override void BeginReview(ReadOnlySpan<byte> options) => _reviewedRemote = null;

    internal override OptionVerdict Review(in ConfigureOption option, OptionWriter nak)
    {
        // With 0.0.0.0 the server asks for an address, and a client has none to give.
        if (option.Type != IpcpOptionType.Address || !IsUsable(option.Data))
        {
            return OptionVerdict.Reject;
        }

        _reviewedRemote = new IPAddress(option.Data);
        return OptionVerdict.Accept;
    }

    internal override void Acknowledge() => _remote = _reviewedRemote;

    internal override void Acknowledged()
    {
        if (_asked[IpcpOptionType.Address].Equals(IPAddress.Any))
        {
            GiveUp("server gave no address");
        }
    }

    internal override void Nakked(in ConfigureOption option)
    {
        if (_asked.ContainsKey(option.Type) && IsUsable(option.Data))
        {
            _asked[option.Type] = new IPAddress(option.Data);
        }
    }

    internal override void Rejected(byte type)
    {
        if (type == IpcpOptionType.Address)
        {
            GiveUp("server gives no address");
            return;
        }

        _asked.Remove(type);
    }

    private protected override void Forget()
    {
        _remote = null;
        _asked.Clear();
        foreach (byte type in requestServers ? AddressAndServers : AddressOnly)
        {
            _asked.Add(type, IPAddress.Any);
        }
    }

    // RFC 1122 3.2.1.3: neither "this network", loopback, multicast nor broadcast is a host's address.
    private static bool IsUsable(ReadOnlySpan<byte> address) =>
        address.Length == 4 && address[0] is not (0 or 127 or >= 224);

    private IPAddress? Server(byte type) =>
        _asked.TryGetValue(type, out IPAddress? address) && !address.Equals(IPAddress.Any) ? address : null;
}
