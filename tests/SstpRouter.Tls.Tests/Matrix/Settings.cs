namespace SstpRouter.Tls.Tests.Matrix;

/// <summary>The rows of the negotiation tables: settings as a user types them, and the policy that they make.</summary>
internal static class Settings
{
    private static readonly TestCertificate Ca = TestCertificates.Authority;

    public static TestCertificate Rsa => TestCertificates.Server;

    public static TestCertificate Ec { get; } = TestCertificates.Make(new CertificateWish("vpn.example.com")
    {
        Issuer = Ca,
        DnsNames = ["vpn.example.com"],
        Key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256),
    });

    /// <summary>Every value of <c>tls-version</c>, <c>pfs</c> and <c>ciphers</c> alone, and those that touch each other.</summary>
    public static IReadOnlyList<(string Text, Func<TlsPolicy, TlsPolicy> Apply)> Common { get; } =
    [
        ("(defaults)", policy => policy),
        ("tls-version=only-1.2", policy => policy with { Versions = TlsVersions.Only12 }),
        ("pfs=no", policy => policy with { Pfs = TlsPfs.No, PfsExplicit = true }),
        ("pfs=yes", policy => policy with { Pfs = TlsPfs.Yes, PfsExplicit = true }),
        ("pfs=required", policy => policy with { Pfs = TlsPfs.Required, PfsExplicit = true }),
        ("ciphers=aes256-sha", policy => policy with { Ciphers = TlsCiphers.Aes256Sha, CiphersExplicit = true }),
        ("ciphers=aes256-gcm-sha384", policy => policy with { Ciphers = TlsCiphers.Aes256GcmSha384, CiphersExplicit = true }),
        ("ciphers=aes256-gcm-sha384,aes256-sha", policy => policy with { Ciphers = TlsCiphers.All, CiphersExplicit = true }),
        ("ciphers=aes256-sha pfs=no", policy => policy with
        {
            Ciphers = TlsCiphers.Aes256Sha, CiphersExplicit = true, Pfs = TlsPfs.No, PfsExplicit = true,
        }),
        ("ciphers=aes256-gcm-sha384 pfs=required tls-version=only-1.2", policy => policy with
        {
            Ciphers = TlsCiphers.Aes256GcmSha384, CiphersExplicit = true, Pfs = TlsPfs.Required, PfsExplicit = true,
            Versions = TlsVersions.Only12,
        }),
    ];

    /// <summary>What only a client has.</summary>
    public static IReadOnlyList<(string Text, TlsClientPolicy Policy)> Client { get; } =
    [
        .. Common.Select(row => (row.Text, (TlsClientPolicy)row.Apply(new TlsClientPolicy { AesFirst = true }))),
        ("certificate=client", new TlsClientPolicy { AesFirst = true, Identity = TestCertificates.Client.Identity }),
        ("verify-server-certificate=yes", Verifying),
        ("verify-server-certificate=yes, connect-to not in the certificate", Verifying with { ServerName = "elsewhere.example" }),
        ("verify-server-certificate=yes verify-server-address-from-certificate=no, connect-to not in the certificate",
            Verifying with { ServerName = "elsewhere.example", VerifyServerAddress = false }),
        ("verify-server-certificate=yes, no authority imported", Verifying with { TrustedCertificates = [] }),
        ("server-fingerprint= of the RSA certificate", new TlsClientPolicy { AesFirst = true, Pin = ServerPin.To(ServerPin.FingerprintOf(Rsa.Der)) }),
    ];

    /// <summary>What only a server has; the certificate comes with it.</summary>
    public static IReadOnlyList<(string Text, TlsServerPolicy Policy)> Server { get; } =
    [
        .. Common.Select(row => ($"certificate=rsa {row.Text}", (TlsServerPolicy)row.Apply(RsaServer))),
        .. Common.Where(row => !row.Text.Contains("pfs=no"))
            .Select(row => ($"certificate=ec {row.Text}", (TlsServerPolicy)row.Apply(RsaServer with { Identity = Ec.Identity }))),
        .. Common.Select(row => ($"certificate=none {row.Text}", (TlsServerPolicy)row.Apply(RsaServer with { Identity = null }))),
        ("certificate=rsa verify-client-certificate=yes", RsaServer with { VerifyClient = true, TrustedCertificates = [Ca.Der] }),
    ];

    private static TlsServerPolicy RsaServer => new() { AesFirst = true, Identity = Rsa.Identity };

    private static TlsClientPolicy Verifying => new()
    {
        AesFirst = true,
        VerifyServer = true,
        VerifyServerAddress = true,
        ServerName = "vpn.example.com",
        TrustedCertificates = [Ca.Der],
    };

    /// <summary>How a handshake ended, as a cell of a table.</summary>
    public static string Cell(TlsConnection connection) =>
        connection.Failure is { } failure ? "**" + Short(failure.Text) + "**" : $"{connection.Protocol} {connection.CipherSuite}";

    // The lists of both sides stand in the settings already.
    private static string Short(string text) => text.Split(": it offers", ": this side allows") is [var head, ..] ? head : text;

    private static string[] Split(this string text, params string[] marks) => text.Split(marks, StringSplitOptions.None);
}
