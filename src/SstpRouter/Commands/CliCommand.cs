using SstpRouter.Console;
using SstpRouter.Console.Editing;
using SstpRouter.Console.Targets;
using SstpRouter.Console.Terminals;
using SstpRouter.Control;

namespace SstpRouter.Commands;

/// <summary><c>cli</c>: a console at a running router.</summary>
internal static class CliCommand
{
    public static int Run(Options options)
    {
        options.RequireNoWords();
        using var terminal = new SystemTerminal();
        var size = new ControlTerminal(options["--user"] ?? "admin", terminal.Width, terminal.Height, IsInteractive: true);
        using ControlClient client = ControlClient.Connect(StatePaths.ControlSocket(StatePaths.Of(options)), size);
        return new ConsoleLoop(terminal, LinesOf(terminal), new RouterTarget(client)).Run();
    }

    /// <summary>Edited lines on a terminal, plain ones from a pipe.</summary>
    public static ILineSource LinesOf(SystemTerminal terminal) =>
        terminal.CanEdit ? new EditedLines(terminal) : new PlainLines(System.Console.In);
}
