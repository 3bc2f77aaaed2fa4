using System.Diagnostics;

namespace SstpRouter.Tunnels.Tests.Support;

/// <summary>Waits for what must happen; the limit is reached only by a test that fails.</summary>
internal static class Await
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static void True(Func<bool> mark, string what, params TestLog[] logs) => True(mark, () => what, logs);

    /// <summary>The same where what is said depends on how things stand in the end.</summary>
    public static void True(Func<bool> mark, Func<string> what, params TestLog[] logs)
    {
        long start = Stopwatch.GetTimestamp();
        while (!mark())
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
            {
                Assert.Fail($"waited in vain: {what()}\n{string.Join("\n--\n", logs.Select(log => log.ToString()))}");
            }

            Thread.Sleep(5);
        }
    }

    public static void Done(Task task, string what, params TestLog[] logs) => True(() => task.IsCompleted, what, logs);
}
