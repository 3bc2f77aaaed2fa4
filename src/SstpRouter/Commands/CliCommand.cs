using System.Text;
using SstpRouter.Console;
using SstpRouter.Console.Editing;
using SstpRouter.Console.Screens;
using SstpRouter.Console.Targets;
using SstpRouter.Console.Terminals;
using SstpRouter.Control;

namespace SstpRouter.Commands;

/// <summary><c>cli</c>: a console at a running router, also as a login shell.</summary>
internal static class CliCommand
{
    private const string UsualUser = "admin";
    private const int MostAttempts = 5;

    public static int Run(Options options)
    {
        string socket = StatePaths.ControlSocket(StatePaths.Of(options));
        (string user, TerminalOptions kind) = TerminalOptions.Parse(options["--user"] ?? LoginShell.LoginName ?? UsualUser);
        string? words = options.Words.Count > 0 ? string.Join(' ', options.Words) : null;
        if ((options["-c"] ?? words ?? LoginShell.SshCommand) is { } command)
        {
            return RunOne(socket, user, kind, command);
        }

        using var terminal = new SystemTerminal(kind);
        return options.Has("--login") ? LogIn(terminal, socket) : Open(terminal, socket, user, password: null);
    }

    /// <summary>Edited lines on a terminal, plain ones from a pipe.</summary>
    public static ILineSource LinesOf(SystemTerminal terminal, ICommandTarget target) =>
        terminal.CanEdit ? new EditedLines(terminal, target)
        : terminal.HasKeys ? new TypedLines(terminal, target)
        : new PlainLines(new StreamReader(StandardStreams.Input()), System.Console.IsInputRedirected ? null : terminal.Write);

    private static int RunOne(string socket, string user, TerminalOptions kind, string command)
    {
        using ControlClient client = ControlClient.Connect(socket, Terminal(user, kind.Width ?? 80, kind.Height ?? 24, isInteractive: false));
        using Stream output = StandardStreams.Output();
        CommandOutcome outcome = client.Run(command, text => output.Write(Encoding.UTF8.GetBytes(text)));
        if (outcome.Error.Length > 0)
        {
            output.Write(Encoding.UTF8.GetBytes(outcome.Error + "\n")); // where RouterOS writes it, and programs look for it
        }

        return outcome.Status;
    }

    private static int LogIn(SystemTerminal terminal, string socket)
    {
        if (!terminal.HasKeys)
        {
            throw new MisuseException("--login needs a terminal, since a name and a password are asked for");
        }

        var question = new Question(terminal);
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            Answer name = question.Ask(AskKind.Line, "Login: ");
            Answer password = name.Kind == AnswerKind.Given ? question.Ask(AskKind.Hidden, "Password: ") : name;
            if (password.Kind != AnswerKind.Given)
            {
                return 1;
            }

            (string user, TerminalOptions kind) = TerminalOptions.Parse(name.Text.Trim());
            try
            {
                if (ControlTerminal.IsUserName(user))
                {
                    terminal.Options = kind;
                    return Open(terminal, socket, user, password.Text);
                }
            }
            catch (ControlError error) when (ControlClient.IsLoginFailure(error))
            {
                terminal.Options = new TerminalOptions();
            }

            terminal.Write("\nLogin failed, incorrect username or password\n\n");
        }

        return 1;
    }

    private static int Open(SystemTerminal terminal, string socket, string user, string? password)
    {
        terminal.FindSize();
        using ControlClient client = ControlClient.Connect(
            socket, Terminal(user, terminal.Width, terminal.Height, isInteractive: true) with { Password = password });
        var target = new RouterTarget(client);
        if (terminal.CanEdit)
        {
            terminal.Write(Banner.Text(VersionText.Line.TrimEnd()));
        }

        return new ConsoleLoop(terminal, LinesOf(terminal, target), target) { KeepsFaultyLines = terminal.CanEdit && !terminal.Options.IsProgram }.Run();
    }

    private static ControlTerminal Terminal(string user, int width, int height, bool isInteractive) => new(user, width, height, isInteractive)
    {
        From = LoginShell.Ssh ?? "",
        Via = LoginShell.Ssh is null ? "local" : "ssh",
    };
}
