namespace SstpRouter.Tls.Tests;

/// <summary>The fast path allocates nothing managed.</summary>
public sealed class AllocationTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Moving_data_allocates_nothing(bool anonymous)
    {
        using var pair = TlsPair.Established(new TlsClientPolicy(), anonymous
            ? new TlsServerPolicy()
            : new TlsServerPolicy { Identity = TestCertificates.SelfSigned.Identity });
        var plaintext = new byte[1400];
        var buffer = new byte[32768];
        Move(pair, plaintext, buffer, rounds: 50);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var moved = Move(pair, plaintext, buffer, rounds: 200);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(200 * 2 * plaintext.Length, moved);
        Assert.Equal(0, allocated);
    }

    private static int Move(TlsPair pair, byte[] plaintext, byte[] buffer, int rounds)
    {
        var moved = 0;
        for (var round = 0; round < rounds; round++)
        {
            moved += MoveOnce(pair.Client, pair.Server, plaintext, buffer);
            moved += MoveOnce(pair.Server, pair.Client, plaintext, buffer);
        }
        return moved;
    }

    private static int MoveOnce(TlsConnection from, TlsConnection to, byte[] plaintext, byte[] buffer)
    {
        from.Write(plaintext);
        while (from.PendingCiphertext > 0)
        {
            to.PutCiphertext(buffer.AsSpan(0, from.TakeCiphertext(buffer)));
        }
        var moved = 0;
        while (to.Read(buffer, out var count) == TlsStatus.Data)
        {
            moved += count;
        }
        return moved;
    }
}
