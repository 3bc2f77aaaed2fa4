using System.Globalization;
using System.Text;
using SstpRouter.Certificates.Files;

namespace SstpRouter.Certificates;

/// <summary>The fingerprints of servers that were trusted at their first use: a text file, <c>ID HOST PORT FINGERPRINT</c> a line.</summary>
/// <remarks>The file is replaced whole and durably. One that is damaged is an error and not an empty one: a client that forgets whom it trusted would
/// trust anybody anew. Calls may come from any thread.</remarks>
public sealed class KnownServers
{
    private const string FileName = "known-servers";

    private readonly Lock _gate = new();
    private readonly string _path;
    private Dictionary<ulong, KnownServer>? _servers;

    /// <summary>Names the file; it is read when it is first asked.</summary>
    /// <param name="directory">The directory that holds it, which must be there.</param>
    public KnownServers(string directory) => _path = Path.Combine(directory, FileName);

    /// <summary>The fingerprint that a client's server showed at its first use, or null where there was none.</summary>
    /// <param name="id">The client's id.</param>
    /// <param name="host">The server's name or address: another one is another server.</param>
    /// <param name="port">The server's port.</param>
    /// <exception cref="ImportError">The file is damaged; the text says what to do.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public string? Find(ulong id, string host, int port)
    {
        lock (_gate)
        {
            return Servers.TryGetValue(id, out KnownServer? known) && known.Host == host && known.Port == port ? known.Fingerprint : null;
        }
    }

    /// <summary>Keeps a fingerprint, in the place of any other of that client.</summary>
    /// <exception cref="ImportError">The file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there stays.</exception>
    public void Remember(ulong id, string host, int port, string fingerprint)
    {
        lock (_gate)
        {
            var after = new Dictionary<ulong, KnownServer>(Servers) { [id] = new KnownServer(host, port, fingerprint) };
            Write(after);
        }
    }

    /// <summary>Forgets all clients but those; nothing is written where none goes.</summary>
    /// <exception cref="ImportError">The file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void KeepOnly(IReadOnlySet<ulong> ids)
    {
        lock (_gate)
        {
            if (Servers.Keys.Any(id => !ids.Contains(id)))
            {
                Write(Servers.Where(s => ids.Contains(s.Key)).ToDictionary());
            }
        }
    }

    private Dictionary<ulong, KnownServer> Servers => _servers ??= Read();

    private Dictionary<ulong, KnownServer> Read()
    {
        var servers = new Dictionary<ulong, KnownServer>();
        if (!File.Exists(_path))
        {
            return servers;
        }

        foreach (string line in File.ReadLines(_path))
        {
            if (line.Split(' ') is not [string id, string host, string port, { Length: 64 } fingerprint]
                || !ulong.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong number)
                || !int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int portNumber))
            {
                throw new ImportError($"{_path} is damaged: set server-fingerprint= by hand, or remove the file to trust the servers of today");
            }

            servers[number] = new KnownServer(host, portNumber, fingerprint);
        }

        return servers;
    }

    private void Write(Dictionary<ulong, KnownServer> servers)
    {
        var text = new StringBuilder();
        foreach ((ulong id, KnownServer server) in servers.OrderBy(s => s.Key))
        {
            text.Append(CultureInfo.InvariantCulture, $"{id:X} {server.Host} {server.Port} {server.Fingerprint}\n");
        }

        PrivateFiles.Replace(_path, Encoding.UTF8.GetBytes(text.ToString()));
        _servers = servers;
    }

    private sealed record KnownServer(string Host, int Port, string Fingerprint);
}
