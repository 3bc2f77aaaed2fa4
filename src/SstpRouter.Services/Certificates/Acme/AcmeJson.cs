using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace SstpRouter.Services.Certificates.Acme;

/// <summary>JSON that an authority wrote, which may be anything, and that is written for it.</summary>
internal static class AcmeJson
{
    private static readonly JsonDocumentOptions Bounded = new() { MaxDepth = 16 };

    /// <summary>Reads an object.</summary>
    /// <exception cref="AcmeError">It is none.</exception>
    public static JsonElement Object(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Bounded);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document.RootElement.Clone();
            }
        }
        catch (JsonException exception)
        {
            throw AcmeError.Unintelligible(exception.Message);
        }

        throw AcmeError.Unintelligible("no JSON object");
    }

    /// <summary>A string, or null where there is none.</summary>
    public static string? Text(this JsonElement element, string name) => element.Inner(name).Text();

    /// <summary>What a string says, or null where it is none.</summary>
    public static string? Text(this JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair, or no UTF-8
        }
    }

    /// <summary>True where it says true.</summary>
    public static bool IsTrue(this JsonElement element, string name) => element.Inner(name).ValueKind == JsonValueKind.True;

    /// <summary>The elements of an array, none where there is none.</summary>
    public static IEnumerable<JsonElement> List(this JsonElement element, string name) =>
        element.Inner(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>Something inside, or what is no object where there is nothing.</summary>
    public static JsonElement Inner(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : default;

    /// <summary>An address, which must be https.</summary>
    /// <exception cref="AcmeError">There is none.</exception>
    public static Uri Address(this JsonElement element, string name) => Address(element.Text(name), name);

    /// <summary>The same of a text that stands for itself.</summary>
    public static Uri Address(string? text, string name) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme == Uri.UriSchemeHttps
            ? url
            : throw AcmeError.Unintelligible($"no https address {name}");

    /// <summary>Writes an object.</summary>
    /// <param name="write">Writes what stands between the braces.</param>
    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return text.WrittenSpan.ToArray();
    }

    /// <summary>Bytes as JSON carries them here (RFC 7515 2): base64url without padding.</summary>
    public static string Base64(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
