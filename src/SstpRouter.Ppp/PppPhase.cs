namespace SstpRouter.Ppp;

/// <summary>The phases of a link (RFC 1661 3.2).</summary>
public enum PppPhase
{
    /// <summary>Not started, or closed.</summary>
    Dead,

    /// <summary>LCP negotiates; nothing else is heard.</summary>
    Establish,

    /// <summary>LCP is open and a name is being proved.</summary>
    Authenticate,

    /// <summary>The network protocols negotiate, and data flows over those that are up.</summary>
    Network,

    /// <summary>The link is being terminated; only LCP is heard.</summary>
    Terminate,
}
