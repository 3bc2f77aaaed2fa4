using System.Net;

namespace SstpRouter.Tunnels;

/// <summary>The kernel's network has changed: links, addresses or routes came or went.</summary>
/// <param name="Addresses">All addresses that the router has now, without scopes; null where none went.</param>
public sealed record PathChange(IReadOnlySet<IPAddress>? Addresses);
