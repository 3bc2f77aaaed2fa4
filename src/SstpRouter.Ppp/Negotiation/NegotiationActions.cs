namespace SstpRouter.Ppp.Negotiation;

/// <summary>The actions of the automaton (RFC 1661 4.4), under its names.</summary>
[Flags]
internal enum NegotiationActions : ushort
{
    None = 0,

    /// <summary>This-Layer-Up.</summary>
    Tlu = 1 << 0,

    /// <summary>This-Layer-Down.</summary>
    Tld = 1 << 1,

    /// <summary>This-Layer-Started.</summary>
    Tls = 1 << 2,

    /// <summary>This-Layer-Finished.</summary>
    Tlf = 1 << 3,

    /// <summary>Initialize-Restart-Count.</summary>
    Irc = 1 << 4,

    /// <summary>Zero-Restart-Count.</summary>
    Zrc = 1 << 5,

    /// <summary>Send-Configure-Request.</summary>
    Scr = 1 << 6,

    /// <summary>Send-Configure-Ack.</summary>
    Sca = 1 << 7,

    /// <summary>Send-Configure-Nak or Send-Configure-Reject.</summary>
    Scn = 1 << 8,

    /// <summary>Send-Terminate-Request.</summary>
    Str = 1 << 9,

    /// <summary>Send-Terminate-Ack.</summary>
    Sta = 1 << 10,

    /// <summary>Send-Code-Reject.</summary>
    Scj = 1 << 11,

    /// <summary>Send-Echo-Reply.</summary>
    Ser = 1 << 12,
}
