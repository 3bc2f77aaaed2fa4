using BenchmarkDotNet.Attributes;
using SstpRouter.Tls;

namespace SstpRouter.Benchmarks;

/// <summary>Sixteen kilobytes through TLS, from plaintext to plaintext, over memory.</summary>
[MemoryDiagnoser]
public class TlsBenchmark
{
    private readonly byte[] _plaintext = new byte[16 * 1024];
    private readonly byte[] _ciphertext = new byte[64 * 1024];
    private readonly byte[] _received = new byte[32 * 1024];
    private TlsConnection _client = null!;
    private TlsConnection _server = null!;

    /// <summary>Two ends that have agreed.</summary>
    [GlobalSetup]
    public void Connect()
    {
        _client = TlsContext.ForClient(new TlsClientPolicy()).Connect();
        _server = TlsContext.ForServer(new TlsServerPolicy()).Accept();
        TlsStatus client = TlsStatus.WantsInput;
        TlsStatus server = TlsStatus.WantsInput;
        while (client != TlsStatus.Done || server != TlsStatus.Done)
        {
            client = _client.Handshake();
            Carry(_client, _server);
            server = _server.Handshake();
            Carry(_server, _client);
        }
    }

    /// <summary>One full record.</summary>
    [Benchmark]
    public int OneRecord()
    {
        _client.Write(_plaintext);
        Carry(_client, _server);
        int total = 0;
        while (_server.Read(_received, out int count) == TlsStatus.Data)
        {
            total += count;
        }

        return total;
    }

    private void Carry(TlsConnection from, TlsConnection to)
    {
        int count = from.TakeCiphertext(_ciphertext);
        to.PutCiphertext(_ciphertext.AsSpan(0, count));
    }
}
