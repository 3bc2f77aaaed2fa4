namespace SstpRouter.Ppp.Negotiation;

/// <summary>The states of the option negotiation automaton (RFC 1661 4.2), with its numbers.</summary>
internal enum NegotiationState : byte
{
    Initial,
    Starting,
    Closed,
    Stopped,
    Closing,
    Stopping,
    ReqSent,
    AckRcvd,
    AckSent,
    Opened,
}
