namespace SstpRouter.Tls.Tests;

/// <summary>A server that asks for a certificate.</summary>
public sealed class ClientCertificateTests
{
    private static readonly TlsServerPolicy Asking = new()
    {
        Identity = TestCertificates.Server.Identity,
        VerifyClient = true,
        TrustedCertificates = [TestCertificates.Authority.Der],
    };

    [Theory]
    [InlineData(TlsVersions.Any)]
    [InlineData(TlsVersions.Only12)]
    public void A_client_with_a_certificate_is_let_in(TlsVersions versions)
    {
        var client = new TlsClientPolicy { Identity = TestCertificates.Client.Identity, Versions = versions };
        using var pair = TlsPair.Established(client, Asking);

        Assert.Equal(TestCertificates.Client.Der, pair.Server.PeerCertificateDer);
    }

    [Theory]
    [InlineData(TlsVersions.Any)]
    [InlineData(TlsVersions.Only12)]
    public void A_client_without_one_never_counts_as_connected(TlsVersions versions)
    {
        using var pair = new TlsPair(new TlsClientPolicy { Versions = versions }, Asking);

        Assert.Equal(TlsStatus.Failed, pair.Handshake().Server);
        Assert.Equal((TlsFailureReason.NoPeerCertificate, "client presented no certificate"),
            (pair.Server.Failure?.Reason, pair.Server.Failure?.Text));
        Assert.Throws<InvalidOperationException>(() => new TlsPair(new(), Asking).Server.Write("x"u8));
    }

    [Theory]
    [InlineData(TlsVersions.Any)]
    [InlineData(TlsVersions.Only12)]
    public void A_client_with_a_certificate_of_an_unknown_authority_never_counts_as_connected(TlsVersions versions)
    {
        var stranger = TestCertificates.Make(new CertificateWish("stranger"));
        using var pair = new TlsPair(
            new TlsClientPolicy { Identity = stranger.Identity, Versions = versions }, Asking);

        Assert.Equal(TlsStatus.Failed, pair.Handshake().Server);
        Assert.Equal("self signed certificate in a chain", pair.Server.Failure?.Text);
        Assert.Null(pair.Server.PeerCertificateDer);
    }

    [Fact]
    public void A_server_certificate_is_no_client_certificate()
    {
        using var pair = new TlsPair(new TlsClientPolicy { Identity = TestCertificates.Server.Identity }, Asking);

        Assert.Equal(TlsStatus.Failed, pair.Handshake().Server);
        Assert.Equal("invalid certificate purpose", pair.Server.Failure?.Text);
    }

    [Fact]
    public void A_TLS_1_3_client_hears_of_its_refusal_when_it_reads()
    {
        using var pair = new TlsPair(new TlsClientPolicy(), Asking);

        Assert.Equal(TlsStatus.Done, pair.Handshake().Client);
        Assert.Equal(TlsStatus.Failed, pair.Client.Read(new byte[100], out _));
        Assert.Equal("peer ended the connection: unknown", pair.Client.Failure?.Text);
        Assert.Contains("alert 116", pair.Client.Failure?.Detail);
        Assert.Contains("set certificate=", pair.Client.Failure?.Detail);
    }

    [Fact]
    public void A_TLS_1_2_client_hears_of_its_refusal_in_the_handshake()
    {
        using var pair = new TlsPair(new TlsClientPolicy { Versions = TlsVersions.Only12 }, Asking);

        Assert.Equal((TlsStatus.Failed, TlsStatus.Failed), pair.Handshake());
        Assert.Equal(TlsFailureReason.PeerAlert, pair.Client.Failure?.Reason);
    }
}
