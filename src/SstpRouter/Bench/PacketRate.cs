namespace SstpRouter.Bench;

/// <summary>How many packets a second come through with less than 1 % lost.</summary>
internal static class PacketRate
{
    /// <summary>The payload of a small packet, in octets.</summary>
    public const int Payload = 64;

    private const double AllowedLoss = 0.01;
    private const double FirstRate = 16_000;
    private const double LowestRate = 250;

    /// <summary>A sender that reaches less than this of a rate is at its own end, and need not be asked for more.</summary>
    private const double KeptPace = 0.8;

    /// <summary>A trial is this share of the time that a whole measurement may take, about.</summary>
    private const int TrialsExpected = 8;

    private const int Refinements = 4;

    /// <summary>Doubles the rate until too much is lost, then looks between.</summary>
    /// <param name="flood">Where to.</param>
    /// <param name="time">How long all of it may take, about.</param>
    /// <returns>Thousands of packets that arrived in a second; 0 where even the lowest rate lost too much.</returns>
    public static double Highest(Flood flood, TimeSpan time)
    {
        TimeSpan trial = time / TrialsExpected;
        double best = 0;
        double good = 0;
        double bad = double.PositiveInfinity;
        int refinements = 0;
        for (double rate = FirstRate; rate >= LowestRate && refinements <= Refinements;)
        {
            // Twice: something else may have run the first time.
            Trial outcome = Try(flood, rate, trial);
            outcome = outcome.IsLossy ? Try(flood, rate, trial) : outcome;
            if (outcome.IsLossy)
            {
                bad = rate;
            }
            else
            {
                good = rate;
                best = Math.Max(best, outcome.Arrived);
                if (!outcome.IsPaceKept)
                {
                    break;
                }
            }

            refinements += good > 0 && double.IsFinite(bad) ? 1 : 0;
            rate = good == 0 ? rate / 2 : double.IsFinite(bad) ? (good + bad) / 2 : rate * 2;
        }

        return best / 1e3;
    }

    private static Trial Try(Flood flood, double rate, TimeSpan time)
    {
        (long sent, long received, TimeSpan took) = flood.Send(rate, time);
        return new Trial(received < sent * (1 - AllowedLoss), sent >= rate * took.TotalSeconds * KeptPace, received / took.TotalSeconds);
    }

    /// <summary>What became of some packets.</summary>
    private readonly record struct Trial(bool IsLossy, bool IsPaceKept, double Arrived);
}
