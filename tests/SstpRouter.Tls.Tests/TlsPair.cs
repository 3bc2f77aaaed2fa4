namespace SstpRouter.Tls.Tests;

/// <summary>Both ends of a connection in memory; what one end has queued is carried to the other by the test.</summary>
internal sealed class TlsPair : IDisposable
{
    private readonly byte[] _buffer = new byte[65536];
    private readonly TlsContext _clientContext;
    private readonly TlsContext _serverContext;
    private readonly bool _ownsContexts = true;

    public TlsPair(TlsClientPolicy client, TlsServerPolicy server)
    {
        _clientContext = TlsContext.ForClient(client);
        _serverContext = TlsContext.ForServer(server);
        Client = _clientContext.Connect();
        Server = _serverContext.Accept();
    }

    /// <summary>A connection of contexts that somebody else holds.</summary>
    public TlsPair(TlsContext client, TlsContext server)
    {
        _ownsContexts = false;
        (_clientContext, _serverContext) = (client, server);
        Client = client.Connect();
        Server = server.Accept();
    }

    public TlsConnection Client { get; }

    public TlsConnection Server { get; }

    /// <summary>A pair whose handshake has succeeded on both ends.</summary>
    public static TlsPair Established(TlsClientPolicy client, TlsServerPolicy server) => Established(new TlsPair(client, server));

    /// <inheritdoc cref="Established(TlsClientPolicy, TlsServerPolicy)"/>
    public static TlsPair Established(TlsContext client, TlsContext server) => Established(new TlsPair(client, server));

    private static TlsPair Established(TlsPair pair)
    {
        var (clientStatus, serverStatus) = pair.Handshake();
        Assert.Null(pair.Client.Failure);
        Assert.Null(pair.Server.Failure);
        Assert.Equal((TlsStatus.Done, TlsStatus.Done), (clientStatus, serverStatus));
        return pair;
    }

    /// <summary>Runs the handshake until neither end can go on.</summary>
    public (TlsStatus Client, TlsStatus Server) Handshake() => Handshake(Client, Server);

    /// <inheritdoc cref="Handshake()"/>
    public static (TlsStatus Client, TlsStatus Server) Handshake(TlsConnection one, TlsConnection other) => MemoryWire.ShakeHands(one, other);

    /// <summary>Moves all that waits in one end to the other; gives the bytes moved.</summary>
    public static int Carry(TlsConnection from, TlsConnection to) => MemoryWire.Carry(from, to);

    /// <summary>Writes at one end and reads it all at the other.</summary>
    public byte[] Pass(TlsConnection from, TlsConnection to, byte[] plaintext)
    {
        Assert.True(from.Write(plaintext));
        Carry(from, to);
        var received = new List<byte>();
        while (to.Read(_buffer, out var count) == TlsStatus.Data)
        {
            received.AddRange(_buffer.AsSpan(0, count));
        }
        return [.. received];
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
        if (_ownsContexts)
        {
            _clientContext.Dispose();
            _serverContext.Dispose();
        }
    }
}
