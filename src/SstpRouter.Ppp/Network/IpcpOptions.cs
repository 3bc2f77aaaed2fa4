using SstpRouter.Ppp.Negotiation;

namespace SstpRouter.Ppp.Network;

/// <summary>IPCP's options on either side, and what they settled.</summary>
internal abstract class IpcpOptions : OptionSet
{
    internal abstract PppIpv4 Settings { get; }
}
