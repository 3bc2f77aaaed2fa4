namespace SstpRouter.Services.Certificates.Acme;

/// <summary>Looks after renewals when one is due, and each hour: the clock may be set meanwhile.</summary>
internal sealed class AcmeSchedule : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private readonly AcmeRenewals _renewals;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Action<Action> _queue;
    private ITimer? _timer;

    /// <param name="renewals">What is to be looked after.</param>
    /// <param name="clock">Tells the time.</param>
    /// <param name="queue">Does something on another thread.</param>
    public AcmeSchedule(AcmeRenewals renewals, TimeProvider clock, Action<Action> queue)
    {
        _renewals = renewals;
        _clock = clock;
        _queue = queue;
    }

    /// <summary>Begins to look.</summary>
    public void Start() => _timer = _clock.CreateTimer(_ => _queue(Look), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

    /// <summary>Looks as soon as possible, where it has begun: there may be something new.</summary>
    public void LookAgain() => _timer?.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _timer?.Dispose();
    }

    private void Look()
    {
        if (!_turn.Wait(0))
        {
            return; // who looks already sets the timer
        }

        TimeSpan wait = Longest;
        try
        {
            DateTimeOffset? next = _renewals.Check(_clock.GetUtcNow, _stop.Token).GetAwaiter().GetResult();
            wait = next - _clock.GetUtcNow() ?? Longest;
        }
        catch (OperationCanceledException)
        {
            return; // the router stops
        }
        finally
        {
            _turn.Release();
            _timer!.Change(wait < Shortest ? Shortest : wait > Longest ? Longest : wait, Timeout.InfiniteTimeSpan);
        }
    }
}
