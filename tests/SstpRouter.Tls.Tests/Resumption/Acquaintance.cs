namespace SstpRouter.Tls.Tests.Resumption;

/// <summary>A client and a server that meet more than once.</summary>
internal sealed class Acquaintance(TlsClientPolicy client, TlsServerPolicy server) : IDisposable
{
    public TlsContext Client { get; private set; } = TlsContext.ForClient(client);

    public TlsContext Server { get; private set; } = TlsContext.ForServer(server);

    /// <summary>Meets, passes a word both ways, and parts without a good-bye.</summary>
    public Meeting Meet()
    {
        using var pair = TlsPair.Established(Client, Server);
        Assert.Equal("ping"u8, pair.Pass(pair.Client, pair.Server, "ping"u8.ToArray()));
        Assert.Equal("pong"u8, pair.Pass(pair.Server, pair.Client, "pong"u8.ToArray()));
        Assert.Equal(pair.Client.IsResumed, pair.Server.IsResumed);
        Assert.Equal(pair.Client.CipherSuite, pair.Server.CipherSuite);
        return new Meeting(pair.Client.IsResumed, pair.Client.Protocol, pair.Client.Encoding, pair.Client.PeerCertificateDer, pair.Server.PeerCertificateDer);
    }

    /// <summary>The server begins anew, as after a restart or a change of its settings.</summary>
    public void RenewServer(TlsServerPolicy policy)
    {
        Server.Dispose();
        Server = TlsContext.ForServer(policy);
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }
}

/// <summary>What one meeting showed.</summary>
internal sealed record Meeting(bool IsResumed, string Protocol, string Encoding, byte[]? ServerCertificate, byte[]? ClientCertificate);

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class StandingClock : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.UtcNow;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.UtcTicks;

    public void Move(TimeSpan by) => _now += by;
}
