using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace SstpRouter.Services.Certificates.Acme;

/// <summary>HTTPS to authorities: whom it trusts, and what an answer may cost.</summary>
internal static class AcmeWire
{
    /// <summary>The most bytes that an answer may have: a directory, an order, or a chain of certificates.</summary>
    public const int LargestAnswer = 256 * 1024;

    private const int LargestHeadInKilobytes = 16;
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);

    /// <summary>A client that follows no redirection, keeps no cookie and uses no proxy.</summary>
    /// <param name="roots">The authorities that vouch for servers, DER.</param>
    public static HttpClient Open(IEnumerable<byte[]> roots)
    {
        var trust = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        foreach (byte[] root in roots)
        {
            trust.CustomTrustStore.Add(X509CertificateLoader.LoadCertificate(root));
        }

        return Bounded(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = ConnectLimit,
            MaxResponseHeadersLength = LargestHeadInKilobytes,
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust },
        });
    }

    /// <summary>A client with these bounds over any handler.</summary>
    internal static HttpClient Bounded(HttpMessageHandler handler)
    {
        var client = new HttpClient(handler) { Timeout = AnswerLimit, MaxResponseContentBufferSize = LargestAnswer };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("sstp-router"); // RFC 8555 6.1 demands one
        return client;
    }
}
