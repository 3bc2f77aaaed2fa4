using System.Globalization;

namespace SstpRouter.RouterOs.Storage;

/// <summary>Something that reading a configuration had to say: a line that could not be run, a file that was edited by hand.</summary>
/// <param name="File">The name of the file, without its directory.</param>
/// <param name="Line">The line in it, from 1; 0 where it is about the whole file.</param>
/// <param name="Text">What is the matter, in words for the user.</param>
/// <param name="Source">The line that could not be run, as it was written, behind the menu that it stood in; null where there is none.</param>
public sealed record StoreNotice(string File, int Line, string Text, string? Source = null)
{
    /// <summary>True where a line of the configuration has no effect.</summary>
    public bool IsRejection => Source is not null;

    /// <summary><c>config.rsc line 12: no such item</c>; the rejected line itself is not part of it, since it may hold a password.</summary>
    public override string ToString() =>
        Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{File} line {Line}: {Text}") : $"{File}: {Text}";
}
