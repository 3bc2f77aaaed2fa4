using System.Net.Http.Headers;
using System.Text.Json;

namespace SstpRouter.Services.Certificates.Acme;

/// <summary>What an authority answered.</summary>
/// <param name="Status">The status of HTTP.</param>
/// <param name="Body">The content.</param>
/// <param name="Nonce">The nonce for the next request (RFC 8555 6.5), or null.</param>
/// <param name="Location">The address of what was made, or null.</param>
/// <param name="RetryAfter">How long to wait before asking again, or null.</param>
internal sealed record AcmeAnswer(int Status, byte[] Body, string? Nonce, string? Location, TimeSpan? RetryAfter)
{
    /// <summary>Longer than that nobody is asked to wait in earnest.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(7);

    /// <summary>True where it was done.</summary>
    public bool IsGood => Status is >= 200 and < 300;

    /// <summary>The content as an object.</summary>
    public JsonElement Json => AcmeJson.Object(Body);

    /// <summary>Takes over an answer of the framework's client, whose content is here already.</summary>
    public static async Task<AcmeAnswer> Of(HttpResponseMessage response, DateTimeOffset now, CancellationToken cancellation) => new(
        (int)response.StatusCode,
        await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false),
        response.Headers.TryGetValues("Replay-Nonce", out IEnumerable<string>? nonces) ? nonces.First() : null,
        response.Headers.TryGetValues("Location", out IEnumerable<string>? locations) ? locations.First() : null,
        Wait(response.Headers.RetryAfter, now));

    /// <summary>What the authority complains about.</summary>
    public AcmeProblem Problem()
    {
        try
        {
            return AcmeProblem.Of(Json);
        }
        catch (AcmeError)
        {
            return new AcmeProblem("", $"the authority answers with HTTP status {Status}");
        }
    }

    // RFC 9110 10.2.3: seconds, or a date.
    private static TimeSpan? Wait(RetryConditionHeaderValue? header, DateTimeOffset now)
    {
        TimeSpan? wait = header?.Delta ?? (header?.Date - now);
        return wait is not { } given ? null : given < TimeSpan.Zero ? TimeSpan.Zero : given > LongestWait ? LongestWait : given;
    }
}
