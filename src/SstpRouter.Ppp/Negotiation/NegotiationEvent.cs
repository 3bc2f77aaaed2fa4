namespace SstpRouter.Ppp.Negotiation;

/// <summary>The events of the automaton (RFC 1661 4.3), in the order of its table.</summary>
internal enum NegotiationEvent : byte
{
    /// <summary>The lower layer is up.</summary>
    Up,

    /// <summary>The lower layer is down.</summary>
    Down,

    /// <summary>Administrative open.</summary>
    Open,

    /// <summary>Administrative close.</summary>
    Close,

    /// <summary>TO+: timeout with the restart counter above zero.</summary>
    TimeoutPlus,

    /// <summary>TO-: timeout with the restart counter at zero.</summary>
    TimeoutMinus,

    /// <summary>RCR+: a Configure-Request that we acknowledge.</summary>
    RcrPlus,

    /// <summary>RCR-: a Configure-Request that we nak or reject.</summary>
    RcrMinus,

    /// <summary>RCA: Configure-Ack.</summary>
    Rca,

    /// <summary>RCN: Configure-Nak or Configure-Reject.</summary>
    Rcn,

    /// <summary>RTR: Terminate-Request.</summary>
    Rtr,

    /// <summary>RTA: Terminate-Ack.</summary>
    Rta,

    /// <summary>RUC: unknown code.</summary>
    Ruc,

    /// <summary>RXJ+: a reject that we can live with.</summary>
    RxjPlus,

    /// <summary>RXJ-: a reject that ends this protocol.</summary>
    RxjMinus,

    /// <summary>RXR: Echo or Discard.</summary>
    Rxr,
}
