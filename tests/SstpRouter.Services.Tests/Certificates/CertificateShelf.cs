using System.Text.RegularExpressions;
using SstpRouter.Certificates;
using SstpRouter.RouterOs.Schema;
using SstpRouter.Services.Certificates;
using SstpRouter.Services.Certificates.Acme;
using SstpRouter.Services.Http;
using SstpRouter.Services.Sstp;
using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Certificates;

/// <summary><c>/certificate</c> at work: a prompt, files to import, and the directory in which certificates are kept.</summary>
internal sealed partial class CertificateShelf : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("router-certificates-");

    private readonly IAcmeIssuer? _issuer;

    public CertificateShelf(IDeviceKeySource? deviceKey = null, IAcmeIssuer? issuer = null)
    {
        _issuer = issuer;
        Desk = Desk.In(Path.Combine(_directory.FullName, "state"));
        Service = Open(deviceKey);
        Desk.Store.Subscribe(new Reconciler([Service], fault => throw new InvalidOperationException(fault)));
    }

    public Desk Desk { get; private set; }

    public PemFiles Files { get; } = new();

    public ManualClock Clock { get; } = new(DateTimeOffset.UtcNow);

    public HttpDocuments Documents { get; } = new(log: null, port: 0);

    public CertificateService Service { get; private set; }

    /// <summary>The names of the files that are kept.</summary>
    public IEnumerable<string> Kept => Directory.EnumerateFiles(CertificatesPath).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal);

    public IReadOnlyList<Row> Rows => Desk.Rows("certificate");

    /// <summary>What each certificate is called, with its flags.</summary>
    public IEnumerable<string> Names => Rows.Select(r => $"{r.Text("name")} {string.Concat(r.Flags.Order())}");

    public string CertificatesPath => Path.Combine(_directory.FullName, "certificates");

    /// <summary>The service as it is after a restart, which has read nothing yet.</summary>
    public CertificateService Open(IDeviceKeySource? deviceKey = null) =>
        new(Desk.Root, Desk.Store, new CertificateDirectory(CertificatesPath, deviceKey), Desk.Log, Documents, Clock, _issuer);

    /// <summary>Stops the router and starts it with what is on the disk.</summary>
    public void Restart()
    {
        Service.Dispose();
        Desk.Store.Dispose();
        Desk = Desk.In(Path.Combine(_directory.FullName, "state"));
        Service = Open();
        Desk.Store.Subscribe(new Reconciler([Service], fault => throw new InvalidOperationException(fault)));
    }

    /// <summary>The TLS policies of items that use these certificates.</summary>
    public TlsPolicies Policies() =>
        new(Desk.Root, Desk.Store, Service, new ServerPins(new KnownServers(CertificatesPath), new TunnelLog(Desk.Log)));

    public string Import(string path, string more = "") => Desk.Type($"/certificate import file-name={path} {more}");

    public string ImportRefused(string path, string more = "") => Desk.Refused($"/certificate import file-name={path} {more}");

    /// <summary>The lines of the manual that make an authority, a server and a client.</summary>
    public void MakeTheManuals(string keySize = "prime256v1")
    {
        Desk.Type($"/certificate add name=ca-template common-name=myCa key-usage=key-cert-sign,crl-sign key-size={keySize}");
        Desk.Type($"/certificate add name=server-template common-name=server key-size={keySize}");
        Desk.Type($"/certificate add name=client-template common-name=client key-size={keySize}");
        Desk.Type("/certificate sign ca-template ca-crl-host=10.5.101.16 name=myCa");
        Desk.Type("/certificate sign server-template ca=myCa name=server");
        Desk.Type("/certificate sign client-template ca=myCa name=client");
        Desk.Type("/certificate set myCa,server trusted=yes");
    }

    public StoredCertificate Certificate(string name) =>
        new CertificateDirectory(CertificatesPath).Load(Rows.Single(r => r.Text("name") == name).Id.ToString("X"))!;

    /// <summary>A file that the router has written for the user.</summary>
    public byte[] Exported(string name) => File.ReadAllBytes(ExportedPath(name));

    public string ExportedPath(string name) => Path.Combine(Desk.Store.FilesDirectory!, name);

    public void Damage(string name) => File.WriteAllText(Path.Combine(CertificatesPath, name), "-----BEGIN CERTIFICATE-----\nAAAA\n");

    /// <summary>A screen without what is another each time.</summary>
    public static string Masked(string screen) => Moments().Replace(Digits().Replace(screen, m => new string('h', m.Length)), "yyyy-mm-dd hh:mm:ss");

    public void Dispose()
    {
        Service.Dispose();
        Documents.Dispose();
        Desk.Store.Dispose();
        Files.Dispose();
        _directory.Delete(recursive: true);
    }

    [GeneratedRegex("[0-9a-fA-F]{32,64}")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")]
    private static partial Regex Moments();
}
