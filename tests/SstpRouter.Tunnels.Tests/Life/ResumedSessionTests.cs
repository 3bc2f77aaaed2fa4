using SstpRouter.Ppp;
using SstpRouter.Tls;
using SstpRouter.Tunnels.Client;
using SstpRouter.Tunnels.Tests.Support;

namespace SstpRouter.Tunnels.Tests.Life;

/// <summary>A tunnel that is dialled again resumes the session of TLS; the crypto binding is over the certificate that the session began with.</summary>
public sealed class ResumedSessionTests
{
    [RootTheory]
    [InlineData(TlsVersions.Any, "TLSv1.3 ")]
    [InlineData(TlsVersions.Only12, "TLSv1.2 ")]
    public void The_tunnel_comes_up_again_on_the_session_of_the_one_before(TlsVersions versions, string protocol)
    {
        using Site site = new();
        Doorman doorman = new();
        site.Listen(doorman, Site.Listening() with { Tls = new TlsServerPolicy { Identity = Certificates.Office } });
        DialOptions plain = Site.Dialling();
        SstpDialler dialler = site.Dial(plain with
        {
            Methods = PppAuthenticationMethods.MsChap2,
            Tls = plain.Tls with { Versions = versions, VerifyServer = true, VerifyServerAddress = true, TrustedCertificates = [Certificates.Office.Der()] },
        });
        for (int i = 1; i <= 3; i++)
        {
            site.Log.Await("sstp-out1: connected", i);
            Await.True(() => doorman.ConnectedCalls.Count == i, "the server knows", site.Log);
            Assert.StartsWith(protocol, dialler.State.CipherSuite);
            Assert.NotEqual("", dialler.State.Encoding);
            if (i < 3)
            {
                doorman.ConnectedCalls.Last().HangUp();
            }
        }

        Assert.Equal(
            ["", ", resumed", ", resumed"],
            Agreed(site, "sstp-out1").Select(line => line.Contains(", resumed", StringComparison.Ordinal) ? ", resumed" : ""));
        Assert.Equal(4, site.Log.Count(", resumed"));
    }

    /// <summary>He resumes what the client knows of him as well: what failed once must not be tried again for as long as tickets live.</summary>
    [RootFact]
    public void A_session_whose_call_came_to_nothing_is_not_resumed()
    {
        using Site site = new();
        site.Listen(new Doorman(), Site.Listening() with { Tls = new TlsServerPolicy { Identity = Certificates.Office } });
        using Relay relay = new(site, Certificates.Stranger);
        site.Dial(Site.Dialling() with { Port = Relay.Port, Methods = PppAuthenticationMethods.MsChap2 });
        site.Log.Await("sstp-out1: TLS agreed", 3);

        Assert.True(site.Log.Has("crypto binding: the client saw another certificate"), site.Log.ToString());
        Assert.DoesNotContain(Agreed(site, "sstp-out1"), line => line.Contains(", resumed", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Agreed(Site site, string name) =>
        site.Log.Entries.Select(entry => entry.Text).Where(text => text.StartsWith($"{name}: TLS agreed", StringComparison.Ordinal));
}
