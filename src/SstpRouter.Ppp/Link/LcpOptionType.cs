namespace SstpRouter.Ppp.Link;

/// <summary>LCP's options that we know by name (RFC 1661 6, RFC 1662 7, RFC 1570 2, RFC 1990 5).</summary>
internal static class LcpOptionType
{
    internal const byte Mru = 1;
    internal const byte Accm = 2;
    internal const byte Authentication = 3;
    internal const byte Magic = 5;
    internal const byte Pfc = 7;
    internal const byte Acfc = 8;
    internal const byte Callback = 13;
    internal const byte Mrru = 17;
    internal const byte Ssnhf = 18;
    internal const byte EndpointDiscriminator = 19;
}
