using System.Collections.Immutable;
using SstpRouter.Certificates;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.Services.Certificates;

/// <summary>The authorities that the system brings along: <c>/certificate/builtin</c>.</summary>
internal sealed class BuiltinAnchors : IMenuState
{
    /// <summary>Where Debian and most others keep them.</summary>
    public const string UsualFile = "/etc/ssl/certs/ca-certificates.crt";

    private readonly Menu _menu;
    private readonly Menu _settings;
    private readonly ConfigurationStore _store;
    private readonly TimeProvider _clock;
    private readonly string _file;
    private readonly Lock _gate = new();
    private DateTime _readAt;
    private IReadOnlyList<KnownCertificate> _anchors = [];

    public BuiltinAnchors(Menu root, ConfigurationStore store, TimeProvider clock, string file = UsualFile)
    {
        _menu = root.Find("certificate/builtin")!;
        _settings = root.Find("certificate/settings")!;
        _store = store;
        _clock = clock;
        _file = file;
        _menu.State = this;
    }

    /// <summary>The authorities, read again when the file has changed; none where there is no such file.</summary>
    public IReadOnlyList<KnownCertificate> All
    {
        get
        {
            lock (_gate)
            {
                DateTime written = File.GetLastWriteTimeUtc(_file);
                if (written != _readAt)
                {
                    _readAt = written;
                    _anchors = Read();
                }

                return _anchors;
            }
        }
    }

    /// <summary>True where the user has said that they anchor trust.</summary>
    public bool AreTrusted(StoreSnapshot snapshot) => snapshot.Settings(_settings).Text("builtin-trust-anchors") == "trusted";

    public void Describe(Row row)
    {
    }

    public IEnumerable<Row> DynamicRows()
    {
        bool trusted = AreTrusted(_store.Current);
        ulong id = 0;
        foreach (KnownCertificate anchor in All)
        {
            CertificateDescription about = anchor.About;
            var row = new Row(_menu, ++id, ImmutableDictionary<string, Value>.Empty, isDynamic: true);
            if (trusted)
            {
                row.Flags.Add('T');
            }

            if (about.InvalidAfter < _clock.GetUtcNow())
            {
                row.Flags.Add('E');
            }

            row.Show("name", Value.Of(NameOf(about)))
                .Show("issuer", Value.Of(about.Issuer))
                .Show("common-name", Value.Of(about.CommonName))
                .Show("key-type", Value.Of(about.KeyType))
                .Show("key-size", Value.Of(about.KeySize))
                .Show("serial-number", Value.Of(about.SerialNumber))
                .Show("fingerprint", Value.Of(about.Fingerprint))
                .Show("skid", Value.Of(about.SubjectKeyId))
                .Show("invalid-before", Value.Of(RouterTime.Show(about.InvalidBefore)))
                .Show("invalid-after", Value.Of(RouterTime.Show(about.InvalidAfter)));
            yield return row;
        }
    }

    public bool TryRemove(ulong id) => false;

    private static string NameOf(CertificateDescription about) =>
        about.CommonName.Length > 0 ? about.CommonName : about.Unit.Length > 0 ? about.Unit : about.Organization;

    private IReadOnlyList<KnownCertificate> Read()
    {
        try
        {
            return
            [
                .. CertificateImport.Read(File.ReadAllBytes(_file), passphrase: null).Certificates
                    .Select(c => new KnownCertificate(c, CertificateDescription.Of(c.Der))),
            ];
        }
        catch (Exception exception) when (exception is ImportError or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
