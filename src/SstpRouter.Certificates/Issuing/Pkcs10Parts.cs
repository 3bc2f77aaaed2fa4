using System.Formats.Asn1;
using SstpRouter.Certificates.Keys;

namespace SstpRouter.Certificates.Issuing;

/// <summary>The parts of a request that its signature is about (RFC 2986 4).</summary>
/// <param name="Algorithm">The object identifier of the signature's algorithm.</param>
/// <param name="Signed">The bytes that are signed.</param>
/// <param name="PublicKeyInfo">The public key with its algorithm, DER.</param>
/// <param name="PublicKey">The bits of the public key.</param>
/// <param name="Signature">The signature.</param>
internal sealed record Pkcs10Parts(string Algorithm, ReadOnlyMemory<byte> Signed, byte[] PublicKeyInfo, byte[] PublicKey, byte[] Signature)
{
    /// <summary>Takes a request apart.</summary>
    /// <exception cref="AsnContentException">It is damaged.</exception>
    public static Pkcs10Parts Of(byte[] der)
    {
        AsnReader request = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        ReadOnlyMemory<byte> signed = request.ReadEncodedValue();
        string algorithm = request.ReadSequence().ReadObjectIdentifier();
        byte[] signature = request.ReadBitString(out _);

        AsnReader info = new AsnReader(signed, AsnEncodingRules.DER).ReadSequence();
        info.ReadInteger();
        info.ReadEncodedValue();
        ReadOnlyMemory<byte> keyInfo = info.ReadEncodedValue();
        AsnReader key = new AsnReader(keyInfo, AsnEncodingRules.DER).ReadSequence();
        key.ReadSequence();
        return new Pkcs10Parts(algorithm, signed, keyInfo.ToArray(), key.ReadBitString(out _), signature);
    }

    /// <summary>Verifies an Ed25519 signature.</summary>
    public bool IsSignedByItself() => Ed25519.Verify(PublicKey, Signed.Span, Signature);
}
