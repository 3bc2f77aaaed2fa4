namespace SstpRouter.Sstp;

/// <summary>What a call takes off its stream in one piece.</summary>
public enum SstpStreamUnit
{
    /// <summary>The peer's HTTP head.</summary>
    Head,

    /// <summary>A control packet.</summary>
    Message,

    /// <summary>A data packet.</summary>
    Frame,

    /// <summary>The first bytes of what is no SSTP packet; the call ends there.</summary>
    Malformed,
}
