using SstpRouter.Tls.Policy;
using SstpRouter.Tls.Resumption;
using SstpRouter.Tls.Verification;

namespace SstpRouter.Tls.Handshake;

/// <summary>What both sides brought to one handshake; the callbacks find it through the SSL.</summary>
/// <param name="policy">This side's policy.</param>
/// <param name="offer">What this side allows.</param>
/// <param name="verdict">What is thought of the peer's certificate.</param>
internal sealed class HandshakeNotes(TlsPolicy policy, TlsOffer offer, CertificateVerdict verdict)
{
    public TlsPolicy Policy => policy;

    public TlsOffer Offer => offer;

    public CertificateVerdict Verdict => verdict;

    /// <summary>What a client does about resuming; null for a server, and where nothing is resumed.</summary>
    public ClientResumption? Resumption { get; init; }

    /// <summary>What a server seals tickets with; null where it gives none.</summary>
    public TicketKeys? TicketKeys { get; init; }

    /// <summary>What the client offered; null on the client's own side, and once the handshake succeeded.</summary>
    public PeerOffer? Peer { get; set; }
}
