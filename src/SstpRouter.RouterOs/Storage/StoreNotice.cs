using System.Globalization;
using SstpRouter.RouterOs.Language;

namespace SstpRouter.RouterOs.Storage;

/// <summary>Something that reading a configuration had to say: a line that could not be run, a file that was edited by hand.</summary>
/// <param name="File">The name of the file, without its directory.</param>
/// <param name="Line">The line in it, from 1; 0 where it is about the whole file.</param>
/// <param name="Text">What is the matter, in words for the user.</param>
/// <param name="Source">The line that could not be run, as it was written, behind the menu that it stood in; null where there is none.</param>
public sealed record StoreNotice(string File, int Line, string Text, string? Source = null)
{
    /// <summary>The column in its line, from 1; 0 where it is not known.</summary>
    public int Column { get; init; }

    /// <summary>What kind of fault it is; null where it is none of a line.</summary>
    public FailureKind? Kind { get; init; }

    /// <summary>Where the statement starts that it is about; several notices may be about one.</summary>
    public SourcePosition Statement { get; init; }

    /// <summary>The menu that the line stood in, as an export writes it.</summary>
    public string Menu { get; init; } = "";

    /// <summary>True where a line of the configuration has no effect, or not all of it.</summary>
    public bool IsRejection => Source is not null;

    /// <summary><c>config.rsc line 12 column 5: no such item</c>; the rejected line itself is not part of it, since it may hold a password.</summary>
    public override string ToString() =>
        Line == 0 ? $"{File}: {Text}"
        : Column == 0 ? string.Create(CultureInfo.InvariantCulture, $"{File} line {Line}: {Text}")
        : string.Create(CultureInfo.InvariantCulture, $"{File} line {Line} column {Column}: {Text}");
}
