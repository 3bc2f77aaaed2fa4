using System.Net;
using System.Net.Sockets;
using SstpRouter.Tls;
using SstpRouter.Tunnels.Client;
using SstpRouter.Tunnels.Server;
using SstpRouter.Tunnels.Tests.Support;

namespace SstpRouter.Tunnels.Tests.Life;

/// <summary>A listener that is given another certificate while calls are up.</summary>
public sealed class RenewedCertificateTests
{
    [RootFact]
    public void A_call_lives_on_with_the_certificate_that_it_began_with_and_a_new_one_sees_the_new_one()
    {
        using Site site = new();
        Doorman doorman = new();
        SstpListener listener = site.Listen(doorman, Showing(Certificates.Office));
        SstpDialler first = site.Dial(Expecting(Certificates.Office, "sstp-out1"));
        site.AwaitUp(first);
        site.Log.Await("<sstp-MT-User-1>: connected");
        SharedContext old = listener.LinksOf(["<sstp-MT-User-1>"]).Single().Context;

        listener.Follow(new TlsServerPolicy { Identity = Certificates.Stranger });
        SstpDialler second = site.Dial(Expecting(Certificates.Stranger, "sstp-out2"));
        site.AwaitUp(second);
        SstpDialler third = site.Dial(Expecting(Certificates.Office, "sstp-out3"));
        site.Log.Await("sstp-out3: terminating... - server's fingerprint does not match");

        Assert.True(first.State.IsRunning);
        Assert.False(old.IsFreed);
        Assert.DoesNotContain("<sstp-MT-User-1>: terminating", string.Join('\n', site.Log.Lines));
        site.Stop(third);
        site.Stop(first);
        Await.True(() => old.IsFreed, "the context of the old certificate is freed", site.Log);
        Assert.True(second.State.IsRunning);
    }

    [RootFact]
    public void A_handshake_that_is_under_way_ends_with_the_certificate_that_it_began_with()
    {
        using Site site = new();
        SstpListener listener = site.Listen(new Doorman(), Showing(Certificates.Office));
        Socket socket = site.Open(SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, Site.Port);
        site.Log.Await("TCP connection established");

        listener.Follow(new TlsServerPolicy { Identity = Certificates.Stranger });
        using TlsContext context = TlsContext.ForClient(new TlsClientPolicy());
        using TlsStream stream = new(socket, context.Connect());
        stream.Write([0]);

        Assert.Equal(Certificates.Office.Der(), stream.Tls.PeerCertificateDer);
    }

    [RootFact]
    public void A_policy_that_cannot_be_carried_out_leaves_the_one_from_before()
    {
        using Site site = new();
        SstpListener listener = site.Listen(new Doorman(), Showing(Certificates.Office));

        Assert.Throws<TlsPolicyException>(() => listener.Follow(new TlsServerPolicy { VerifyClient = true }));

        SstpDialler dialler = site.Dial(Expecting(Certificates.Office, "sstp-out1"));
        site.AwaitUp(dialler);
    }

    private static ListenOptions Showing(TlsIdentity identity) => Site.Listening() with { Tls = new TlsServerPolicy { Identity = identity } };

    private static DialOptions Expecting(TlsIdentity identity, string name)
    {
        DialOptions plain = Site.Dialling();
        return plain with
        {
            Interface = new InterfaceName(name, name, AlternativeName: null),
            Tls = plain.Tls with { Pin = ServerPin.To(ServerPin.FingerprintOf(identity.Der())) },
        };
    }
}
