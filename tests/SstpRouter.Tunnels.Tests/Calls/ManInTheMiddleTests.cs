using SstpRouter.Ppp;
using SstpRouter.Tls;
using SstpRouter.Tunnels.Client;
using SstpRouter.Tunnels.Tests.Support;

namespace SstpRouter.Tunnels.Tests.Calls;

/// <summary>
/// A man in the middle who ends TLS on both sides and passes the login on: the crypto binding ties the login to the
/// certificate that the client saw. [MS-SSTP] 3.3.5.2.3
/// </summary>
public sealed class ManInTheMiddleTests
{
    [RootTheory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void He_is_refused_wherever_the_client_saw_another_certificate_than_the_servers(
        bool serverHasCertificate, bool strangerHasCertificate)
    {
        using Site site = new();
        Doorman doorman = new();
        site.Listen(doorman, Site.Listening() with { Tls = new TlsServerPolicy { Identity = serverHasCertificate ? Certificates.Office : null } });
        using Relay relay = new(site, strangerHasCertificate ? Certificates.Stranger : null);
        SstpDialler dialler = site.Dial(Site.Dialling() with { Port = Relay.Port, Methods = PppAuthenticationMethods.MsChap2 });
        site.Log.Await("initializing...", 2);
        site.Log.Await("<sstp-MT-User-1>: disconnected");

        // The login itself was right and went through him; the binding alone tells.
        Assert.True(relay.Passed > 0);
        Assert.NotEmpty(doorman.Attempts);
        Assert.True(site.Log.Has("sent SSTP CALL_ABORT"), site.Log.ToString());
        Assert.True(
            site.Log.Has("<sstp-MT-User-1>: terminating... - crypto binding: the client saw another certificate than this server's"),
            site.Log.ToString());
        Assert.Contains(doorman.EndedCalls, call => call.End!.Name == "binding-mismatch");
        NeverUp(site, doorman, dialler);
    }

    /// <summary>An interceptor whose authority was imported, as companies do: TLS is in order for the client, name and all.</summary>
    [RootFact]
    public void He_is_refused_even_with_a_certificate_that_the_client_verifies()
    {
        using Site site = new();
        Doorman doorman = new();
        site.Listen(doorman, Site.Listening() with { Tls = new TlsServerPolicy { Identity = Certificates.Office } });
        using Relay relay = new(site, Certificates.Interceptor);
        SstpDialler dialler = site.Dial(Site.Dialling() with
        {
            Port = Relay.Port,
            Methods = PppAuthenticationMethods.MsChap2,
            Tls = new TlsClientPolicy
            {
                VerifyServer = true,
                VerifyServerAddress = true,
                ServerName = "127.0.0.1",
                TrustedCertificates = [Certificates.InterceptorAuthority, Certificates.Office.Der()],
            },
        });
        site.Log.Await("initializing...", 2);
        site.Log.Await("<sstp-MT-User-1>: disconnected");

        Assert.True(relay.Passed > 0);
        Assert.NotEmpty(doorman.Attempts);
        Assert.False(site.Log.Has("certificate in a chain"), site.Log.ToString());
        Assert.True(
            site.Log.Has("<sstp-MT-User-1>: terminating... - crypto binding: the client saw another certificate than this server's"),
            site.Log.ToString());
        NeverUp(site, doorman, dialler);
    }

    /// <summary>A pin stops him before the login, and before his name for the server matters.</summary>
    [RootFact]
    public void He_is_refused_at_tls_by_a_client_that_pins()
    {
        using Site site = new();
        Doorman doorman = new();
        site.Listen(doorman, Site.Listening() with { Tls = new TlsServerPolicy { Identity = Certificates.Office } });
        using Relay relay = new(site, Certificates.Interceptor);
        SstpDialler dialler = site.Dial(Site.Dialling() with
        {
            Port = Relay.Port,
            Tls = new TlsClientPolicy { Pin = ServerPin.To(ServerPin.FingerprintOf(Certificates.Office.Der())) },
        });
        site.Log.Await("sstp-out1: terminating... - server's fingerprint does not match");

        Assert.Empty(doorman.Attempts);
        NeverUp(site, doorman, dialler);
    }

    [RootFact]
    public void He_is_refused_at_tls_by_a_client_that_verifies()
    {
        using Site site = new();
        Doorman doorman = new();
        site.Listen(doorman, Site.Listening() with { Tls = new TlsServerPolicy { Identity = Certificates.Office } });
        using Relay relay = new(site, Certificates.Stranger);
        SstpDialler dialler = site.Dial(Site.Dialling() with
        {
            Port = Relay.Port,
            Tls = new TlsClientPolicy { VerifyServer = true, TrustedCertificates = [Certificates.Office.Der()] },
        });
        site.Log.Await("sstp-out1: terminating... - self signed certificate in a chain");

        Assert.Empty(doorman.Attempts);
        NeverUp(site, doorman, dialler);
    }

    /// <summary>There is no certificate that the binding could hold: the price of anonymous TLS.</summary>
    [RootFact]
    public void He_goes_unseen_where_both_sides_are_anonymous()
    {
        using Site site = new();
        Doorman doorman = new();
        site.Listen(doorman);
        using Relay relay = new(site, identity: null);
        site.AwaitUp(site.Dial(Site.Dialling() with { Port = Relay.Port, Methods = PppAuthenticationMethods.MsChap2 }));

        Assert.True(relay.Passed > 0);
    }

    private static void NeverUp(Site site, Doorman doorman, SstpDialler dialler)
    {
        Assert.False(dialler.State.IsRunning);
        Assert.False(site.Log.Has(": connected"));
        Assert.Empty(doorman.LoggedInCalls);
        Assert.Empty(doorman.ConnectedCalls);
        Assert.Empty(site.TunnelLinks);
    }
}
