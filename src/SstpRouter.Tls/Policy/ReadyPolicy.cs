using SstpRouter.Tls.Native;
using SstpRouter.Tls.Resumption;

namespace SstpRouter.Tls.Policy;

/// <summary>A policy in OpenSSL's own objects.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Context">What connections are made from.</param>
/// <param name="Offer">What it puts on the wire.</param>
/// <param name="Trust">What peers are verified against; null when none are.</param>
/// <param name="LocalCertificate">This side's own certificate in DER, or null.</param>
/// <param name="TicketKeys">What a server seals its tickets with; null when it gives none, and for a client.</param>
internal sealed record ReadyPolicy(
    TlsPolicy Policy,
    SslContextHandle Context,
    TlsOffer Offer,
    TrustStore? Trust,
    byte[]? LocalCertificate,
    TicketKeys? TicketKeys);
