using System.Diagnostics;

namespace SstpRouter.Lab.Tests.Harness;

/// <summary>Waiting for something that nobody announces; the limit is for a machine that is busy with other things.</summary>
internal static class Await
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks until the answer is yes.</summary>
    public static void Until(Func<bool> holds, Func<string> describe) => Until(holds, Limit, describe);

    /// <summary>Asks until the answer is yes, for something that takes its time.</summary>
    public static void Until(Func<bool> holds, TimeSpan limit, Func<string> describe)
    {
        long start = Stopwatch.GetTimestamp();
        while (!holds())
        {
            if (Stopwatch.GetElapsedTime(start) > limit)
            {
                Assert.Fail(describe());
            }

            Thread.Sleep(AskAgain);
        }
    }
}
