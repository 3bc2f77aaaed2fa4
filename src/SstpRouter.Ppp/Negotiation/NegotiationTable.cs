using static SstpRouter.Ppp.Negotiation.NegotiationActions;
using static SstpRouter.Ppp.Negotiation.NegotiationState;

namespace SstpRouter.Ppp.Negotiation;

/// <summary>What one event does in one state.</summary>
internal readonly record struct NegotiationStep(NegotiationActions Actions, NegotiationState Next);

/// <summary>The state transition table, RFC 1661 4.1, without its restart and passive options.</summary>
internal static class NegotiationTable
{
    // A row is an event, a column a state, both in the order of the RFC; null is a transition that cannot happen.
    private static readonly NegotiationStep?[][] Rows =
    [
        [ // Up
            To(Closed), Do(Irc | Scr, ReqSent), null, null, null,
            null, null, null, null, null,
        ],
        [ // Down
            null, null, To(Initial), Do(Tls, Starting), To(Initial),
            To(Starting), To(Starting), To(Starting), To(Starting), Do(Tld, Starting),
        ],
        [ // Open
            Do(Tls, Starting), To(Starting), Do(Irc | Scr, ReqSent), To(Stopped), To(Stopping),
            To(Stopping), To(ReqSent), To(AckRcvd), To(AckSent), To(Opened),
        ],
        [ // Close
            To(Initial), Do(Tlf, Initial), To(Closed), To(Closed), To(Closing),
            To(Closing), Do(Irc | Str, Closing), Do(Irc | Str, Closing), Do(Irc | Str, Closing),
            Do(Tld | Irc | Str, Closing),
        ],
        [ // TO+
            null, null, null, null, Do(Str, Closing),
            Do(Str, Stopping), Do(Scr, ReqSent), Do(Scr, ReqSent), Do(Scr, AckSent), null,
        ],
        [ // TO-
            null, null, null, null, Do(Tlf, Closed),
            Do(Tlf, Stopped), Do(Tlf, Stopped), Do(Tlf, Stopped), Do(Tlf, Stopped), null,
        ],
        [ // RCR+
            null, null, Do(Sta, Closed), Do(Irc | Scr | Sca, AckSent), To(Closing),
            To(Stopping), Do(Sca, AckSent), Do(Sca | Tlu, Opened), Do(Sca, AckSent), Do(Tld | Scr | Sca, AckSent),
        ],
        [ // RCR-
            null, null, Do(Sta, Closed), Do(Irc | Scr | Scn, ReqSent), To(Closing),
            To(Stopping), Do(Scn, ReqSent), Do(Scn, AckRcvd), Do(Scn, ReqSent), Do(Tld | Scr | Scn, ReqSent),
        ],
        [ // RCA
            null, null, Do(Sta, Closed), Do(Sta, Stopped), To(Closing),
            To(Stopping), Do(Irc, AckRcvd), Do(Scr, ReqSent), Do(Irc | Tlu, Opened), Do(Tld | Scr, ReqSent),
        ],
        [ // RCN
            null, null, Do(Sta, Closed), Do(Sta, Stopped), To(Closing),
            To(Stopping), Do(Irc | Scr, ReqSent), Do(Scr, ReqSent), Do(Irc | Scr, AckSent), Do(Tld | Scr, ReqSent),
        ],
        [ // RTR
            null, null, Do(Sta, Closed), Do(Sta, Stopped), Do(Sta, Closing),
            Do(Sta, Stopping), Do(Sta, ReqSent), Do(Sta, ReqSent), Do(Sta, ReqSent), Do(Tld | Zrc | Sta, Stopping),
        ],
        [ // RTA
            null, null, To(Closed), To(Stopped), Do(Tlf, Closed),
            Do(Tlf, Stopped), To(ReqSent), To(ReqSent), To(AckSent), Do(Tld | Scr, ReqSent),
        ],
        [ // RUC
            null, null, Do(Scj, Closed), Do(Scj, Stopped), Do(Scj, Closing),
            Do(Scj, Stopping), Do(Scj, ReqSent), Do(Scj, AckRcvd), Do(Scj, AckSent), Do(Scj, Opened),
        ],
        [ // RXJ+
            null, null, To(Closed), To(Stopped), To(Closing),
            To(Stopping), To(ReqSent), To(ReqSent), To(AckSent), To(Opened),
        ],
        [ // RXJ-
            null, null, Do(Tlf, Closed), Do(Tlf, Stopped), Do(Tlf, Closed),
            Do(Tlf, Stopped), Do(Tlf, Stopped), Do(Tlf, Stopped), Do(Tlf, Stopped), Do(Tld | Irc | Str, Stopping),
        ],
        [ // RXR
            null, null, To(Closed), To(Stopped), To(Closing),
            To(Stopping), To(ReqSent), To(AckRcvd), To(AckSent), Do(Ser, Opened),
        ],
    ];

    /// <summary>Finds the step; null if the event cannot happen in that state.</summary>
    internal static NegotiationStep? Find(NegotiationState state, NegotiationEvent happened) =>
        Rows[(int)happened][(int)state];

    private static NegotiationStep? To(NegotiationState next) => new NegotiationStep(None, next);

    private static NegotiationStep? Do(NegotiationActions actions, NegotiationState next) =>
        new NegotiationStep(actions, next);
}
