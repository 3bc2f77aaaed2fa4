using System.Text.Json;

namespace SstpRouter.Services.Certificates.Acme;

/// <summary>An order of a certificate (RFC 8555 7.1.3, 7.4).</summary>
internal sealed class AcmeOrder
{
    private const int MostAuthorizations = 100;

    private readonly AcmeSession _session;
    private readonly AcmePatience _patience;
    private readonly Uri _address;
    private readonly Uri _finalize;

    private AcmeOrder(AcmeSession session, TimeProvider clock, Uri address, JsonElement order)
    {
        _session = session;
        _patience = new AcmePatience(clock);
        _address = address;
        _finalize = order.Address("finalize");
        Authorizations = [.. order.List("authorizations").Take(MostAuthorizations).Select(a => AcmeJson.Address(a.Text(), "authorizations"))];
    }

    /// <summary>Where it stands what must be proved.</summary>
    public IReadOnlyList<Uri> Authorizations { get; }

    /// <summary>Places an order.</summary>
    public static async Task<AcmeOrder> Place(AcmeSession session, IReadOnlyList<string> names, TimeProvider clock, CancellationToken end)
    {
        byte[] payload = AcmeJson.Write(order =>
        {
            order.WriteStartArray("identifiers");
            foreach (string name in names)
            {
                order.WriteStartObject();
                order.WriteString("type", "dns");
                order.WriteString("value", name);
                order.WriteEndObject();
            }

            order.WriteEndArray();
        });
        AcmeAnswer answer = await session.Post(session.Directory.NewOrder, payload, end).ConfigureAwait(false);
        return new AcmeOrder(session, clock, AcmeJson.Address(answer.Location, "Location"), answer.Json);
    }

    /// <summary>Sends the request for the certificate once everything is proved, and waits for the certificate.</summary>
    /// <param name="request">The request, PKCS#10 DER.</param>
    /// <param name="end">Ends it early.</param>
    /// <returns>The chain, PEM.</returns>
    public async Task<byte[]> Finalize(byte[] request, CancellationToken end)
    {
        await Wait("pending", end).ConfigureAwait(false);
        await _session.Post(_finalize, AcmeJson.Write(o => o.WriteString("csr", AcmeJson.Base64(request))), end).ConfigureAwait(false);
        JsonElement order = await Wait("processing", end).ConfigureAwait(false);
        AcmeAnswer chain = await _session.Read(order.Address("certificate"), end).ConfigureAwait(false);
        return chain.Body;
    }

    /// <summary>Asks for the order until it has left a state.</summary>
    private Task<JsonElement> Wait(string state, CancellationToken end) => _patience.Wait(
        async () =>
        {
            AcmeAnswer answer = await _session.Read(_address, end).ConfigureAwait(false);
            JsonElement order = answer.Json;
            string? status = order.Text("status");
            return status == "invalid"
                ? throw AcmeProblem.Of(order.Inner("error")).ToError()
                : (status != state, order, answer.RetryAfter);
        },
        end);
}
