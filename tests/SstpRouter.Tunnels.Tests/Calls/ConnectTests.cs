using SstpRouter.Tls;
using SstpRouter.Tunnels.Client;
using SstpRouter.Tunnels.Tests.Support;

namespace SstpRouter.Tunnels.Tests.Calls;

/// <summary>What TLS has to offer and what a client asks for: which tunnels come up.</summary>
public sealed class ConnectTests
{
    [RootFact]
    public void Without_any_certificate_the_tunnel_comes_up_anonymously()
    {
        using Site site = new();
        Doorman doorman = new();
        site.Listen(doorman);
        SstpDialler dialler = site.Dial();
        site.AwaitUp(dialler);
        site.Log.Await("<sstp-MT-User-1>: connected");

        Assert.Equal("TLSv1.2 ADH-AES256-GCM-SHA384", dialler.State.CipherSuite);
        Assert.Equal("AES256-GCM", dialler.State.Encoding);
        Assert.Equal(Doorman.RemoteAddress(1), dialler.State.LocalAddress);
        Assert.Equal(Doorman.LocalAddress, dialler.State.RemoteAddress);
        Assert.Equal("sstp-out1", dialler.State.KernelName);
        Assert.Equal(["sstp-in1", "sstp-out1"], site.TunnelLinks.Order());
        Assert.Same(Assert.Single(doorman.LoggedInCalls), Assert.Single(doorman.ConnectedCalls));
        Assert.Equal(Doorman.User, doorman.ConnectedCalls.First().UserName);
        Assert.True(doorman.ConnectedCalls.First().State.IsRunning);
    }

    [RootFact]
    public void The_life_of_a_tunnel_reads_in_the_log_as_routeros_tells_it()
    {
        using Wire wire = new();
        wire.Office.Listen(new Doorman());
        SstpDialler dialler = wire.Branch.Dial(Site.Dialling(Wire.OfficeHost));
        wire.Branch.AwaitUp(dialler);
        wire.Office.Log.Await(": connected");
        wire.Branch.Stop(dialler);
        wire.Office.Log.Await("disconnected", 2);

        Assert.Equal(
            [
                "sstp-out1: initializing...",
                "sstp-out1: connecting...",
                "sstp-out1: authenticated",
                "sstp-out1: connected",
                "sstp-out1: terminating...",
                "sstp-out1: disconnected",
            ],
            wire.Branch.Log.Lines);
        Assert.Equal(
            [
                "TCP connection established from 192.168.62.1",
                "<sstp-0>: waiting for call...",
                "<sstp-MT-User-1>: authenticated",
                "<sstp-MT-User-1>: connected",
                "<sstp-MT-User-1>: terminating... - disconnected",
                "<sstp-MT-User-1>: disconnected",
            ],
            wire.Office.Log.Lines.Where(line => !line.Contains("peer", StringComparison.Ordinal)));
    }

    [RootTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void With_a_certificate_the_tunnel_comes_up_verified_or_not(bool verify)
    {
        using Wire wire = new();
        wire.Office.Listen(new Doorman(), Site.Listening() with { Tls = new TlsServerPolicy { Identity = Certificates.Office } });
        SstpDialler dialler = wire.Branch.Dial(Site.Dialling(Wire.OfficeHost) with { Tls = Policy(verify, Certificates.Office) });
        wire.Branch.AwaitUp(dialler);

        Assert.StartsWith("TLSv1.3", dialler.State.CipherSuite);
        Assert.Equal(Wire.OfficeHost, dialler.State.PeerEndPoint!.Address.ToString());
    }

    [RootFact]
    public void A_client_that_verifies_refuses_a_server_without_a_certificate()
    {
        using Wire wire = new();
        Doorman doorman = new();
        wire.Office.Listen(doorman);
        SstpDialler dialler = wire.Branch.Dial(Site.Dialling(Wire.OfficeHost) with { Tls = Policy(true, Certificates.Office) });
        wire.Branch.Log.Await("initializing...", 2);

        Assert.Empty(doorman.Attempts);
        Assert.Empty(wire.Branch.TunnelLinks);
        Assert.NotNull(dialler.State.LastReason);
        wire.Branch.Log.Await("sstp-out1: terminating... - peer refused the connection: handshake failure");
        Assert.True(wire.Branch.Log.Has("compare tls-version, ciphers, pfs and certificate on both sides"));
        Assert.False(wire.Branch.Log.Has("authenticated"));
    }

    [RootFact]
    public void A_client_that_verifies_refuses_a_certificate_that_it_does_not_know()
    {
        using Wire wire = new();
        Doorman doorman = new();
        wire.Office.Listen(doorman, Site.Listening() with { Tls = new TlsServerPolicy { Identity = Certificates.Stranger } });
        wire.Branch.Dial(Site.Dialling(Wire.OfficeHost) with { Tls = Policy(true, Certificates.Office) });
        wire.Branch.Log.Await("initializing...", 2);

        Assert.Empty(doorman.Attempts);
        wire.Branch.Log.Await("sstp-out1: terminating... - self signed certificate in a chain");
        Assert.True(wire.Branch.Log.Has("CN=hq"), wire.Branch.Log.ToString());
    }

    [RootFact]
    public void A_certificate_for_another_address_is_refused_where_the_address_counts()
    {
        using Wire wire = new();
        wire.Office.Listen(new Doorman(), Site.Listening() with { Tls = new TlsServerPolicy { Identity = Certificates.Office } });
        wire.Branch.Dial(Site.Dialling(Wire.OfficeHost) with
        {
            Tls = Policy(true, Certificates.Office) with { ServerName = "192.168.62.3" },
        });
        wire.Branch.Log.Await("initializing...", 2);

        Assert.True(wire.Branch.Log.Has("terminating... - server's IP address does not match certificate"));
        Assert.False(wire.Branch.Log.Has("authenticated"));
    }

    [RootFact]
    public void Nobody_listening_is_named_and_tried_again()
    {
        using Wire wire = new();
        SstpDialler dialler = wire.Branch.Dial(Site.Dialling(Wire.OfficeHost));
        wire.Branch.Log.Await("terminating... - connection refused", 2);
        wire.Office.Listen(new Doorman());
        wire.Branch.AwaitUp(dialler);

        Assert.Null(dialler.State.LastReason);
    }

    [RootFact]
    public void A_server_without_a_route_is_named_and_tried_again()
    {
        using Site site = new();
        SstpDialler dialler = site.Dial(Site.Dialling("203.0.113.1"));
        site.Log.Await("terminating... - network is unreachable", 2);

        Assert.Equal("network is unreachable", dialler.State.LastReason);
    }

    [RootFact]
    public void A_name_without_an_address_is_named_and_tried_again()
    {
        using Site site = new();
        site.Dial(Site.Dialling("hq.invalid"));
        site.Log.Await("terminating... - could not resolve server name", 2);
    }

    private static TlsClientPolicy Policy(bool verify, TlsIdentity trusted) => new()
    {
        ServerName = Wire.OfficeHost,
        VerifyServer = verify,
        VerifyServerAddress = verify,
        TrustedCertificates = verify ? [trusted.Der()] : [],
    };
}
