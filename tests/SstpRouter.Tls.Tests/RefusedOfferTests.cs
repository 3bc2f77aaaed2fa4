using System.Buffers.Binary;

namespace SstpRouter.Tls.Tests;

/// <summary>A server that forbids what the client needs says what both allow.</summary>
public sealed class RefusedOfferTests
{
    private const int Tls10 = 0x0301;
    private const int Tls12 = 0x0303;
    private const int EcdheRsaAes256GcmSha384 = 0xC030;
    private const int RsaSha256 = 0x0401;

    private static readonly TlsServerPolicy Server = new() { Identity = TestCertificates.SelfSigned.Identity, AesFirst = true };

    [Fact]
    public void Versions_of_both_sides_are_named()
    {
        var failure = RefusalOf(
            Server with { Versions = TlsVersions.Only12 }, Hello(Tls10, [EcdheRsaAes256GcmSha384], [RsaSha256]));

        Assert.Equal("no TLS version in common with peer: it offers at most TLS 1.0, this side allows TLS 1.2", failure.Text);
        Assert.Contains("compare tls-version", failure.Detail);
    }

    [Fact]
    public void Suites_that_the_key_cannot_serve_are_not_among_those_allowed()
    {
        using var pair = new TlsPair(
            new TlsClientPolicy { Identity = TestCertificates.Client.Identity, PfsExplicit = true },
            Server with { Identity = TestCertificates.EllipticCurve.Identity });

        pair.Handshake();

        Assert.Equal(
            "no TLS cipher suite in common with peer: it offers AES256-GCM-SHA384, AES256-SHA, this side allows " +
            "TLS_AES_256_GCM_SHA384, TLS_CHACHA20_POLY1305_SHA256, TLS_AES_128_GCM_SHA256, " +
            "ECDHE-ECDSA-AES256-GCM-SHA384, ECDHE-ECDSA-CHACHA20-POLY1305, ECDHE-ECDSA-AES256-SHA",
            pair.Server.Failure?.Text);
    }

    [Fact]
    public void Signature_algorithms_of_both_sides_are_named()
    {
        var failure = RefusalOf(
            Server with { Pfs = TlsPfs.Required, PfsExplicit = true },
            Hello(Tls12, [EcdheRsaAes256GcmSha384], [0x0807, 0x1234]));

        Assert.Equal(
            "no TLS signature algorithm in common with peer: it offers ed25519, 0x1234, this side allows those of an RSA key",
            failure.Text);
    }

    [Fact]
    public void Whatever_a_client_offers_the_text_is_short_and_printable()
    {
        int[] grease = [0x0A0A, 0x00FF, 0xFAFA];
        var failure = RefusalOf(Server, Hello(Tls12, [.. grease, .. Enumerable.Range(0xD100, 200)], [RsaSha256]));

        Assert.StartsWith("no TLS cipher suite in common with peer: it offers 0xD100, 0xD101, ", failure.Text);
        Assert.Contains("0xD10F and more, this side allows", failure.Text);
        Assert.InRange(failure.Text.Length, 100, 900);
        Assert.DoesNotContain(failure.Text + failure.Detail, char.IsControl);
    }

    [Fact]
    public void A_client_that_offers_only_signals_offers_nothing() => Assert.StartsWith(
        "no TLS cipher suite in common with peer: it offers nothing, this side allows ",
        RefusalOf(Server, Hello(Tls12, [0x00FF], [RsaSha256])).Text);

    private static TlsFailure RefusalOf(TlsServerPolicy server, byte[] hello)
    {
        using var context = TlsContext.ForServer(server);
        using var connection = context.Accept();
        connection.PutCiphertext(hello);
        Assert.Equal(TlsStatus.Failed, connection.Handshake());
        Assert.Equal(TlsFailureReason.NothingInCommon, connection.Failure?.Reason);
        return connection.Failure!;
    }

    // RFC 5246 7.4.1.2, with the extensions supported_groups (X25519) and signature_algorithms.
    private static byte[] Hello(int version, int[] suites, int[] signatures)
    {
        byte[] extensions = [0, 10, .. Counted(Counted([0, 29])), 0, 13, .. Counted(Counted(Numbers(signatures)))];
        byte[] body = [.. Numbers([version]), .. new byte[32], 0, .. Counted(Numbers(suites)), 1, 0, .. Counted(extensions)];
        byte[] message = [1, 0, .. Counted(body)];
        return [22, 3, 1, .. Counted(message)];
    }

    private static byte[] Counted(byte[] bytes) => [.. Numbers([bytes.Length]), .. bytes];

    private static byte[] Numbers(int[] numbers)
    {
        var bytes = new byte[numbers.Length * 2];
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(i * 2), (ushort)numbers[i]);
        }
        return bytes;
    }
}
