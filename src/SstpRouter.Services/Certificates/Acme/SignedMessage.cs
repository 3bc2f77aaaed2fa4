using System.Text.Json;

namespace SstpRouter.Services.Certificates.Acme;

/// <summary>A signed message (RFC 7515 7.2.2, flattened JSON), as every request of RFC 8555 6.2 is one.</summary>
internal static class SignedMessage
{
    /// <summary>The message.</summary>
    /// <param name="writeHeader">Writes the protected header.</param>
    /// <param name="payload">What is signed; nothing for a request that only reads.</param>
    /// <param name="sign">Signs a text.</param>
    public static byte[] Of(Action<Utf8JsonWriter> writeHeader, ReadOnlySpan<byte> payload, Func<string, byte[]> sign)
    {
        string header = AcmeJson.Base64(AcmeJson.Write(writeHeader));
        string content = AcmeJson.Base64(payload);
        byte[] signature = sign($"{header}.{content}");
        return AcmeJson.Write(message =>
        {
            message.WriteString("protected", header);
            message.WriteString("payload", content);
            message.WriteString("signature", AcmeJson.Base64(signature));
        });
    }
}
