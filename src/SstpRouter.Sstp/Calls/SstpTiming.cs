namespace SstpRouter.Sstp.Calls;

/// <summary>The timers of a call, in milliseconds.</summary>
internal static class SstpTiming
{
    /// <summary>[MS-SSTP] 3.2.4.1.</summary>
    public const long HttpReply = 60_000;

    /// <summary>Ours: a request is one small write, and an unauthenticated peer holds a connection meanwhile.</summary>
    public const long HttpRequest = 30_000;

    /// <summary>[MS-SSTP] 3.2.2.1, 3.3.2.1.</summary>
    public const long Negotiation = 60_000;

    /// <summary>[MS-SSTP] 3.1.2.1, TIMER_VAL_ABORT_STATE_TIMER_1.</summary>
    public const long Abort1 = 3_000;

    /// <summary>[MS-SSTP] 3.1.2.1, TIMER_VAL_ABORT_STATE_TIMER_2.</summary>
    public const long Abort2 = 1_000;

    /// <summary>[MS-SSTP] 3.1.2.2, TIMER_VAL_DISCONNECT_STATE_TIMER_1.</summary>
    public const long Disconnect1 = 5_000;

    /// <summary>[MS-SSTP] 3.1.2.2, TIMER_VAL_DISCONNECT_STATE_TIMER_2.</summary>
    public const long Disconnect2 = 1_000;

    /// <summary>[MS-SSTP] 3.1.2.3; keepalive-timeout takes its place.</summary>
    public const long Hello = 60_000;

    /// <summary>The pause between keepalive probes, and after the last.</summary>
    public const long ProbeInterval = 1_000;

    /// <summary>The time <paramref name="milliseconds"/> after <paramref name="now"/>, or never when that overflows.
    /// </summary>
    public static long After(long now, long milliseconds) =>
        now > long.MaxValue - milliseconds ? long.MaxValue : now + milliseconds;
}
