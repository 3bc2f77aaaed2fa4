using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SstpRouter.Services.Certificates.Acme;

/// <summary>The key of an account with an authority: ECDSA on P-256 with SHA-256, ES256 (RFC 7518 3.4).</summary>
internal sealed class AcmeAccountKey : IDisposable
{
    private readonly ECDsa _key;
    private readonly string _x;
    private readonly string _y;

    private AcmeAccountKey(ECDsa key)
    {
        _key = key;
        ECPoint point = key.ExportParameters(includePrivateParameters: false).Q;
        _x = AcmeJson.Base64(point.X);
        _y = AcmeJson.Base64(point.Y);
    }

    /// <summary>A new key.</summary>
    public static AcmeAccountKey Make() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>A key that was stored.</summary>
    /// <exception cref="CryptographicException">It is damaged, or of another curve.</exception>
    public static AcmeAccountKey Open(byte[] pkcs8)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(pkcs8, out _);
            return key.KeySize == 256 ? new AcmeAccountKey(key) : throw new CryptographicException("it is no key of the curve P-256");
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>The key, PKCS#8, to be stored.</summary>
    public byte[] ToPkcs8() => _key.ExportPkcs8PrivateKey();

    /// <summary>The signature of a text, r and s one after the other.</summary>
    public byte[] Sign(string text) => _key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256);

    /// <summary>Writes the public key (RFC 7517), its members in the order of RFC 7638 3.</summary>
    public void WriteJwk(Utf8JsonWriter writer)
    {
        writer.WriteString("crv", "P-256");
        writer.WriteString("kty", "EC");
        writer.WriteString("x", _x);
        writer.WriteString("y", _y);
    }

    /// <summary>What the router shows where a challenge asks for it (RFC 8555 8.1): the token and the thumbprint of the key (RFC 7638).</summary>
    public string Authorize(string token) => $"{token}.{AcmeJson.Base64(SHA256.HashData(AcmeJson.Write(WriteJwk)))}";

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
