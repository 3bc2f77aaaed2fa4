namespace SstpRouter.RouterOs.Schema;

/// <summary>Who runs a command and where its output goes: a console, an SSH login, a script.</summary>
public interface ISession
{
    /// <summary>The user's name, for the log.</summary>
    string UserName { get; }

    /// <summary>The width of the terminal in columns; 80 where there is none.</summary>
    int Width { get; }

    /// <summary>Where output goes; lines end with <c>\n</c>.</summary>
    TextWriter Output { get; }

    /// <summary>The item numbers that the last <c>print</c> of each menu gave out.</summary>
    ItemNumbers Numbers { get; }

    /// <summary>Set when the user interrupts or goes away: long commands end then.</summary>
    CancellationToken Cancellation { get; }

    /// <summary>What tells this login from every other, of the same user too; empty for the router itself.</summary>
    string Id => "";

    /// <summary>What the user may do; everything for the router itself.</summary>
    Policies Policies => Policies.All;

    /// <summary>Asks the user for a line while a command runs.</summary>
    /// <param name="prompt">The question, blank at the end included: <c>new password: </c>.</param>
    /// <param name="isHidden">True for what nobody may see: stars stand for its characters.</param>
    /// <exception cref="Language.ScriptError">Nobody is there to answer: <c>this command requires user input</c>.</exception>
    /// <exception cref="OperationCanceledException">The user broke off.</exception>
    string Ask(string prompt, bool isHidden) => throw new Language.ScriptError("this command requires user input");

    /// <summary>Asks the user for one key while a command runs.</summary>
    /// <param name="prompt">The question, blank at the end included: <c>Reboot, yes? [y/N]: </c>.</param>
    /// <returns>The key in lower case; NUL for Enter and for keys that are no character.</returns>
    /// <exception cref="Language.ScriptError">Nobody is there to answer: <c>this command requires user input</c>.</exception>
    /// <exception cref="OperationCanceledException">The user broke off.</exception>
    char AskKey(string prompt) => throw new Language.ScriptError("this command requires user input");

    /// <summary>Has the user edit a text.</summary>
    /// <param name="text">The text as it stands.</param>
    /// <returns>The text as the user wants it; null where it is to stay as it is.</returns>
    /// <exception cref="Language.ScriptError">Nobody is there to edit: <c>this command requires user input</c>.</exception>
    string? Edit(string text) => throw new Language.ScriptError("this command requires user input");

    /// <summary>True where the user answers <c>y</c> to a question.</summary>
    /// <param name="question">It, without the choice: <c>Reboot, yes?</c> is shown as <c>Reboot, yes? [y/N]: </c>.</param>
    /// <exception cref="Language.ScriptError">Nobody is there to answer: <c>this command requires user input</c>.</exception>
    /// <exception cref="OperationCanceledException">The user broke off.</exception>
    bool Confirm(string question) => AskKey(question + " [y/N]: ") == 'y';

    /// <summary>Shows a screen in the place of the one that the same command showed before; where there is no terminal, below it.</summary>
    /// <param name="screen">Whole lines, each ending with <c>\n</c>.</param>
    void Redraw(string screen)
    {
        Output.Write(screen);
        Output.Flush();
    }
}

/// <summary>Item numbers as the last <c>print</c> of a menu assigned them; they stay until the next one, whatever is added or removed.</summary>
public sealed class ItemNumbers
{
    private readonly Dictionary<Menu, IReadOnlyList<ulong>> _ids = [];

    /// <summary>Keeps what a <c>print</c> showed: the id at each number.</summary>
    public void Remember(Menu menu, IReadOnlyList<ulong> ids) => _ids[menu] = ids;

    /// <summary>The ids by number, or null where the menu was not printed yet (then numbers count through its items).</summary>
    public IReadOnlyList<ulong>? Of(Menu menu) => _ids.GetValueOrDefault(menu);

    /// <summary>Forgets all numbers; scripts run without any.</summary>
    public void Clear() => _ids.Clear();
}
