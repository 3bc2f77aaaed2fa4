using System.Buffers.Binary;

namespace SstpRouter.Tls.Tests;

/// <summary>Records once the handshake is done: pieces, ends and damage.</summary>
public sealed class StreamTests : IDisposable
{
    private readonly TlsPair _pair = TlsPair.Established(
        new TlsClientPolicy { Versions = TlsVersions.Only12 },
        new TlsServerPolicy { Identity = TestCertificates.SelfSigned.Identity });

    private readonly byte[] _buffer = new byte[100_000];

    public void Dispose() => _pair.Dispose();

    [Fact]
    public void One_write_of_64_KB_becomes_records_that_are_read_in_any_pieces()
    {
        var sent = new byte[65536];
        new Random(1).NextBytes(sent);

        Assert.True(_pair.Client.Write(sent));
        var pending = _pair.Client.PendingCiphertext;
        var ciphertext = TakeAll(_pair.Client);

        Assert.Equal(pending, ciphertext.Length);
        Assert.Equal([16384, 16384, 16384, 16384], RecordLengths(ciphertext).Select(length => length - 24));
        _pair.Server.PutCiphertext(ciphertext);
        var received = new List<byte>();
        while (_pair.Server.Read(_buffer.AsSpan(0, 999), out var count) == TlsStatus.Data)
        {
            Assert.InRange(count, 1, 999);
            received.AddRange(_buffer.AsSpan(0, count));
        }
        Assert.Equal(sent, received);
    }

    [Fact]
    public void A_record_that_comes_byte_by_byte_is_read_when_it_is_whole()
    {
        _pair.Client.Write("hello"u8);
        var ciphertext = TakeAll(_pair.Client);

        foreach (var one in ciphertext.AsSpan(0, ciphertext.Length - 1))
        {
            _pair.Server.PutCiphertext([one]);
            Assert.Equal(TlsStatus.WantsInput, _pair.Server.Read(_buffer, out _));
        }
        _pair.Server.PutCiphertext(ciphertext.AsSpan(ciphertext.Length - 1));

        Assert.Equal(TlsStatus.Data, _pair.Server.Read(_buffer, out var count));
        Assert.Equal("hello"u8.ToArray(), _buffer[..count]);
    }

    [Fact]
    public void Ciphertext_leaves_in_pieces_of_the_caller_s_size()
    {
        _pair.Client.Write(new byte[100]);
        var total = _pair.Client.PendingCiphertext;

        Assert.Equal(0, _pair.Client.TakeCiphertext([]));
        Assert.Equal(10, _pair.Client.TakeCiphertext(_buffer.AsSpan(0, 10)));
        Assert.Equal(total - 10, _pair.Client.PendingCiphertext);
        Assert.Equal(total - 10, _pair.Client.TakeCiphertext(_buffer));
        Assert.Equal(0, _pair.Client.TakeCiphertext(_buffer));
    }

    [Fact]
    public void Nothing_to_write_writes_no_record()
    {
        Assert.True(_pair.Client.Write([]));

        Assert.Equal(0, _pair.Client.PendingCiphertext);
    }

    [Fact]
    public void Close_notify_comes_after_the_data_and_stays()
    {
        _pair.Client.Write("last"u8);
        _pair.Client.Close();
        TlsPair.Carry(_pair.Client, _pair.Server);

        Assert.Equal(TlsStatus.Data, _pair.Server.Read(_buffer, out _));
        Assert.Equal(TlsStatus.Closed, _pair.Server.Read(_buffer, out var count));
        Assert.Equal(TlsStatus.Closed, _pair.Server.Read(_buffer, out _));
        Assert.Equal(0, count);
        Assert.Null(_pair.Server.Failure);
    }

