using System.Globalization;

namespace SstpRouter.RouterOs.Language;

/// <summary>A place in a script: both count from 1, as RouterOS does in its error texts.</summary>
/// <param name="Line">The line.</param>
/// <param name="Column">The column, in characters.</param>
public readonly record struct SourcePosition(int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"(line {Line} column {Column})");
}

/// <summary>A command that could not be carried out, in the user's own words: what the console prints in red.</summary>
/// <remarks>The text is RouterOS's where it has one (<c>expected end of command</c>, <c>failure: already have interface with such
/// name</c>); syntax errors carry the place, which <see cref="Exception.Message"/> then ends with.</remarks>
public sealed class ScriptError : Exception
{
    private const string ScriptMark = "Script Error: ";

    private string? _place;

    /// <summary>An error with nothing to point at.</summary>
    public ScriptError(string text)
        : base(text)
    {
        Text = text;
    }

    /// <summary>An error at a place in the script.</summary>
    public ScriptError(string text, SourcePosition position)
        : base(text + " " + position)
    {
        Text = text;
        Position = position;
    }

    /// <summary>The text without the place.</summary>
    public string Text { get; }

    /// <summary>The place, where the text alone would not say it.</summary>
    public SourcePosition? Position { get; }

    /// <summary>The message as it is told of a script that ran out of sight: <c>Script Error: failure: already have interface with name X
    /// (/interface/bridge/add; line 1)</c>.</summary>
    public string InScript =>
        Text.StartsWith(ScriptMark, StringComparison.Ordinal) ? Message
        : Position is null && _place is not null ? $"{ScriptMark}{Text} ({_place})"
        : ScriptMark + Message;

    /// <summary>Says which command failed, where nothing has said so yet.</summary>
    /// <param name="command">The command with its menu, in v7 form.</param>
    /// <param name="position">Where it stands in its script.</param>
    internal void Locate(string command, SourcePosition position) =>
        _place ??= string.Create(CultureInfo.InvariantCulture, $"{command}; line {position.Line}");

    /// <summary>A refusal by the menu itself: <c>failure: REASON</c>.</summary>
    public static ScriptError Failure(string reason) => new("failure: " + reason);

    /// <summary>An item that is named but not there.</summary>
    public static ScriptError NoSuchItem() => new("no such item");
}
