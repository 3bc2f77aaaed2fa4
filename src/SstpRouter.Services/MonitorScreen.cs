using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.Services;

/// <summary>Right-aligned <c>name: value</c> lines, once or every second until the user interrupts.</summary>
internal static class MonitorScreen
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static void Run(CommandInvocation invocation, Func<IEnumerable<(string Name, string Value)>> lines)
    {
        ISession session = invocation.Session;
        while (true)
        {
            NameValueLayout.Write(session.Output, [.. lines()]);
            if (invocation.Has("once"))
            {
                return;
            }

            session.Output.Write("-- [Q quit|D dump|C-z pause]\n");
            session.Output.Flush();
            if (session.Cancellation.WaitHandle.WaitOne(Interval))
            {
                return;
            }
        }
    }
}
