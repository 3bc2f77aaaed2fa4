namespace SstpRouter.Lab.Tests.Scripted;

/// <summary>The credentials of RFC 2759 9.2, which all scripts use, and the values that follow from them.</summary>
internal static class PeerLogin
{
    public const string User = "User";
    public const string Password = "clientPass";

    /// <summary>Makes <c>nt-response</c>, <c>signature</c>, <c>cert-hash</c> and <c>mac</c> follow from <c>challenge</c>, <c>peer-challenge</c> and <c>nonce</c>.</summary>
    /// <param name="known">Where the values are.</param>
    /// <param name="binding">The hash protocol of the crypto binding.</param>
    /// <param name="certificate">Gives the server's certificate, or null where there is none.</param>
    /// <param name="user">What MS-CHAPv2 hashes.</param>
    public static void MsChap2(Knowledge known, byte binding, Func<byte[]?> certificate, string user = User)
    {
        known.Compute("nt-response", () => PeerCrypto.NtResponse(known["challenge"], known["peer-challenge"], user, Password));
        known.Compute("signature", () => PeerCrypto.Signature(known["challenge"], known["peer-challenge"], user, Password));
        Bind(known, binding, certificate, () => PeerCrypto.Hlak(known["nt-response"], Password));
    }

    /// <summary>PAP and CHAP with MD5 give no key: <c>cert-hash</c> and <c>mac</c> follow from <c>nonce</c> alone.</summary>
    public static void Keyless(Knowledge known, byte binding, Func<byte[]?> certificate) =>
        Bind(known, binding, certificate, () => new byte[32]);

    private static void Bind(Knowledge known, byte binding, Func<byte[]?> certificate, Func<byte[]> hlak)
    {
        known.Compute("cert-hash", () => PeerCrypto.CertificateHash(binding, certificate()));
        known.Compute("mac", () => PeerCrypto.Mac(binding, hlak(), known["nonce"], known["cert-hash"]));
    }
}
