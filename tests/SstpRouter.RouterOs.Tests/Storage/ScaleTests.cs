using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Tests.History;

namespace SstpRouter.RouterOs.Tests.Storage;

/// <summary>What a change costs in a large configuration, counted and not timed.</summary>
public class ScaleTests
{
    private const int Many = 10_000;

    [Fact]
    public void A_set_among_ten_thousand_items_writes_one_line_and_its_closing_line_with_one_flush()
    {
        using var folder = new StateFolder();
        using (var router = TestRouter.On(folder))
        {
            router.Store.Import("many", Adds(0, Many), router);
        }

        var disk = new CountingDisk();
        using var desk = new HistoryDesk(folder.Path, disk);
        desk.Type("/ppp secret set u5000 comment=first"); // opens the journal
        (int writes, int flushes, long bytes) = (disk.Writes, disk.Flushes, disk.Bytes);

        desk.Type("/ppp secret set u5001 comment=x");

        Assert.Equal((1, 1), (disk.Writes - writes, disk.Flushes - flushes));
        Assert.Equal("/ppp secret set *138A comment=x\n".Length + "#. commit ".Length + 32 + 1, disk.Bytes - bytes);
    }

    [Fact]
    public void Ten_thousand_adds_cost_each_as_much_as_the_first()
    {
        using var folder = new StateFolder();
        var disk = new CountingDisk();
        using var desk = new HistoryDesk(folder.Path, disk);
        desk.Type(Adds(0, 100)); // warm

        long early = AllocatedBy(() => desk.Type(Adds(100, 1000)));
        desk.Type(Adds(1100, Many - 2100));
        int writes = disk.Writes;
        long late = AllocatedBy(() => desk.Type(Adds(Many - 1000, 1000)));

        // The depth of a tree grows, and a snapshot may fall into the measured part; what grows with the number of items would be ten times as much.
        Assert.InRange(late, early / 3, early * 3);
        Assert.InRange(disk.Writes - writes, 1000, 1010);
    }

    private static long AllocatedBy(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Adds(int from, int count) =>
        "/ppp secret\n" + string.Concat(Enumerable.Range(from, count).Select(i => $"add name=u{i} password=p{i}\n"));

    private sealed class CountingDisk : FileOperations
    {
        public int Writes { get; private set; }

        public int Flushes { get; private set; }

        public long Bytes { get; private set; }

        public override void Write(FileStream file, ReadOnlySpan<byte> content)
        {
            Writes++;
            Bytes += content.Length;
            base.Write(file, content);
        }

        public override void Flush(FileStream file) => Flushes++; // a real one would only take its time
    }
}
