namespace SstpRouter.Services.Certificates.Acme;

/// <summary>Asks an authority again and again whether it is done: when it said, else ever less often.</summary>
internal sealed class AcmePatience(TimeProvider clock)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    // An authority that names an hour does not want to be waited for.
    private static readonly TimeSpan LongestOfTheirs = TimeSpan.FromMinutes(1);

    /// <summary>Asks until the answer is that it is done.</summary>
    /// <param name="ask">Asks: whether it is done, what came, and how long to wait before the next time.</param>
    /// <param name="end">Ends it early.</param>
    public async Task<T> Wait<T>(Func<Task<(bool IsDone, T Result, TimeSpan? RetryAfter)>> ask, CancellationToken end)
    {
        for (TimeSpan wait = First; ; wait = wait * 2 < Longest ? wait * 2 : Longest)
        {
            (bool isDone, T result, TimeSpan? asked) = await ask().ConfigureAwait(false);
            if (isDone)
            {
                return result;
            }

            TimeSpan theirs = asked is not { } given ? wait : given < First ? First : given < LongestOfTheirs ? given : LongestOfTheirs;
            await Task.Delay(theirs, clock, end).ConfigureAwait(false);
        }
    }
}
