using System.Diagnostics;
using SstpRouter.Tls;
using SstpRouter.Tunnels.Tests.Support;

namespace SstpRouter.Tunnels.Tests.Calls;

/// <summary>A caller with TLS 1.1: taken, because it has nothing better, and said in the log.</summary>
public sealed class OldPeerTests
{
    [RootFact]
    public void What_is_outdated_is_taken_and_logged()
    {
        using Site site = new();
        site.Listen(new Doorman(), Site.Listening() with { Tls = new TlsServerPolicy { Identity = Certificates.Office } });

        using Process caller = Call(site);
        site.Log.Await("<sstp-0>: TLSv1.1 was agreed, because the peer has nothing better: update it, or refuse its kind by tls-version=only-1.2");

        caller.Kill();
        caller.WaitForExit();
    }

    [RootFact]
    public void Only_1_2_refuses_it_and_names_both_sides()
    {
        using Site site = new();
        site.Listen(new Doorman(), Site.Listening() with
        {
            Tls = new TlsServerPolicy { Identity = Certificates.Office, Versions = TlsVersions.Only12 },
        });

        using Process caller = Call(site);
        site.Log.Await("<sstp-0>: terminating... - no TLS version in common with peer: it offers at most TLS 1.1, this side allows TLS 1.2");

        caller.WaitForExit();
    }

    private static Process Call(Site site) => site.Space.Run(() => Process.Start(
        new ProcessStartInfo("openssl", $"s_client -connect 127.0.0.1:{Site.Port} -tls1_1 -cipher ALL:@SECLEVEL=0")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);
}
