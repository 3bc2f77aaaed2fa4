using System.Security.Cryptography;

namespace SstpRouter.Ppp.Authentication;

/// <summary>The higher-layer authentication key ([MS-SSTP] 3.2.5.2) that each method gives.</summary>
internal static class Hlak
{
    internal const int Length = 32;

    private const int KeyLength = 16; // RFC 3079 3: 128-bit keys

    /// <summary>Methods without a key, [MS-SSTP] 3.2.5.2.</summary>
    internal static byte[] Zero() => new byte[Length];

    /// <summary>MS-CHAPv2: the client's send key, then its receive key ([MS-SSTP] 3.2.5.2, RFC 3079 3.4).</summary>
    internal static byte[] FromMsChap2(ReadOnlySpan<byte> passwordHashHash, ReadOnlySpan<byte> ntResponse)
    {
        byte[] master = MasterKey(passwordHashHash, ntResponse);
        return [.. ClientSendKey(master), .. ClientReceiveKey(master)];
    }

    /// <summary>MS-CHAPv1: the start key twice. [MS-SSTP] is silent; this is what accel-ppp's server does.</summary>
    internal static byte[] FromMsChap1(ReadOnlySpan<byte> passwordHashHash, ReadOnlySpan<byte> challenge)
    {
        byte[] start = StartKey(passwordHashHash, challenge);
        return [.. start, .. start];
    }

    /// <summary>GetMasterKey, RFC 3079 3.4.</summary>
    internal static byte[] MasterKey(ReadOnlySpan<byte> passwordHashHash, ReadOnlySpan<byte> ntResponse) =>
        SHA1.HashData([.. passwordHashHash, .. ntResponse, .. "This is the MPPE Master Key"u8])[..KeyLength];

    internal static byte[] ClientSendKey(ReadOnlySpan<byte> masterKey) => AsymmetricStartKey(
        masterKey,
        "On the client side, this is the send key; on the server side, it is the receive key."u8);

    internal static byte[] ClientReceiveKey(ReadOnlySpan<byte> masterKey) => AsymmetricStartKey(
        masterKey,
        "On the client side, this is the receive key; on the server side, it is the send key."u8);

    /// <summary>GetStartKey for 128 bits, RFC 3079 2.2.</summary>
    internal static byte[] StartKey(ReadOnlySpan<byte> passwordHashHash, ReadOnlySpan<byte> challenge) =>
        SHA1.HashData([.. passwordHashHash, .. passwordHashHash, .. challenge])[..KeyLength];

    // GetAsymmetricStartKey, RFC 3079 3.4: 40 bytes of 00 before the constant, 40 bytes of F2 after it.
    private static byte[] AsymmetricStartKey(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> constant)
    {
        Span<byte> padded = stackalloc byte[KeyLength + 40 + constant.Length + 40];
        padded.Clear();
        masterKey.CopyTo(padded);
        constant.CopyTo(padded[(KeyLength + 40)..]);
        padded[^40..].Fill(0xF2);
        return SHA1.HashData(padded)[..KeyLength];
    }
}
