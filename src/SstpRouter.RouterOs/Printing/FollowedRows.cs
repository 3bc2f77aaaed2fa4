using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Printing;

/// <summary>The rows of a menu as they come and change, for <c>print follow</c>.</summary>
internal sealed class FollowedRows
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private Dictionary<ulong, string> _seen = [];

    /// <summary>Shows what is new or has changed, again and again until the user interrupts.</summary>
    /// <param name="session">Whose interruption ends it.</param>
    /// <param name="list">Lists the rows as they are now.</param>
    /// <param name="show">Shows a listing; the first one is whole, those behind it hold only what is new or has changed.</param>
    /// <param name="skipsFirst">True to show only what comes from now on.</param>
    public static void Show(ISession session, Func<Listing> list, Action<Listing> show, bool skipsFirst)
    {
        var followed = new FollowedRows();
        Listing first = followed.Next(list());
        if (!skipsFirst)
        {
            show(first);
        }

        while (!session.Cancellation.WaitHandle.WaitOne(Interval))
        {
            Listing next = followed.Next(list());
            if (next.Rows.Count > 0)
            {
                show(next.WithoutHead());
                session.Output.Flush();
            }
        }
    }

    private Listing Next(Listing now)
    {
        var seen = new Dictionary<ulong, string>(now.Rows.Count);
        var fresh = new List<ListedRow>();
        foreach (ListedRow listed in now.Rows)
        {
            string content = ContentOf(now, listed.Row);
            seen[listed.Row.Id] = content;
            if (_seen.GetValueOrDefault(listed.Row.Id) != content)
            {
                fresh.Add(listed);
            }
        }

        _seen = seen;
        return now.With(fresh);
    }

    // Time that only passes (uptime) is no change.
    private static string ContentOf(Listing listing, Row row) => string.Join(
        '\n',
        listing.Menu.Properties
            .Where(p => !p.IsHiddenInDetail && !(p.IsReadOnly && p.Type == Types.Time))
            .Select(p => Listing.TextOf(p, row))
            .Append(row.Comment).Append(row.Fault).Append(new string([.. row.Flags.Order()])));
}
