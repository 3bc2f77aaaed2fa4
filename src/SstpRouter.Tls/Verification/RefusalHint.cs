using System.Globalization;

namespace SstpRouter.Tls.Verification;

/// <summary>The next step after a refusal: the cause to look at first, and the command that would mend it.</summary>
internal sealed class RefusalHint(TlsPolicy policy)
{
    public const string ForRevoked =
        "the authority took the certificate back: give the peer a new one; the list of the authority is in /certificate crl";

    private const string Import = "/certificate import file-name=FILE.crt";

    private readonly TlsClientPolicy? _client = policy as TlsClientPolicy;

    private string PeerRole => _client is null ? "client" : "server";

    public string ForNotYetValid() => WrongClock() ?? "check the clocks on both sides";

    public string ForExpired() => WrongClock() ?? $"renew the {PeerRole}'s certificate, or check the clock on this side";

    public string ForTimeOfList() => WrongClock() ?? "fetch a newer list: /certificate crl, or check the clock on this side";

    public string ForPurpose(int depth) => depth == 0
        ? $"make the {PeerRole}'s certificate with key-usage=digital-signature,key-encipherment,tls-{PeerRole}"
        : "this certificate signed another and may not: its issuer must make it with key-usage=key-cert-sign,crl-sign";

    public string ForUntrustedRoot(int depth, byte[]? der)
    {
        var import = $"if this is the right root, trust it: {Import} trusted=yes with this certificate in the file";
        return depth == 0 && der is not null && _client is not null
            ? $"{import}; or pin it: {policy.SetCommand} server-fingerprint={ServerPin.FingerprintOf(der)} " +
                "verify-server-certificate=no"
            : import;
    }

    public string ForUnknownIssuer(byte[]? der) =>
        $"{Import} trusted=yes with the certificate of {CertificateDescription.IssuerOf(der)} in the file; " +
        $"if that is an intermediate, let the {PeerRole} send it";

    public string ForAddress(byte[]? der)
    {
        var name = CertificateDescription.DialableNameOf(der) ?? "NAME";
        return $"dial a name of the certificate: {policy.SetCommand} connect-to={name}; or make the certificate with " +
            $"subject-alt-name for {_client?.ServerName}; or do without the comparison: {policy.SetCommand} " +
            "verify-server-address-from-certificate=no";
    }

    public string ForOtherFingerprint(string seen) =>
        "somebody may stand between, or the server has a new certificate: compare with fingerprint in " +
        $"/certificate print on the server, and if it is the one, {policy.SetCommand} server-fingerprint={seen}";

    public static string ForNoList(byte[]? der) =>
        $"no valid list of {CertificateDescription.IssuerOf(der)} is here: add one in /certificate crl, " +
        "or do without: /certificate settings set crl-use=no";

    // A board without a battery starts in 1970: nothing is wrong with the certificate.
    private string? WrongClock()
    {
        var now = policy.Now ?? DateTimeOffset.UtcNow;
        return policy.CertainlyPast is { } past && now < past
            ? $"the clock of this router is wrong: it says {Time(now)} UTC, and this program was built at {Time(past)} UTC; " +
                "set it with date -u -s 'YYYY-MM-DD hh:mm:ss', or let NTP set it"
            : null;
    }

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
