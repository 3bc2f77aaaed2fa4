using SstpRouter.Certificates;
using SstpRouter.RouterOs.Schema;
using SstpRouter.Services.Certificates;
using SstpRouter.Services.Sstp;
using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Certificates;

/// <summary><c>/certificate</c> at work: a prompt, files to import, and the directory in which certificates are kept.</summary>
internal sealed class CertificateShelf : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("router-certificates-");

    public CertificateShelf()
    {
        Service = Open();
        Desk.Store.Subscribe(new Reconciler([Service], fault => throw new InvalidOperationException(fault)));
    }

    public Desk Desk { get; } = new();

    public PemFiles Files { get; } = new();

    public CertificateService Service { get; }

    /// <summary>The names of the files that are kept.</summary>
    public IEnumerable<string> Kept => _directory.EnumerateFiles().Select(f => f.Name).Order(StringComparer.Ordinal);

    public IReadOnlyList<Row> Rows => Desk.Rows("certificate");

    /// <summary>What each certificate is called, with its flags.</summary>
    public IEnumerable<string> Names => Rows.Select(r => $"{r.Text("name")} {string.Concat(r.Flags.Order())}");

    /// <summary>The service as it is after a restart, which has read nothing yet.</summary>
    public CertificateService Open() => new(Desk.Root, Desk.Store, new CertificateDirectory(_directory.FullName));

    /// <summary>The TLS policies of items that use these certificates.</summary>
    public TlsPolicies Policies() => new(Desk.Root, Service, new ServerPins(new KnownServers(_directory.FullName), new TunnelLog(Desk.Log)));

    public string Import(string path, string more = "") => Desk.Type($"/certificate import file-name={path} {more}");

    public string ImportRefused(string path, string more = "") => Desk.Refused($"/certificate import file-name={path} {more}");

    public void Damage(string name) => File.WriteAllText(Path.Combine(_directory.FullName, name), "-----BEGIN CERTIFICATE-----\nAAAA\n");

    public void Dispose()
    {
        Files.Dispose();
        _directory.Delete(recursive: true);
    }
}
