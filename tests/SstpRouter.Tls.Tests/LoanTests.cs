namespace SstpRouter.Tls.Tests;

/// <summary>Ciphertext that is lent instead of copied, and memory for ciphertext that is rented.</summary>
public sealed class LoanTests : IDisposable
{
    private readonly TlsPair _pair = TlsPair.Established(new TlsClientPolicy(), new TlsServerPolicy());
    private readonly byte[] _buffer = new byte[100_000];

    public void Dispose() => _pair.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public void A_stream_is_read_from_loans_of_any_size(int size)
    {
        byte[] sent = Random(50_000);
        byte[] lent = new byte[size];
        byte[] ciphertext = Ciphertext(sent);
        List<byte> received = [];
        for (int at = 0; at < ciphertext.Length; at += size)
        {
            int count = Math.Min(size, ciphertext.Length - at);
            ciphertext.AsSpan(at, count).CopyTo(lent);
            _pair.Server.LendCiphertext(lent.AsMemory(0, count));
            received.AddRange(ReadAll(int.MaxValue));
            _pair.Server.EndLoan();
            Array.Fill(lent, (byte)0xA5); // it is another connection's turn
        }

        Assert.Equal(sent, received);
    }

    [Fact]
    public void What_was_not_read_of_a_loan_is_kept_and_comes_before_what_is_lent_or_put_later()
    {
        byte[] one = Random(40_000), two = Random(40_000), three = Random(1_000);
        byte[] ciphertext = Ciphertext(one);
        _pair.Server.LendCiphertext(ciphertext);
        List<byte> received = [.. ReadAll(reads: 1)];
        _pair.Server.EndLoan();
        Array.Clear(ciphertext);
        Assert.InRange(received.Count, 1, one.Length - 1);

        ciphertext = Ciphertext(two);
        _pair.Server.LendCiphertext(ciphertext);
        received.AddRange(ReadAll(reads: 1));
        _pair.Server.PutCiphertext(Ciphertext(three)); // ends the loan
        Array.Clear(ciphertext);
        received.AddRange(ReadAll(int.MaxValue));

        Assert.Equal((byte[])[.. one, .. two, .. three], received);
    }

    [Fact]
    public void The_end_of_the_stream_comes_after_what_is_lent()
    {
        byte[] ciphertext = Ciphertext("last"u8);
        _pair.Server.LendCiphertext(ciphertext);
        _pair.Server.EndCiphertext();
        Assert.Equal("last"u8.ToArray(), ReadAll(reads: 1));
        Assert.Equal(TlsStatus.Failed, _pair.Server.Read(_buffer, out _));
        Assert.Equal(TlsFailureReason.Truncated, _pair.Server.Failure?.Reason);
    }

    [Fact]
    public void Memory_is_rented_while_ciphertext_waits_and_given_back_once_it_has_left()
    {
        CountingBuffers buffers = new();
        using var context = TlsContext.ForClient(new TlsClientPolicy());
        using var serving = TlsContext.ForServer(new TlsServerPolicy());
        using TlsConnection client = context.Connect(buffers);
        using TlsConnection server = serving.Accept();
        Assert.Equal((TlsStatus.Done, TlsStatus.Done), TlsPair.Handshake(client, server));
        Assert.Equal(0, buffers.Rented);

        client.Write(new byte[10_000]);
        Assert.Equal(1, buffers.Rented);
        int waiting = client.PendingCiphertext;
        client.Sent(1_000);
        Assert.Equal((waiting - 1_000, 1), (client.PendingCiphertext, buffers.Rented));
        client.Sent(waiting - 1_000);
        Assert.Equal((0, 0), (client.PendingCiphertext, buffers.Rented));

        // What outgrows it is taken from elsewhere, whole.
        client.Write(new byte[10_000]);
        client.Write(new byte[100_000]);
        Assert.Equal(0, buffers.Rented);
        Assert.InRange(client.PendingCiphertext, 110_000, 120_000);
        client.Sent(client.PendingCiphertext);
        client.Write("x"u8);
        Assert.Equal(1, buffers.Rented);
        client.Dispose();
        Assert.Equal(0, buffers.Rented);
    }

    [Fact]
    public void What_waits_stays_in_order_however_it_leaves()
    {
        byte[] sent = Random(300_000);
        Random dice = new(5);
        List<byte> wire = [];
        for (int at = 0; at < sent.Length;)
        {
            int count = Math.Min(1 + dice.Next(20_000), sent.Length - at);
            Assert.True(_pair.Client.Write(sent.AsSpan(at, count)));
            at += count;
            int leaves = dice.Next(_pair.Client.PendingCiphertext + 1);
            wire.AddRange(_pair.Client.Ciphertext[..leaves]);
            _pair.Client.Sent(leaves);
        }

        wire.AddRange(_pair.Client.Ciphertext);
        _pair.Server.PutCiphertext(wire.ToArray());
        Assert.Equal(sent, ReadAll(int.MaxValue));
    }

    private byte[] Ciphertext(ReadOnlySpan<byte> plaintext)
    {
        Assert.True(_pair.Client.Write(plaintext));
        byte[] ciphertext = _pair.Client.Ciphertext.ToArray();
        _pair.Client.Sent(ciphertext.Length);
        return ciphertext;
    }

    private byte[] ReadAll(int reads)
    {
        List<byte> received = [];
        while (reads-- > 0 && _pair.Server.Read(_buffer, out int count) == TlsStatus.Data)
        {
            received.AddRange(_buffer.AsSpan(0, count));
        }

        return [.. received];
    }

    private static byte[] Random(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private sealed class CountingBuffers : ICiphertextBuffers
    {
        public int Rented { get; private set; }

        public byte[] Rent()
        {
            Rented++;
            return new byte[32 * 1024];
        }

        public void Return(byte[] buffer)
        {
            Assert.Equal(32 * 1024, buffer.Length);
            Rented--;
        }
    }
}
