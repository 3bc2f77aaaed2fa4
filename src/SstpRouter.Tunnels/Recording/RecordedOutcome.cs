using SstpRouter.Ppp;
using SstpRouter.Sstp;

namespace SstpRouter.Tunnels.Recording;

/// <summary>What an engine put out, in words without secrets: two courses of a call are the same when these are.</summary>
internal static class RecordedOutcome
{
    /// <summary>Describes an output; null for one that has no part in the outcome.</summary>
    public static string? Of(SstpOutput output) => output switch
    {
        SstpOutput.Send send => "sstp sent " + SstpPacket.Describe(send.Bytes),
        SstpOutput.PppMayStart => "sstp ppp may start",
        SstpOutput.Connected => "sstp connected",
        SstpOutput.KeepaliveProbe => "sstp keepalive probe",
        SstpOutput.Closed closed => $"sstp closed {closed.Reason} {(closed.Graceful ? "graceful" : "abrupt")}",
        _ => null,
    };

    /// <inheritdoc cref="Of(SstpOutput)"/>
    public static string? Of(PppOutput output) => output switch
    {
        PppOutput.Frame frame => "ppp sent " + PppFrame.Describe(frame.Bytes),
        PppOutput.AuthenticationRequested request => $"ppp login by {request.Attempt.Method}",
        PppOutput.Authenticated authenticated => $"ppp authenticated by {authenticated.Result.Method}",
        PppOutput.AuthenticationFailed => "ppp authentication failed",
        PppOutput.Ipv4Up up => $"ppp ipv4 up {up.Settings.LocalAddress} {up.Settings.RemoteAddress}",
        PppOutput.Ipv4Down => "ppp ipv4 down",
        PppOutput.Ipv6Up up => $"ppp ipv6 up {up.Settings.LocalAddress} {up.Settings.RemoteAddress}",
        PppOutput.Ipv6Down => "ppp ipv6 down",
        PppOutput.Closed closed => $"ppp closed {closed.Reason}",
        _ => null,
    };
}
