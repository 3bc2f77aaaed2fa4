using SstpRouter.Console.Editing;

namespace SstpRouter.Console.Tests;

public sealed class HistoryTests
{
    [Fact]
    public void Blank_lines_and_repeats_are_not_kept()
    {
        var history = new History();
        history.Add("a");
        history.Add("a");
        history.Add("  ");

        Assert.Equal("a", history.Older(""));
        Assert.Null(history.Older("a"));
    }

    [Fact]
    public void The_oldest_line_makes_room()
    {
        var history = new History(most: 2);
        history.Add("a");
        history.Add("b");
        history.Add("c");

        Assert.Equal("c", history.Older(""));
        Assert.Equal("b", history.Older("c"));
        Assert.Null(history.Older("b"));
    }
}
