using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SstpRouter.Tls.Native;

namespace SstpRouter.Tls.Handshake;

/// <summary>What a ClientHello offers (RFC 5246 7.4.1.2, RFC 8446 4.1.2), kept until the handshake is over.</summary>
/// <param name="Versions">The versions, highest first; with <paramref name="IsUpTo"/> only the highest.</param>
/// <param name="IsUpTo">True for a client that names just the highest version, as all before TLS 1.3 do.</param>
/// <param name="Suites">The suites' numbers in the client's order, without signals and GREASE.</param>
/// <param name="SignatureAlgorithms">The numbers of the signature algorithms; empty when the client names none.</param>
internal sealed record PeerOffer(
    IReadOnlyList<int> Versions, bool IsUpTo, IReadOnlyList<int> Suites, IReadOnlyList<int> SignatureAlgorithms)
{
    // A peer may send 32 thousand; nobody reads more than this.
    private const int Most = 64;

    private const uint ExtensionSignatureAlgorithms = 13;
    private const uint ExtensionSupportedVersions = 43;

    // TLS_EMPTY_RENEGOTIATION_INFO_SCSV (RFC 5746 3.3) and TLS_FALLBACK_SCSV (RFC 7507 4) name no suite.
    private static readonly int[] Signals = [0x00FF, 0x5600];

    public static unsafe delegate* unmanaged[Cdecl]<nint, nint, nint, int> Callback => &OnClientHello;

    // The callback of SSL_CTX_set_client_hello_cb(3), before anything of the hello is judged; it only looks.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnClientHello(nint ssl, nint alert, nint argument)
    {
        if (SslHandle.AttachedTo(ssl) is HandshakeNotes notes)
        {
            notes.Peer = Of(ssl);
        }
        return LibSsl.ClientHelloSuccess;
    }

    private static unsafe PeerOffer Of(nint ssl)
    {
        var length = LibSsl.SSL_client_hello_get0_ciphers(ssl, out var suites);
        // RFC 8446 4.2.1: one byte of length; 4.2.3: two.
        var versions = Numbers(Extension(ssl, ExtensionSupportedVersions), lengthBytes: 1);
        return new PeerOffer(
            versions.Count > 0 ? versions : [(int)LibSsl.SSL_client_hello_get0_legacy_version(ssl)],
            IsUpTo: versions.Count == 0,
            Numbers(new ReadOnlySpan<byte>(suites, (int)length), lengthBytes: 0),
            Numbers(Extension(ssl, ExtensionSignatureAlgorithms), lengthBytes: 2));
    }

    private static unsafe ReadOnlySpan<byte> Extension(nint ssl, uint type) =>
        LibSsl.SSL_client_hello_get0_ext(ssl, type, out var content, out var length) == 1
            ? new ReadOnlySpan<byte>(content, (int)length)
            : default;

    private static List<int> Numbers(ReadOnlySpan<byte> bytes, int lengthBytes)
    {
        var numbers = new List<int>();
        for (var at = lengthBytes; at + 1 < bytes.Length && numbers.Count < Most; at += 2)
        {
            var number = BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
            if (!IsGrease(number) && !Signals.Contains(number))
            {
                numbers.Add(number);
            }
        }
        return numbers;
    }

    // RFC 8701 2: 0x0A0A, 0x1A1A and so on, sent to keep servers tolerant.
    private static bool IsGrease(int number) => (number & 0x0F0F) == 0x0A0A && number >> 8 == (number & 0xFF);
}
