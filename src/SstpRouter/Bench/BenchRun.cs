namespace SstpRouter.Bench;

/// <summary>One run: what was asked for, in order.</summary>
internal static class BenchRun
{
    private static readonly string[] WithoutLab = [BenchGroups.Cipher, BenchGroups.Tun];

    /// <summary>Measures. Must be called by a thread that lives to the end.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="report">Where the rows go.</param>
    /// <param name="begins">Told the title of each group before it runs.</param>
    /// <exception cref="BenchFailure">A test could not be made.</exception>
    public static void Measure(BenchOptions options, BenchReport report, Action<string> begins)
    {
        TimeSpan time = options.Time;
        Run(BenchGroups.Cipher, () => CipherTests.Run(report, time));
        Run(BenchGroups.Tun, () => TunTests.Run(report, time));
        if (options.Groups.All(WithoutLab.Contains))
        {
            return;
        }

        using var lab = new BenchLab();
        Run(BenchGroups.Wire, () => WireTests.Run(report, lab, time));
        Run(BenchGroups.Tcp, () => TcpTests.Run(report, lab, time));
        Run(BenchGroups.Udp, () => PacketTests.RunRates(report, lab, time));
        Run(BenchGroups.Ping, () => PacketTests.RunRoundTrips(report, lab, time));
        string[] crowd = [.. options.Groups.Where(g => g is BenchGroups.Dial or BenchGroups.Memory)];
        if (crowd.Length > 0)
        {
            begins(BenchGroups.All.First(g => g.Name == crowd[0]).Title);
            CrowdTests.Run(report, lab, time, crowd);
        }

        void Run(string group, Action test)
        {
            if (options.Groups.Contains(group))
            {
                begins(BenchGroups.All.First(g => g.Name == group).Title);
                test();
            }
        }
    }
}