    [Fact]
    public void Close_is_said_once_and_ends_our_own_writing_only()
    {
        _pair.Client.Close();
        var said = TakeAll(_pair.Client);
        _pair.Client.Close();

        Assert.Single(RecordLengths(said));
        Assert.Equal(0, _pair.Client.PendingCiphertext);
        Assert.False(_pair.Client.Write("x"u8));
        Assert.Null(_pair.Client.Failure);
        Assert.Equal("late"u8.ToArray(), _pair.Pass(_pair.Server, _pair.Client, "late"u8.ToArray()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(20)]
    public void A_stream_that_ends_without_close_notify_fails(int lastBytes)
    {
        _pair.Client.Write("whole"u8);
        TlsPair.Carry(_pair.Client, _pair.Server);
        _pair.Client.Write("cut"u8);
        _pair.Server.PutCiphertext(TakeAll(_pair.Client).AsSpan(0, lastBytes));
        _pair.Server.EndCiphertext();

        Assert.Equal(TlsStatus.Data, _pair.Server.Read(_buffer, out _));
        Assert.Equal(TlsStatus.Failed, _pair.Server.Read(_buffer, out _));
        Assert.Equal(TlsStatus.Failed, _pair.Server.Read(_buffer, out _));
        Assert.Equal((TlsFailureReason.Truncated, "peer closed the connection without notice"),
            (_pair.Server.Failure?.Reason, _pair.Server.Failure?.Text));
    }

    [Fact]
    public void A_stream_that_ends_after_close_notify_is_closed()
    {
        _pair.Client.Close();
        TlsPair.Carry(_pair.Client, _pair.Server);
        _pair.Server.EndCiphertext();

        Assert.Equal(TlsStatus.Closed, _pair.Server.Read(_buffer, out _));
    }

    [Fact]
    public void A_changed_bit_ends_the_connection_and_the_peer_is_told()
    {
        _pair.Client.Write("hello"u8);
        var ciphertext = TakeAll(_pair.Client);
        ciphertext[^1] ^= 1;
        _pair.Server.PutCiphertext(ciphertext);

        Assert.Equal(TlsStatus.Failed, _pair.Server.Read(_buffer, out _));
        Assert.Equal((TlsFailureReason.ProtocolViolation, "TLS record failed its integrity check"),
            (_pair.Server.Failure?.Reason, _pair.Server.Failure?.Text));
        Assert.False(_pair.Server.Write("x"u8));
        TlsPair.Carry(_pair.Server, _pair.Client);
        Assert.Equal(TlsStatus.Failed, _pair.Client.Read(_buffer, out _));
        Assert.Equal("peer ended the connection: bad record mac", _pair.Client.Failure?.Text);
    }

    [Fact]
    public void A_failure_of_one_connection_leaves_the_next_alone()
    {
        using var other = TlsPair.Established(new TlsClientPolicy(), new TlsServerPolicy());
        _pair.Server.PutCiphertext("GET / HTTP/1.1\r\n\r\n"u8);
        Assert.Equal(TlsStatus.Failed, _pair.Server.Read(_buffer, out _));

        Assert.Equal(TlsStatus.WantsInput, other.Server.Read(_buffer, out _));
        Assert.Equal("on"u8.ToArray(), other.Pass(other.Client, other.Server, "on"u8.ToArray()));
    }

    [Fact]
    public void A_disposed_connection_says_so()
    {
        _pair.Client.Dispose();

        Assert.Throws<ObjectDisposedException>(() => _pair.Client.Write("x"u8));
        Assert.Throws<ObjectDisposedException>(() => _pair.Client.PendingCiphertext);
    }

    private byte[] TakeAll(TlsConnection from) => _buffer[..from.TakeCiphertext(_buffer)];

    // RFC 5246 6.2.1: type, version (2), length (2), fragment.
    private static List<int> RecordLengths(byte[] ciphertext)
    {
        var lengths = new List<int>();
        for (var at = 0; at < ciphertext.Length; at += 5 + lengths[^1])
        {
            lengths.Add(BinaryPrimitives.ReadUInt16BigEndian(ciphertext.AsSpan(at + 3)));
        }
        return lengths;
    }
}
