using System.Collections;
using System.Globalization;
using SstpRouter.RouterOs.Language;

namespace SstpRouter.RouterOs.Storage;

/// <summary>What loading a configuration had to say: each command without effect and each property that was left out, in the order of the file.</summary>
/// <param name="file">The name of the file.</param>
/// <param name="commands">How many commands it holds.</param>
/// <param name="notices">What was said.</param>
public sealed class LoadReport(string file, int commands, IReadOnlyList<StoreNotice> notices) : IReadOnlyList<StoreNotice>
{
    /// <summary>How many commands the file holds, paths included.</summary>
    public int Commands => commands;

    /// <summary>How many of them had no effect; those that lost only a property are not counted.</summary>
    public int Lost => notices.Count(n => n.Kind is not (null or FailureKind.UnknownProperty));

    /// <inheritdoc/>
    public int Count => notices.Count;

    /// <inheritdoc/>
    public StoreNotice this[int index] => notices[index];

    /// <summary>One line for each thing to mend: the commands of a menu that is not there are counted in the line about their menu.</summary>
    public IEnumerable<string> Lines()
    {
        for (int i = 0; i < notices.Count; i++)
        {
            int behind = notices.Skip(i + 1).TakeWhile(n => n.Kind == FailureKind.BehindUnknownMenu).Count();
            yield return notices[i].Kind == FailureKind.UnknownMenu && behind > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{notices[i]}, which leaves {behind} command(s) of {notices[i + 1].Menu} without effect")
                : notices[i].ToString();
            i += notices[i].Kind == FailureKind.UnknownMenu ? behind : 0;
        }
    }

    /// <summary>The whole in one line.</summary>
    public string Summary()
    {
        if (notices.Count == 0)
        {
            return $"{file}: every line has effect";
        }

        int unknown = Of(FailureKind.UnknownMenu);
        (int Number, string What)[] parts =
        [
            (unknown, string.Create(CultureInfo.InvariantCulture, $"unknown menu(s) or command(s) with {Of(FailureKind.BehindUnknownMenu)} command(s) in them")),
            (Of(FailureKind.UnknownProperty), "property(s) left out"),
            (Of(FailureKind.Refused), "refused"),
            (Of(FailureKind.Unreadable), "unreadable"),
        ];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{file}: {commands - Lost} of {commands} commands have effect; {string.Join(", ", parts.Where(p => p.Number > 0).Select(p => $"{p.Number} {p.What}"))}");

        int Of(FailureKind kind) => notices.Count(n => n.Kind == kind);
    }

    /// <inheritdoc/>
    public IEnumerator<StoreNotice> GetEnumerator() => notices.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
