namespace SstpRouter.Ppp.Network;

/// <summary>IPCP's options (RFC 1332 3, RFC 1877 1).</summary>
internal static class IpcpOptionType
{
    internal const byte Addresses = 1; // obsolete, RFC 1332 3.1
    internal const byte Compression = 2;
    internal const byte Address = 3;
    internal const byte PrimaryDns = 129;
    internal const byte PrimaryNbns = 130;
    internal const byte SecondaryDns = 131;
    internal const byte SecondaryNbns = 132;
}
