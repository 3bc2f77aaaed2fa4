using System.Security.Cryptography;
using System.Text;
using SstpRouter.Certificates;
using SstpRouter.Services.Http;

namespace SstpRouter.Services.Certificates.Acme;

/// <summary>Gets certificates by RFC 8555: an account, an order, a proof for each name over HTTP, a request, the chain.</summary>
/// <param name="accounts">The accounts' keys.</param>
/// <param name="documents">Shows the proofs on port 80; null: nothing does.</param>
/// <param name="open">Makes the client that talks to authorities.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class AcmeIssuer(AcmeAccounts accounts, HttpDocuments? documents, Func<HttpClient> open, TimeProvider clock) : IAcmeIssuer
{
    /// <summary>How long an authority may take altogether.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    // RSA: a client that is told to use no PFS, or an old one, has no other suites.
    private const string KeySize = "2048";

    private readonly SemaphoreSlim _turn = new(1);

    public async Task<IssuedCertificate> Issue(AcmeRequest request, Action<string> progress, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await _turn.WaitAsync(cancellation).ConfigureAwait(false); // a proof or an account is never made twice at a time
        try
        {
            end.CancelAfter(Limit);
            using HttpClient http = open();
            return await Issue(http, request, progress, end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new AcmeError("too long", $"{request.Directory.Host} did not finish within {Limit.TotalMinutes} minutes; try again later");
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<IssuedCertificate> Issue(HttpClient http, AcmeRequest request, Action<string> progress, CancellationToken end)
    {
        HttpDocuments board = documents ?? throw new AcmeError("port 80", "there is no web server here that could show a proof");
        progress($"connecting to {request.Directory.Host}");
        AcmeAccountKey? known = request.ResetsKey ? null : accounts.Find(request.Directory);
        using AcmeAccountKey key = known ?? AcmeAccountKey.Make();
        var session = new AcmeSession(http, key, clock);
        await session.Open(request.Directory, end).ConfigureAwait(false);
        var registration = new AcmeRegistration(session, progress);
        if (known is null || !await registration.TryFind(end).ConfigureAwait(false))
        {
            await registration.Make(request.External, end).ConfigureAwait(false);
            accounts.Keep(request.Directory, key);
        }

        AcmeOrder order = await AcmeOrder.Place(session, request.Names, clock, end).ConfigureAwait(false);
        var proofs = new HttpChallenges(session, board, clock, progress);
        foreach (Uri authorization in order.Authorizations)
        {
            await proofs.Prove(authorization, end).ConfigureAwait(false);
        }

        progress("requesting the certificate");
        byte[] privateKey = await Task.Run(() => KeyGeneration.Make(KeySize, end), end).ConfigureAwait(false);
        byte[] chain = await order.Finalize(SigningRequests.MakeDer(Wish(request), privateKey, challenge: null), end).ConfigureAwait(false);
        return Read(chain, privateKey, request);
    }

    private static CertificateTemplate Wish(AcmeRequest request) => new()
    {
        CommonName = request.Names[0].Length <= 64 ? request.Names[0] : "", // X.520: ub-common-name
        SubjectAltNames = [.. request.Names.Select(n => "DNS:" + n)],
        KeyUsage = ["digital-signature", "key-encipherment", "tls-server"],
    };

    /// <summary>The certificate for our key among those that came, and the others.</summary>
    internal static IssuedCertificate Read(byte[] chain, byte[] privateKey, AcmeRequest request)
    {
        try
        {
            byte[] whole = [.. chain, .. "\n"u8, .. Encoding.ASCII.GetBytes(PemEncoding.WriteString("PRIVATE KEY", privateKey))];
            IReadOnlyList<StoredCertificate> certificates = CertificateImport.Read(whole, passphrase: null).Certificates;
            StoredCertificate leaf = certificates.FirstOrDefault(c => c.PrivateKeyPkcs8 is not null)
                ?? throw AcmeError.Unintelligible(certificates.Count == 0 ? "no certificate" : "the certificate is for another key");
            IReadOnlyList<string> names = CertificateDescription.Of(leaf.Der).SubjectAltNames;
            return request.Names.FirstOrDefault(n => !names.Contains("DNS:" + n, StringComparer.OrdinalIgnoreCase)) is { } missing
                ? throw AcmeError.Unintelligible($"the certificate does not name {missing}")
                : new IssuedCertificate(leaf, [.. certificates.Where(c => c != leaf)]);
        }
        catch (ImportError error)
        {
            throw AcmeError.Unintelligible($"no certificate: {error.Message}");
        }
    }
}
