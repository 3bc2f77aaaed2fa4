using FsCheck;
using FsCheck.Fluent;

namespace SstpRouter.Tls.Tests;

/// <summary>What anybody on the network may send before the handshake is done.</summary>
public sealed class HandshakeInputTests : IDisposable
{
    private readonly TlsContext _server =
        TlsContext.ForServer(new TlsServerPolicy { Identity = TestCertificates.SelfSigned.Identity });

    private readonly TlsContext _client = TlsContext.ForClient(new TlsClientPolicy());
    private readonly byte[] _buffer = new byte[65536];

    public void Dispose()
    {
        _server.Dispose();
        _client.Dispose();
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("CONNECT x:443 HTTP/1.1\r\n\r\n")]
    [InlineData("SSH-2.0-dropbear\r\n")]
    public void Another_protocol_is_named_as_such(string line)
    {
        using var connection = _server.Accept();
        connection.PutCiphertext(System.Text.Encoding.ASCII.GetBytes(line));

        Assert.Equal(TlsStatus.Failed, connection.Handshake());
        Assert.Equal((TlsFailureReason.NotTls, "peer does not speak TLS"),
            (connection.Failure?.Reason, connection.Failure?.Text));
    }

    [Fact]
    public void Random_bytes_end_in_failure_or_wait_for_more_on_either_side()
    {
        var bytes = ArbMap.Default.ArbFor<byte[]>();
        Prop.ForAll(bytes, input => Survives(() => _server.Accept(), input) && Survives(() => _client.Connect(), input))
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_hello_with_any_one_byte_changed_is_answered_or_refused()
    {
        var hello = Hello();
        for (var at = 0; at < hello.Length; at++)
        {
            var changed = (byte[])hello.Clone();
            changed[at] ^= 0xFF;
            Assert.True(Survives(() => _server.Accept(), changed), $"byte {at}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public void A_handshake_that_is_cut_off_fails(int keptBytes)
    {
        using var connection = _server.Accept();
        connection.PutCiphertext(Hello().AsSpan(0, keptBytes));
        Assert.Equal(TlsStatus.WantsInput, connection.Handshake());

        connection.EndCiphertext();

        Assert.Equal(TlsStatus.Failed, connection.Handshake());
        Assert.Equal(TlsStatus.Failed, connection.Handshake());
        Assert.Equal((TlsFailureReason.Truncated, "peer closed the connection in the handshake"),
            (connection.Failure?.Reason, connection.Failure?.Text));
    }

    [Fact]
    public void A_huge_handshake_message_is_refused_by_its_announced_length()
    {
        using var connection = _server.Accept();
        // A ClientHello that announces 16 MB less one byte (RFC 5246 7.4), in one record.
        connection.PutCiphertext([22, 3, 1, 0x40, 0, 1, 0xFF, 0xFF, 0xFF, .. new byte[0x4000 - 4]]);

        Assert.Equal(TlsStatus.Failed, connection.Handshake());
        Assert.Equal(TlsFailureReason.ProtocolViolation, connection.Failure?.Reason);
    }

    [Fact]
    public void Data_may_not_flow_before_the_handshake_is_done()
    {
        using var connection = _client.Connect();

        Assert.Throws<InvalidOperationException>(() => connection.Write("x"u8));
        Assert.Throws<InvalidOperationException>(() => connection.Read(new byte[1], out _));
        connection.Close();
        Assert.Equal(0, connection.PendingCiphertext);
    }

    private byte[] Hello()
    {
        using var connection = _client.Connect();
        connection.Handshake();
        return _buffer[..connection.TakeCiphertext(_buffer)];
    }

    private static bool Survives(Func<TlsConnection> open, byte[] input)
    {
        using var connection = open();
        connection.PutCiphertext(input);
        var status = connection.Handshake();
        connection.EndCiphertext();
        return status is TlsStatus.WantsInput or TlsStatus.Failed
            && connection.Handshake() == TlsStatus.Failed
            && connection.Failure is { Text.Length: > 0, Detail.Length: > 0 };
    }
}
