using System.Net.Http.Headers;
using System.Security.Authentication;

namespace SstpRouter.Services.Certificates.Acme;

/// <summary>Requests to one authority with one key (RFC 8555 6): signed, each with a nonce, and sent again with another one where the nonce is refused.</summary>
/// <param name="http">Carries them; it bounds the size and the time of each answer.</param>
/// <param name="key">The account's key.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class AcmeSession(HttpClient http, AcmeAccountKey key, TimeProvider clock)
{
    // A nonce is refused when it is old or the authority has forgotten it; a fresh one that is refused is its fault.
    private const int Attempts = 10;

    private AcmeDirectory? _directory;
    private string? _nonce;

    /// <summary>The authority's addresses, once <see cref="Open"/> has read them.</summary>
    public AcmeDirectory Directory => _directory ?? throw new InvalidOperationException("the directory was not read");

    /// <summary>The account's key.</summary>
    public AcmeAccountKey Key => key;

    /// <summary>The account's address, which names it in all requests after the one that made or found it.</summary>
    public Uri? Account { get; set; }

    /// <summary>Reads the directory.</summary>
    /// <exception cref="AcmeError">The authority does not answer, or not as it should.</exception>
    public async Task Open(Uri directory, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, directory);
        AcmeAnswer answer = await Send(request, cancellation).ConfigureAwait(false);
        if (!answer.IsGood)
        {
            throw new AcmeError("directory", $"there is no ACME directory at {directory}: HTTP status {answer.Status}; look at the directory-url");
        }

        _directory = AcmeDirectory.Read(answer.Json);
    }

    /// <summary>Reads something of the account's (RFC 8555 6.3).</summary>
    public Task<AcmeAnswer> Read(Uri url, CancellationToken cancellation) => Post(url, [], cancellation);

    /// <summary>Sends a signed request.</summary>
    /// <returns>The answer, which is good.</returns>
    /// <exception cref="AcmeError">The authority refuses it, in words for the user.</exception>
    public async Task<AcmeAnswer> Post(Uri url, byte[] payload, CancellationToken cancellation)
    {
        AcmeAnswer answer = await TryPost(url, payload, cancellation).ConfigureAwait(false);
        return answer.IsGood ? answer : throw answer.Problem().ToError(retryAfter: answer.RetryAfter);
    }

    /// <summary>Sends a signed request.</summary>
    /// <returns>The answer, good or not.</returns>
    /// <exception cref="AcmeError">There is none.</exception>
    public async Task<AcmeAnswer> TryPost(Uri url, byte[] payload, CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            string nonce = await TakeNonce(cancellation).ConfigureAwait(false);
            using var request = new HttpRequestMessage(HttpMethod.Post, url)
            {
                Content = new ByteArrayContent(Signed(url, payload, nonce)),
            };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/jose+json"); // RFC 8555 6.2
            AcmeAnswer answer = await Send(request, cancellation).ConfigureAwait(false);
            if (answer.IsGood || attempt == Attempts || answer.Problem().Type != "badNonce")
            {
                return answer;
            }
        }
    }

    private byte[] Signed(Uri url, byte[] payload, string nonce) => SignedMessage.Of(
        header =>
        {
            header.WriteString("alg", "ES256");
            if (Account is { } account)
            {
                header.WriteString("kid", account.AbsoluteUri);
            }
            else
            {
                header.WriteStartObject("jwk");
                key.WriteJwk(header);
                header.WriteEndObject();
            }

            header.WriteString("nonce", nonce);
            header.WriteString("url", url.AbsoluteUri);
        },
        payload,
        key.Sign);

    private async Task<string> TakeNonce(CancellationToken cancellation)
    {
        if (_nonce is null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, Directory.NewNonce);
            await Send(request, cancellation).ConfigureAwait(false);
        }

        string nonce = _nonce ?? throw AcmeError.Unintelligible("no nonce");
        _nonce = null;
        return nonce;
    }

    private async Task<AcmeAnswer> Send(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellation).ConfigureAwait(false);
            AcmeAnswer answer = await AcmeAnswer.Of(response, clock.GetUtcNow(), cancellation).ConfigureAwait(false);
            _nonce = answer.Nonce ?? _nonce;
            return answer;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new AcmeError("silence", $"{request.RequestUri!.Host} does not answer in time");
        }
        catch (HttpRequestException exception)
        {
            throw Unreachable(request.RequestUri!.Host, exception);
        }
        catch (IOException exception)
        {
            throw new AcmeError("connection lost", $"the connection to {request.RequestUri!.Host} broke: {exception.Message}");
        }
    }

    private static AcmeError Unreachable(string host, HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => new("no address", $"{host} has no address: look at the directory-url and at the router's name servers"),
        HttpRequestError.ConnectionError => new("no connection", $"{host} cannot be reached: {exception.Message}"),
        HttpRequestError.SecureConnectionError when exception.InnerException is AuthenticationException refused => new(
            "not trusted",
            $"{host} is not trusted: {refused.Message} Look at the router's clock; import the authority of a private server with trusted=yes"),
        HttpRequestError.ConfigurationLimitExceeded => AcmeError.Unintelligible("it is too large"),
        _ => new("http", $"{host} does not speak HTTPS as it should: {exception.Message}"),
    };
}
