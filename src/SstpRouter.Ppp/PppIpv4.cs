using System.Net;

namespace SstpRouter.Ppp;

/// <summary>What IPCP settled (RFC 1332, RFC 1877).</summary>
/// <param name="LocalAddress">Our address.</param>
/// <param name="RemoteAddress">The peer's address; null if a server gave none.</param>
/// <param name="PrimaryDns">The first DNS server that a client was given.</param>
/// <param name="SecondaryDns">The second DNS server that a client was given.</param>
/// <param name="PrimaryNbns">The first NetBIOS name server that a client was given.</param>
/// <param name="SecondaryNbns">The second NetBIOS name server that a client was given.</param>
public sealed record PppIpv4(
    IPAddress LocalAddress,
    IPAddress? RemoteAddress,
    IPAddress? PrimaryDns = null,
    IPAddress? SecondaryDns = null,
    IPAddress? PrimaryNbns = null,
    IPAddress? SecondaryNbns = null);
