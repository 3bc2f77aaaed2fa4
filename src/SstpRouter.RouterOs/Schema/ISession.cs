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


    /// <summary>Shows a screen in the place of the one that the same command showed before; where there is no terminal, below it.</summary>
    /// <param name="screen">Whole lines, each ending with <c>\n</c>.</param>
    void Redraw(string screen)
    {
        Output.Write(screen);
        Output.Flush();
    }
