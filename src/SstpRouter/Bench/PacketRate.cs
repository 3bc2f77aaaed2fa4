namespace SstpRouter.Bench;

/// <summary>How many packets a second come through with less than 1 % lost.</summary>
internal static class PacketRate
{
    /// <summary>The payload of a small packet, in octets.</summary>
    public const int Payload = 64;

    private const double AllowedLoss = 0.01;
    private const double FirstRate = 16_000;
    private const double LowestRate = 250;

    /// <summary>What the sender must reach of a rate, for it to mean anything.</summary>
    private const double KeptPace = 0.9;

    /// <summary>A test is this share of the time that a whole measurement may take, about.</summary>
    private const int TrialsExpected = 8;

    private const int Refinements = 4;

    /// <summary>Doubles the rate until too much is lost, then looks between.</summary>
    /// <param name="flood">Where to.</param>
    /// <param name="time">How long all of it may take, about.</param>
    /// <returns>Thousands of packets that arrived in a second; 0 where even the lowest rate lost more.</returns>
    public static double Highest(Flood flood, TimeSpan time)
    {
        TimeSpan trial = time / TrialsExpected;
        double best = 0;
        double good = 0;
        double bad = 0;
        for (double rate = FirstRate; bad == 0 && rate >= LowestRate;)
        {
            if (Try(flood, rate, trial) is { } arrived)
            {
                (good, best) = (rate, arrived);
                rate *= 2;
            }
            else if (good > 0)
            {
                bad = rate;
            }
            else
            {
                rate /= 2; // not even the first
            }
        }

        for (int i = 0; i < Refinements && good > 0; i++)
        {
            double rate = (good + bad) / 2;
            if (Try(flood, rate, trial) is { } arrived)
            {
                (good, best) = (rate, Math.Max(best, arrived));
            }
            else
            {
                bad = rate;
            }
        }

        return best;
    }

    // Twice: something else may have run the first time.
    private static double? Try(Flood flood, double rate, TimeSpan time) => TryOnce(flood, rate, time) ?? TryOnce(flood, rate, time);

    private static double? TryOnce(Flood flood, double rate, TimeSpan time)
    {
        (long sent, long received, TimeSpan took) = flood.Send(rate, time);
        return received >= sent * (1 - AllowedLoss) && sent >= rate * took.TotalSeconds * KeptPace
            ? received / took.TotalSeconds / 1e3
            : null;
    }
}
