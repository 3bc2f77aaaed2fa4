using System.Net;
using SstpRouter.Ppp.Negotiation;

namespace SstpRouter.Ppp.Network;

/// <summary>IPCP's options of a server: it hands out the addresses of its grant and takes no others.</summary>
internal sealed class IpcpServerOptions(IPAddress local, IPAddress remote, PppGrant grant) : IpcpOptions
{
    private bool _asksAddress;
    private bool _addressReviewed;

    internal override PppIpv4 Settings => new(local, remote);

    internal override void WriteRequest(OptionWriter request)
    {
        // Never name servers: clients refuse them in a request, and some give up.
        if (_asksAddress)
        {
            request.Add(IpcpOptionType.Address, local.GetAddressBytes());
        }
    }

    internal override void BeginReview(ReadOnlySpan<byte> options) => _addressReviewed = false;

    internal override OptionVerdict Review(in ConfigureOption option, OptionWriter nak)
    {
        _addressReviewed |= option.Type == IpcpOptionType.Address;
        IPAddress? given = option.Type switch
        {
            IpcpOptionType.Address => remote,
            IpcpOptionType.PrimaryDns => grant.DnsServers.ElementAtOrDefault(0),
            IpcpOptionType.SecondaryDns => grant.DnsServers.ElementAtOrDefault(1),
            IpcpOptionType.PrimaryNbns => grant.NbnsServers.ElementAtOrDefault(0),
            IpcpOptionType.SecondaryNbns => grant.NbnsServers.ElementAtOrDefault(1),
            _ => null,
        };
        if (given is null)
        {
            return OptionVerdict.Reject;
        }

        byte[] bytes = given.GetAddressBytes();
        if (option.Data.SequenceEqual(bytes))
        {
            return OptionVerdict.Accept;
        }

        nak.Add(option.Type, bytes);
        return OptionVerdict.Nak;
    }

    internal override void WriteMissing(OptionWriter nak)
    {
        if (!_addressReviewed)
        {
            nak.Add(IpcpOptionType.Address, remote.GetAddressBytes());
        }
    }

    internal override void Nakked(in ConfigureOption option)
    {
        // Our address is not the client's to choose; it sees the same request again until it takes it or rejects it.
    }

    internal override void Rejected(byte type) => _asksAddress &= type != IpcpOptionType.Address;

    private protected override void Forget() => _asksAddress = true;
}
