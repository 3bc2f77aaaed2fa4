using SstpRouter.Sstp.Wire;

namespace SstpRouter.Sstp.Calls;

/// <summary>Says in words what a peer's CALL_ABORT means, and what to look at.</summary>
internal static class AbortDetail
{
    public static string Of(StatusInfo? status) => status is { } known
        ? $"the peer aborted the call: status {known}{Explain(known)}"
        : "the peer aborted the call and gave no status";

    private static string Explain(StatusInfo status) => status switch
    {
        (SstpAttributeId.CryptoBinding, SstpStatus.ValueNotSupported) =>
            ": it saw another certificate than we did, or another TLS end in between",
        (_, SstpStatus.UnacceptedFrameReceived) => ": it did not expect the message that it got",
        (_, SstpStatus.RetryCountExceeded) => ": it refused the connect request too often",
        (_, SstpStatus.InvalidFrameReceived) => ": it could not read the message that it got",
        (_, SstpStatus.NegotiationTimeout) => ": authentication took too long for it",
        (_, SstpStatus.AttributeNotSupportedInMessage) => ": it found no crypto binding in CALL_CONNECTED",
        _ => "",
    };
}
