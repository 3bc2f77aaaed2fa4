using System.Globalization;
using SstpRouter.Benchmarks;

namespace SstpRouter.Tunnels.Tests.Traffic;

/// <summary>Bytes that packets cost on their way through split, queue, TLS and join. <c>SSTP_ROUTER_PACKETS</c> sets how many packets.</summary>
public sealed class AllocationTests
{
    private static readonly long Goal =
        long.TryParse(Environment.GetEnvironmentVariable("SSTP_ROUTER_PACKETS"), NumberStyles.None, CultureInfo.InvariantCulture, out long packets) ? packets : 200_000;

    [Fact]
    public void Packets_are_split_queued_encrypted_decrypted_and_joined_without_a_byte()
    {
        using DataPath path = new();
        for (int i = 0; i < 50; i++)
        {
            path.Move();
        }

        long done = path.Packets + Goal;
        long writes = path.Writes;
        long first = path.Packets;
        long before = GC.GetAllocatedBytesForCurrentThread();
        while (path.Packets < done)
        {
            path.Move();
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        long moved = path.Packets - first;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{moved} packets in {path.Writes - writes} writes: {allocated} bytes allocated"));
        Assert.Equal(0, allocated);
        Assert.Equal(0, path.Rented);
        Assert.InRange(path.Writes - writes, 1, moved / 5);
    }
}
