using SstpRouter.Tunnels.Client;

namespace SstpRouter.Tunnels.Tests.Units;

public sealed class BackOffTests
{
    private static readonly BackOff Usual = new();

    [Theory]
    [InlineData(0, 500)]
    [InlineData(1, 500)]
    [InlineData(2, 1_000)]
    [InlineData(3, 2_000)]
    [InlineData(4, 4_000)]
    [InlineData(5, 8_000)]
    [InlineData(6, 10_000)]
    [InlineData(21, 10_000)]
    [InlineData(64, 10_000)]
    [InlineData(int.MaxValue, 10_000)]
    public void The_wait_doubles_up_to_the_cap(int failures, int wait) =>
        Assert.Equal(wait, Usual.Delay(failures, refused: false, spread: 1));

    [Theory]
    [InlineData(0.0, 7_500)]
    [InlineData(0.5, 8_750)]
    [InlineData(1.0, 10_000)]
    [InlineData(-3.0, 7_500)]
    [InlineData(9.0, 10_000)]
    public void The_spread_lies_within_the_last_quarter(double spread, int wait) =>
        Assert.Equal(wait, Usual.Delay(99, refused: false, spread));

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    public void A_refused_login_waits_the_same_time_however_often_it_was_refused(int failures) =>
        Assert.Equal(30_000, new BackOff { AfterRefusal = 30_000 }.Delay(failures, refused: true, spread: 1));

    [Fact]
    public void A_large_first_wait_does_not_overflow() =>
        Assert.Equal(int.MaxValue, new BackOff { First = int.MaxValue, Cap = int.MaxValue }.Delay(21, false, 1));
}
