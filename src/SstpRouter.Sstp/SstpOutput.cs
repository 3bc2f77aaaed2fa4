namespace SstpRouter.Sstp;

/// <summary>One thing that a call asks its owner to do, taken in order with <see cref="SstpCall.TryTake"/>.</summary>
public abstract record SstpOutput
{
    private protected SstpOutput()
    {
    }

    /// <summary>Write to the TLS stream: one HTTP head or one SSTP packet.</summary>
    /// <param name="Bytes">The bytes, to be written in one piece.</param>
    public sealed record Send(byte[] Bytes) : SstpOutput;

    /// <summary>PPP may start (Lower Link Up, [MS-SSTP] 3.1.7.1): its control frames now pass both ways.</summary>
    public sealed record PppMayStart : SstpOutput;

    /// <summary>Call_Connected is reached; data frames pass. A server says so only after it verified the
    /// binding.</summary>
    public sealed record Connected : SstpOutput;

    /// <summary>An SSTP echo request was put out because the peer is silent; send an LCP echo too.</summary>
    public sealed record KeepaliveProbe : SstpOutput;

    /// <summary>The call is over. Comes exactly once and last.</summary>
    /// <param name="Reason">The first cause.</param>
    /// <param name="Detail">The cause in words, safe to log.</param>
    /// <param name="Graceful">True: flush, then close TLS with close_notify. False: drop the connection.</param>
    public sealed record Closed(SstpCloseReason Reason, string Detail, bool Graceful) : SstpOutput;

    /// <summary>One line for a debug log.</summary>
    /// <param name="Text">The line, safe to log.</param>
    public sealed record Trace(string Text) : SstpOutput;
}
