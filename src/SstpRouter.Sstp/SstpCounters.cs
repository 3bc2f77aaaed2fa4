namespace SstpRouter.Sstp;

/// <summary>What one call counted since it was made.</summary>
public sealed class SstpCounters
{
    internal SstpCounters()
    {
    }

    /// <summary>PPP frames handed to the owner.</summary>
    public long FramesReceived { get; internal set; }

    /// <summary>PPP frames dropped because the call did not allow them yet ([MS-SSTP] 3.2.7.2, 3.3.7.2).</summary>
    public long EarlyFramesDropped { get; internal set; }

    /// <summary>PPP frames dropped because the call was ending.</summary>
    public long LateFramesDropped { get; internal set; }

    /// <summary>Data packets without a frame in them.</summary>
    public long EmptyFramesDropped { get; internal set; }

    /// <summary>SSTP control messages received.</summary>
    public long MessagesReceived { get; internal set; }

    /// <summary>SSTP control messages ignored because the call was ending.</summary>
    public long MessagesIgnored { get; internal set; }

    /// <summary>Echo requests left unanswered because too much output was waiting.</summary>
    public long EchoRequestsDropped { get; internal set; }

    /// <summary>Echo requests sent because the peer was silent.</summary>
    public long KeepaliveProbes { get; internal set; }
}
