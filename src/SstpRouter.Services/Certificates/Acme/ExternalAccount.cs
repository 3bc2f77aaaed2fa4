using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SstpRouter.Services.Certificates.Acme;

/// <summary>An account that somebody has with an authority already, to which that of the router is bound (RFC 8555 7.3.4).</summary>
/// <param name="Id"><c>eab-kid</c>.</param>
/// <param name="Secret"><c>eab-hmac-key</c>, decoded.</param>
internal sealed record ExternalAccount(string Id, byte[] Secret)
{
    /// <summary>Reads the arguments of a command.</summary>
    /// <exception cref="FormatException">The key is not base64url.</exception>
    public static ExternalAccount Read(string id, string hmacKey) => new(id, Base64Url.DecodeFromChars(hmacKey.TrimEnd('=')));

    /// <summary>Writes the binding of an account's key.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="key">The account's key.</param>
    /// <param name="newAccount">The address that the request goes to.</param>
    public void Write(Utf8JsonWriter writer, AcmeAccountKey key, Uri newAccount)
    {
        byte[] binding = SignedMessage.Of(
            header =>
            {
                header.WriteString("alg", "HS256");
                header.WriteString("kid", Id);
                header.WriteString("url", newAccount.AbsoluteUri);
            },
            AcmeJson.Write(key.WriteJwk),
            text => HMACSHA256.HashData(Secret, Encoding.ASCII.GetBytes(text)));
        writer.WritePropertyName("externalAccountBinding");
        writer.WriteRawValue(binding);
    }

    /// <summary>Never anything of the secret.</summary>
    public override string ToString() => Id;
}
