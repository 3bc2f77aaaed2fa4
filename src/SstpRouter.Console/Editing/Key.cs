namespace SstpRouter.Console.Editing;

/// <summary>What a key means to the line editor.</summary>
public enum KeyKind
{
    /// <summary>Text to insert: <see cref="Key.Text"/>.</summary>
    Text,

    /// <summary>The line is done.</summary>
    Enter,

    /// <summary>One character to the left: Left, Ctrl-B.</summary>
    Left,

    /// <summary>One character to the right: Right, Ctrl-F.</summary>
    Right,

    /// <summary>To the start of the line: Home, Ctrl-A.</summary>
    Home,

    /// <summary>To the end of the line: End, Ctrl-E.</summary>
    End,

    /// <summary>An older line: Up, Ctrl-P.</summary>
    Older,

    /// <summary>A newer line: Down, Ctrl-N.</summary>
    Newer,

    /// <summary>Deletes to the left: Backspace, Ctrl-H.</summary>
    Backspace,

    /// <summary>Deletes under the cursor: Delete.</summary>
    Delete,

    /// <summary>Deletes to the end of the line: Ctrl-K.</summary>
    KillToEnd,

    /// <summary>Deletes to the start of the line: Ctrl-U.</summary>
    KillToStart,

    /// <summary>Draws the line again on a clean screen: Ctrl-L, F5.</summary>
    Redraw,

    /// <summary>Gives the line up: Ctrl-C.</summary>
    Interrupt,

    /// <summary>Leaves on an empty line, deletes under the cursor otherwise: Ctrl-D.</summary>
    Leave,

    /// <summary>To the start of a word: Ctrl-Left, Alt-B.</summary>
    WordLeft,

    /// <summary>Behind the end of a word: Ctrl-Right, Alt-F.</summary>
    WordRight,

    /// <summary>Completes the word: Tab.</summary>
    Complete,

    /// <summary>Lists what may stand here: F1.</summary>
    Help,

    /// <summary>Searches the history: Ctrl-R, F3.</summary>
    Search,

    /// <summary>Takes safe mode or lets it go: Ctrl-X, F4.</summary>
    SafeMode,

    /// <summary>Completes words by itself, or no more: F7, Ctrl-V.</summary>
    HotLock,

    /// <summary>Shows all lines of a text of several, or one: F8.</summary>
    Expand,

    /// <summary>Splits the line in two: Ctrl-\.</summary>
    Split,

    /// <summary>Runs the line in the background: Ctrl-T.</summary>
    Background,

    /// <summary>Puts the line aside, or takes it back: F6.</summary>
    Cellar,

    /// <summary>Keeps a text that is edited on the whole screen: Ctrl-O.</summary>
    Save,

    /// <summary>Puts the lines that were cut back: Ctrl-Y.</summary>
    Paste,

    /// <summary>Holds a live screen: Ctrl-Z.</summary>
    Pause,

    /// <summary>A screen back: Page Up.</summary>
    PageUp,

    /// <summary>A screen on: Page Down.</summary>
    PageDown,

    /// <summary>Escape alone.</summary>
    Escape,

    /// <summary>Where the cursor stands, as the terminal reports it: <see cref="Key.Text"/> is <c>ROW;COLUMN</c>.</summary>
    CursorReport,

    /// <summary>No key: the router has something to say.</summary>
    Stirred,

    /// <summary>No key: the terminal has another size.</summary>
    Resized,

    /// <summary>No key: the terminal has gone.</summary>
    Gone,

    /// <summary>A key without a meaning; it does nothing.</summary>
    Unknown,
}

/// <summary>A key press.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Text">What it inserts: whole characters, no control characters; empty for most other kinds.</param>
public readonly record struct Key(KeyKind Kind, string Text = "")
{
    /// <summary>A key that inserts text.</summary>
    public static Key Of(string text) => new(KeyKind.Text, text);
}
