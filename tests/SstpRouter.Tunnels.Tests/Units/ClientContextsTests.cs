using SstpRouter.Tls;
using SstpRouter.Tunnels.Client;
using SstpRouter.Tunnels.Tests.Support;

namespace SstpRouter.Tunnels.Tests.Units;

public sealed class ClientContextsTests
{
    private readonly ClientContexts _contexts = new();

    [Fact]
    public void Tunnels_that_ask_the_same_of_tls_share_until_the_last_has_gone()
    {
        TlsContext first = _contexts.Take(Policy());
        TlsContext second = _contexts.Take(Policy());
        Assert.Same(first, second);
        Assert.Equal(1, _contexts.Count);

        _contexts.GiveBack(Policy());
        using (TlsConnection connection = second.Connect())
        {
            Assert.Equal(TlsStatus.WantsInput, connection.Handshake());
        }

        _contexts.GiveBack(Policy());
        Assert.Equal(0, _contexts.Count);
        Assert.Throws<ObjectDisposedException>(() => second.Connect());
    }

    [Fact]
    public void Whatever_differs_keeps_them_apart()
    {
        TlsClientPolicy policy = Policy();
        TlsClientPolicy[] others =
        [
            policy,
            policy with { ServerName = "other" },
            policy with { VerifyServer = false },
            policy with { Identity = null },
            policy with { Identity = Certificates.Stranger },
            policy with { TrustedCertificates = [Certificates.Stranger.Der()] },
            policy with { TrustedCertificates = [Certificates.Office.Der(), Certificates.Stranger.Der()] },
            policy with { Versions = TlsVersions.Only12 },
        ];

        Assert.Equal(others.Length, others.Select(_contexts.Take).Distinct().Count());
    }

    [Fact]
    public void A_policy_that_cannot_work_is_not_kept()
    {
        Assert.Throws<TlsPolicyException>(() => _contexts.Take(Policy() with { ServerName = null, VerifyServerAddress = true }));
        Assert.Equal(0, _contexts.Count);
    }

    // Each time a new one, as when it is worked out again from the same settings.
    private static TlsClientPolicy Policy() => new()
    {
        ServerName = "hq",
        VerifyServer = true,
        TrustedCertificates = [[.. Certificates.Office.Der()]],
        Identity = new TlsIdentity([[.. Certificates.Office.Der()]], [.. Certificates.Office.PrivateKeyPkcs8Der]),
    };
}
