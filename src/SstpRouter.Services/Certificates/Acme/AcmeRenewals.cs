using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Logging;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.Services.Certificates.Acme;

/// <summary>Renews the certificates that ACME brought when four fifths of their life are over, and tries again ever less often where that fails. What it
/// tried is kept with the item: a restart neither asks the authority at once again nor says the same again.</summary>
internal sealed class AcmeRenewals(AcmeItems managed, IAcmeIssuer issuer, RouterLog? log)
{
    /// <summary>How much of its life a certificate has when it is renewed.</summary>
    public const double PartOfLife = 0.8;

    /// <summary>After how long a first failure is followed by another attempt, and how much longer each further one takes.</summary>
    public static readonly TimeSpan FirstRetry = TimeSpan.FromMinutes(1);

    /// <summary>The longest time between two attempts.</summary>
    public static readonly TimeSpan LastRetry = TimeSpan.FromHours(12);

    // An authority counts failures by the hour and allows few.
    private const int Growth = 4;

    /// <summary>When the certificate of an item is to be renewed.</summary>
    public static DateTimeOffset DueAt(IPropertySource item, KnownCertificate known, DateTimeOffset now)
    {
        DateTimeOffset due = known.About.InvalidBefore + ((known.About.InvalidAfter - known.About.InvalidBefore) * PartOfLife);
        DateTimeOffset retry = item.Text("acme-retry") is { Length: > 0 } kept ? RouterTime.Read(kept) : due;
        // A retry that lies farther ahead was noted while the clock was wrong.
        return retry > due && retry - now <= AcmeAnswer.LongestWait ? retry : due;
    }

    /// <summary>What <c>acme-status</c> shows.</summary>
    public static string StatusOf(IPropertySource item, KnownCertificate known, DateTimeOffset now)
    {
        string due = RouterTime.Show(DueAt(item, known, now));
        return item.Text("acme-fault") is { Length: > 0 } fault ? $"failed, next attempt at {due}: {fault}" : $"valid, renewed at {due}";
    }

    /// <summary>Renews what is due, one after the other. Waits for the network: never on the control thread.</summary>
    /// <param name="now">Tells the time.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>When to look again at the latest; null where there is nothing to look at.</returns>
    public async Task<DateTimeOffset?> Check(Func<DateTimeOffset> now, CancellationToken cancellation)
    {
        foreach ((Item item, KnownCertificate known) in managed.All.ToList())
        {
            if (DueAt(item, known, now()) <= now())
            {
                await Renew(item, now, cancellation).ConfigureAwait(false);
            }
        }

        managed.RemoveUnused();
        return managed.All.Select(p => (DateTimeOffset?)DueAt(p.Item, p.Known, now())).Min();
    }

    private async Task Renew(Item item, Func<DateTimeOffset> now, CancellationToken cancellation)
    {
        string name = item.Text("name");
        try
        {
            IssuedCertificate issued = await issuer.Issue(AcmeItems.RequestOf(item), _ => { }, cancellation).ConfigureAwait(false);
            if (managed.Exists(item.Id))
            {
                managed.Replace(item.Id, issued);
                log?.Info("certificate", $"certificate <{name}> was renewed");
            }
        }
        catch (AcmeError error)
        {
            Failed(item, error, now());
        }
        catch (ScriptError error)
        {
            Failed(item, new AcmeError("store", error.Message), now());
        }
    }

    private void Failed(Item item, AcmeError error, DateTimeOffset now)
    {
        int failures = item.Number("acme-failures") + 1;
        TimeSpan wait = FirstRetry * Math.Min(Math.Pow(Growth, failures - 1), LastRetry / FirstRetry);
        if (error.RetryAfter is { } theirs && theirs > wait)
        {
            wait = theirs;
        }

        if (item.Text("acme-kind") != error.Kind)
        {
            log?.Warning("certificate", $"certificate <{item.Text("name")}> was not renewed, it is tried again: {error.Message}");
        }

        managed.Remember(
            item.Id,
            ("acme-failures", Value.Of(failures)),
            ("acme-retry", Value.Of(RouterTime.Keep(now + wait))),
            ("acme-fault", Value.Of(error.Message)),
            ("acme-kind", Value.Of(error.Kind)));
    }
}
