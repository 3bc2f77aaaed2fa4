using SstpRouter.Lab.Tests.Harness;
using SstpRouter.Linux;
using SstpRouter.Tests.Shared;

namespace SstpRouter.Lab.Tests.Faults;

/// <summary>Something that goes wrong with a network, and is put right again.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Begin">Makes it go wrong.</param>
/// <param name="End">Puts it right; when this returns, the tunnel can be back.</param>
internal sealed record Fault(string Name, Action<FaultyNetwork> Begin, Action<FaultyNetwork> End)
{
    public static readonly Fault CableCut = new("cable cut in the middle", n => n.Cable.Cut(), n => n.Cable.Mend());

    public static readonly Fault InterfaceDown = new("interface down at the client", n => n.SetUplink(false), n => n.SetUplink(true));

    public static readonly Fault PowerCut = new("server loses its power (half-open)", n => n.PowerHqOff(), n => n.PowerHqOn());

    public static readonly Fault ServerKilled = new("server killed and started", n => n.KillHq(), n => n.StartHq());

    public static readonly Fault AddressChanged = new(
        "client's address changed",
        n => n.Cable.Cut(),
        n =>
        {
            n.Cable.Mend();
            n.Readdress();
        });

    public static readonly Fault OutwardLost = new(
        "nothing arrives at the server", n => n.Cable.Outward = new CableQuality { IsCut = true }, n => n.Cable.Mend());

    public static readonly Fault InwardLost = new(
        "nothing arrives at the client", n => n.Cable.Inward = new CableQuality { IsCut = true }, n => n.Cable.Mend());

    public static readonly Fault[] All = [CableCut, InterfaceDown, PowerCut, ServerKilled, AddressChanged, OutwardLost, InwardLost];

    /// <summary>Lets it happen for a time.</summary>
    /// <returns>How long after its end the first packet came back through the tunnel, in milliseconds.</returns>
    public long Strike(FaultyNetwork network, TimeSpan outage)
    {
        Begin(network);
        Thread.Sleep(outage); // the length of an outage is part of the fault
        End(network);
        return network.Pings.WaitForAnswerSince(MonotonicClock.Milliseconds, network.Describe);
    }
}
