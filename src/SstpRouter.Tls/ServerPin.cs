using System.Security.Cryptography;

namespace SstpRouter.Tls;

/// <summary>
/// What a client knows of one server's own certificate, beside or instead of authorities: its fingerprint. Safe to use
/// from several threads; one object may serve many policies of the same server.
/// </summary>
/// <remarks>
/// A fingerprint is the SHA-256 of the certificate's DER in 64 lower case hexadecimal digits. The signature of the
/// handshake proves that the server holds the key of the certificate; validity, purpose and issuer do not matter to a pin.
/// </remarks>
public sealed class ServerPin
{
    private readonly bool _learns;
    private readonly Action<string>? _learned;
    private volatile string? _expected;
    private volatile string? _lastSeen;

    private ServerPin(string? expected, bool learns, Action<string>? learned)
    {
        _expected = expected;
        _learns = learns;
        _learned = learned;
    }

    /// <summary>No pin: it only notes which certificate was seen.</summary>
    public static ServerPin Observing() => new(expected: null, learns: false, learned: null);

    /// <summary>The server must present exactly this certificate.</summary>
    /// <param name="fingerprint">64 lower case hexadecimal digits.</param>
    public static ServerPin To(string fingerprint) => new(fingerprint, learns: false, learned: null);

    /// <summary>The first certificate that <see cref="Confirm"/> is given becomes the pin.</summary>
    /// <param name="known">The fingerprint that was learned earlier, or null.</param>
    /// <param name="learned">Told the fingerprint, once, on the thread of the connection: it must not wait.</param>
    public static ServerPin FirstUse(string? known, Action<string> learned) => new(known, learns: true, learned);

    /// <summary>True when the server must present a certificate, be it any until one is learned.</summary>
    public bool IsDemanded => _learns || _expected is not null;

    /// <summary>The fingerprint that the server must have, or null while any will do.</summary>
    public string? Expected => _expected;

    /// <summary>The fingerprint that the server showed last, accepted or not; null until it showed one.</summary>
    public string? LastSeen
    {
        get => _lastSeen;
        init => _lastSeen = value;
    }

    /// <summary>The fingerprint of a certificate, as <c>/certificate print</c> shows it.</summary>
    public static string FingerprintOf(ReadOnlySpan<byte> certificateDer) =>
        Convert.ToHexStringLower(SHA256.HashData(certificateDer));

    /// <summary>
    /// Says that the server proved itself another way: it knew the password. A pin of the first use is learned now and
    /// not at the handshake, so that a portal or a wrong address that merely answers is not remembered for good.
    /// </summary>
    public void Confirm(ReadOnlySpan<byte> certificateDer)
    {
        if (_learns && _expected is null)
        {
            var fingerprint = FingerprintOf(certificateDer);
            _expected = fingerprint;
            _learned?.Invoke(fingerprint);
        }
    }

    /// <summary>What is asked for, without what was learned or seen meanwhile: a policy that learned is the same policy.</summary>
    public override string ToString() => _learns ? "first use" : _expected ?? "none";

    /// <summary>True for a certificate that would be accepted; nothing was seen yet.</summary>
    internal bool Allows(ReadOnlySpan<byte> certificateDer) => _expected is not { } expected || expected == FingerprintOf(certificateDer);

    internal bool Accepts(ReadOnlySpan<byte> certificateDer)
    {
        Note(certificateDer);
        return _expected is null || _expected == _lastSeen;
    }

    internal void Note(ReadOnlySpan<byte> certificateDer) => _lastSeen = FingerprintOf(certificateDer);
}
