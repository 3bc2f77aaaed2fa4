using System.Buffers;
using System.Text;
using System.Text.Json;
using SstpRouter.Ppp;
using SstpRouter.Services.Http;

namespace SstpRouter.Services.Certificates.Acme;

/// <summary>Proves that names lead to this router: the authority fetches what it asked for from port 80 of each (RFC 8555 8.3).</summary>
internal sealed class HttpChallenges(AcmeSession session, HttpDocuments documents, TimeProvider clock, Action<string> progress)
{
    private const string Folder = "/.well-known/acme-challenge/";
    private const int LongestToken = 256;

    private static readonly SearchValues<char> TokenAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly AcmePatience _patience = new(clock);

    /// <summary>Gives the proof that an authorization asks for; one that is valid already asks for none.</summary>
    /// <exception cref="AcmeError">The authority could not be convinced.</exception>
    public async Task Prove(Uri authorization, CancellationToken end)
    {
        JsonElement asked = (await session.Read(authorization, end).ConfigureAwait(false)).Json;
        string name = PeerText.Clean(asked.Inner("identifier").Text("value") ?? "");
        if (asked.Text("status") != "pending")
        {
            Require(asked, name);
            return;
        }

        JsonElement challenge = asked.List("challenges").FirstOrDefault(c => c.Text("type") == "http-01");
        if (challenge.ValueKind != JsonValueKind.Object)
        {
            throw new AcmeError("no http-01", $"{name}: the authority does not offer a proof over HTTP, and no other is supported");
        }

        // A token becomes a path: it must not name another document.
        string token = challenge.Text("token") is { Length: > 0 and <= LongestToken } given && given.AsSpan().IndexOfAnyExcept(TokenAlphabet) < 0
            ? given
            : throw AcmeError.Unintelligible("a token that is none");
        documents.Publish(Folder + token, "application/octet-stream", Encoding.ASCII.GetBytes(session.Key.Authorize(token)));
        try
        {
            RequirePort();
            progress($"proving that {name} leads here");
            await session.Post(challenge.Address("url"), "{}"u8.ToArray(), end).ConfigureAwait(false);
            Require(await Decided(authorization, end).ConfigureAwait(false), name);
        }
        finally
        {
            documents.Withdraw(Folder + token);
        }
    }

    private Task<JsonElement> Decided(Uri authorization, CancellationToken end) => _patience.Wait(
        async () =>
        {
            AcmeAnswer answer = await session.Read(authorization, end).ConfigureAwait(false);
            JsonElement state = answer.Json;
            return (state.Text("status") != "pending", state, answer.RetryAfter);
        },
        end);

    private static void Require(JsonElement authorization, string name)
    {
        if (authorization.Text("status") == "valid")
        {
            return;
        }

        JsonElement error = authorization.List("challenges").Select(c => c.Inner("error")).FirstOrDefault(e => e.ValueKind == JsonValueKind.Object);
        throw AcmeProblem.Of(error).ToError(name);
    }

    private void RequirePort()
    {
        if (documents.Fault is { } fault)
        {
            throw new AcmeError("port 80", $"port 80 cannot be opened: {fault}; stop what else uses it");
        }
    }
}
