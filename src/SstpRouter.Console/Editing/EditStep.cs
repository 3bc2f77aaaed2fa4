namespace SstpRouter.Console.Editing;

/// <summary>How a line stands after a key.</summary>
public enum EditOutcome
{
    /// <summary>It is still being edited.</summary>
    Editing,

    /// <summary>It was entered.</summary>
    Entered,

    /// <summary>It was given up: Ctrl-C.</summary>
    Interrupted,

    /// <summary>The user leaves: Ctrl-D on an empty line.</summary>
    Closed,

    /// <summary>It was entered, to run in the background.</summary>
    Background,

    /// <summary>The user wants safe mode, or to let it go; the line goes on afterwards.</summary>
    SafeMode,
}

/// <summary>What a key did.</summary>
/// <param name="Screen">What to write to the terminal, VT100 sequences included; may be empty.</param>
/// <param name="Outcome">How the line stands.</param>
/// <param name="Line">The line where it was entered or goes on, else empty.</param>
public readonly record struct EditStep(string Screen, EditOutcome Outcome = EditOutcome.Editing, string Line = "");
