using SstpRouter.Ppp;
using SstpRouter.Sstp;
using SstpRouter.Tls;
using SstpRouter.Tunnels.Data;

namespace SstpRouter.Tunnels.Tests.Units;

/// <summary>What the log says about an end, for each cause that the engines and the transport know.</summary>
public sealed class TunnelEndTests
{
    private const string Cause = "the cause";

    [Theory]
    [InlineData(PppCloseReason.UserRequest, "user-request", null, null)]
    [InlineData(PppCloseReason.PeerTerminated, "peer-request", "disconnected", Cause)]
    [InlineData(PppCloseReason.AuthenticationFailed, "authentication-failed", "failed to authenticate ourselves to peer", Cause)]
    [InlineData(PppCloseReason.AuthenticationRefused, "authentication-failed", "failed to authenticate ourselves to peer", Cause)]
    [InlineData(PppCloseReason.AuthenticationTimeout, "authentication-timeout", "peer is not responding", Cause)]
    [InlineData(PppCloseReason.PeerNotResponding, "peer-not-responding", "peer is not responding", Cause)]
    [InlineData(PppCloseReason.LoopbackDetected, "loopback-detected", Cause, null)]
    [InlineData(PppCloseReason.NegotiationFailed, "negotiation-failed", Cause, null)]
    [InlineData(PppCloseReason.ProtocolError, "protocol-error", Cause, null)]
    [InlineData(PppCloseReason.TooManyFrames, "too-many-frames", Cause, null)]
    [InlineData(PppCloseReason.NoNetworkProtocol, "no-network-protocol", Cause, null)]
    [InlineData(PppCloseReason.IdleTimeout, "idle-timeout", "idle timeout", null)]
    [InlineData(PppCloseReason.SessionTimeout, "session-timeout", "session timeout", null)]
    [InlineData(PppCloseReason.LowerLayerDown, "hung-up", "hungup", null)]
    public void Of_ppp(PppCloseReason reason, string name, string? text, string? detail)
    {
        TunnelEnd end = TunnelEnd.Of(new PppOutput.Closed(reason, Cause));

        Assert.Equal((name, text, detail), (end.Name, end.Text, end.Detail));
        Assert.Equal(name == "authentication-failed", end.IsRefusedLogin);
    }

    [Theory]
    [InlineData(SstpCloseReason.Disconnected, "user-request", null, null)]
    [InlineData(SstpCloseReason.PeerDisconnected, "peer-request", "disconnected", null)]
    [InlineData(SstpCloseReason.TransportClosed, "hung-up", "hungup", null)]
    [InlineData(SstpCloseReason.PeerNotResponding, "peer-not-responding", "peer is not responding", Cause)]
    [InlineData(SstpCloseReason.HttpTimeout, "http-timeout", "peer is not responding", Cause)]
    [InlineData(SstpCloseReason.NegotiationTimeout, "negotiation-timeout", "peer is not responding", Cause)]
    [InlineData(SstpCloseReason.PeerAborted, "peer-aborted", Cause, null)]
    [InlineData(SstpCloseReason.HttpRejected, "http-rejected", Cause, null)]
    [InlineData(SstpCloseReason.BindingMissing, "binding-missing", Cause, null)]
    [InlineData(SstpCloseReason.BindingMismatch, "binding-mismatch", Cause, null)]
    [InlineData(SstpCloseReason.MalformedPacket, "malformed-packet", Cause, null)]
    public void Of_sstp(SstpCloseReason reason, string name, string? text, string? detail)
    {
        TunnelEnd end = TunnelEnd.Of(new SstpOutput.Closed(reason, Cause, Graceful: true));

        Assert.Equal((name, text, detail), (end.Name, end.Text, end.Detail));
        Assert.False(end.IsRefusedLogin);
    }

    [Fact]
    public void Every_reason_of_the_engines_has_words()
    {
        Assert.All(Enum.GetValues<PppCloseReason>(), reason => HasWords(TunnelEnd.Of(new PppOutput.Closed(reason, null))));
        Assert.All(
            Enum.GetValues<SstpCloseReason>(), reason => HasWords(TunnelEnd.Of(new SstpOutput.Closed(reason, Cause, false))));
    }

    [Fact]
    public void A_broken_socket_is_named_by_the_kernel() =>
        Assert.Equal(
            new TunnelEnd("connection-lost", "connection refused", null),
            TunnelEnd.Of(new TransportLoss(111, null, Orderly: false)));

    [Fact]
    public void Tls_says_what_it_refused() =>
        Assert.Equal(
            new TunnelEnd("unknown-issuer", "text", "detail"),
            TunnelEnd.Of(new TransportLoss(0, new TlsFailure(TlsFailureReason.UnknownIssuer, "text", "detail"), Orderly: false)));

    [Fact]
    public void A_close_without_a_word_is_a_hangup() =>
        Assert.Equal(TunnelEnd.Hungup, TunnelEnd.Of(new TransportLoss(0, null, Orderly: true)));

    private static void HasWords(TunnelEnd end)
    {
        Assert.Matches("^[a-z]+(-[a-z]+)*$", end.Name);
        Assert.True(end == TunnelEnd.UserRequest || !string.IsNullOrEmpty(end.Text));
    }
}
