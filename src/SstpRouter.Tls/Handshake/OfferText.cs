using System.Runtime.InteropServices;
using SstpRouter.Tls.Native;

namespace SstpRouter.Tls.Handshake;

/// <summary>Versions, suites and signature algorithms as people read them; bounded, whatever a peer sends.</summary>
internal static class OfferText
{
    // What fits a log line; a peer that is refused for its suites has few.
    private const int MostNames = 16;

    private static readonly Dictionary<int, string> SignatureNames = new()
    {
        // RFC 5246 7.4.1.4.1 and RFC 8446 4.2.3.
        [0x0101] = "rsa-md5",
        [0x0201] = "rsa-sha1",
        [0x0202] = "dsa-sha1",
        [0x0203] = "ecdsa-sha1",
        [0x0301] = "rsa-sha224",
        [0x0303] = "ecdsa-sha224",
        [0x0401] = "rsa-sha256",
        [0x0403] = "ecdsa-sha256",
        [0x0501] = "rsa-sha384",
        [0x0503] = "ecdsa-sha384",
        [0x0601] = "rsa-sha512",
        [0x0603] = "ecdsa-sha512",
        [0x0804] = "rsa-pss-sha256",
        [0x0805] = "rsa-pss-sha384",
        [0x0806] = "rsa-pss-sha512",
        [0x0807] = "ed25519",
        [0x0808] = "ed448",
        [0x0809] = "rsa-pss-pss-sha256",
        [0x080A] = "rsa-pss-pss-sha384",
        [0x080B] = "rsa-pss-pss-sha512",
    };

    /// <summary>The suites of a peer, in OpenSSL's names where it knows them.</summary>
    public static string Suites(SslHandle ssl, IReadOnlyList<int> suites) => Join(suites, suite =>
    {
        var cipher = LibSsl.SSL_CIPHER_find(ssl, [(byte)(suite >> 8), (byte)suite]);
        return cipher == 0 ? Number(suite) : Marshal.PtrToStringUTF8(LibSsl.SSL_CIPHER_get_name(cipher)) ?? Number(suite);
    });

    /// <summary>The versions of a peer.</summary>
    public static string Versions(PeerOffer peer) => (peer.IsUpTo ? "at most " : "") + Join(peer.Versions, Version);

    /// <summary>A run of versions.</summary>
    public static string Versions(int lowest, int highest) =>
        lowest == highest ? Version(lowest) : $"{Version(lowest)} to {Version(highest)[4..]}";

    /// <summary>The signature algorithms of a peer.</summary>
    public static string Signatures(IReadOnlyList<int> numbers) =>
        numbers.Count == 0 ? "none by name" : Join(numbers, number => SignatureNames.GetValueOrDefault(number) ?? Number(number));

    private static string Join(IReadOnlyList<int> numbers, Func<int, string> name)
    {
        var names = string.Join(", ", numbers.Take(MostNames).Select(name));
        return numbers.Count switch
        {
            0 => "nothing",
            > MostNames => $"{names} and more",
            _ => names,
        };
    }

    private static string Version(int number) => number switch
    {
        0x0300 => "SSL 3.0",
        >= 0x0301 and <= 0x0304 => $"TLS 1.{number - 0x0301}",
        _ => Number(number),
    };

    private static string Number(int number) => $"0x{number:X4}";
}
