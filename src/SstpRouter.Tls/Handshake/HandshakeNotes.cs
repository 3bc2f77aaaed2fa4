using SstpRouter.Tls.Policy;
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

    /// <summary>What the client offered; null on the client's own side, and once the handshake succeeded.</summary>
    public PeerOffer? Peer { get; set; }
}
