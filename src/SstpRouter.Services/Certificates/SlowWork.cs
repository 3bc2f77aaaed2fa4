using System.Runtime.ExceptionServices;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.Services.Certificates;

/// <summary>Work of a session that takes seconds, such as making a key, and that the user may interrupt.</summary>
internal static class SlowWork
{
    // One at a time: a small board has few processors, and tunnels need them too.
    private static readonly SemaphoreSlim Turn = new(1);

    /// <summary>Does the work on another thread and waits for it.</summary>
    /// <param name="session">Who waits, and may interrupt.</param>
    /// <param name="work">The work, which is told when it shall end; its result is thrown away then.</param>
    /// <exception cref="ScriptError">The user has interrupted.</exception>
    public static T Run<T>(ISession session, Func<CancellationToken, T> work)
    {
        try
        {
            Turn.Wait(session.Cancellation);
            Task<T> task = Task.Run(() =>
            {
                try
                {
                    return work(session.Cancellation);
                }
                finally
                {
                    Turn.Release();
                }
            });
            task.Wait(session.Cancellation);
            return task.Result;
        }
        catch (OperationCanceledException)
        {
            throw new ScriptError("interrupted");
        }
        catch (AggregateException exception)
        {
            if (exception.InnerException is OperationCanceledException)
            {
                throw new ScriptError("interrupted");
            }

            ExceptionDispatchInfo.Throw(exception.InnerException!);
            throw;
        }
    }
}
