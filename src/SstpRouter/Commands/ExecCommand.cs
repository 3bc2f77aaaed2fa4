using SstpRouter.Control;

namespace SstpRouter.Commands;

/// <summary><c>exec</c>: one command at a running router.</summary>
internal static class ExecCommand
{
    private const int UsualWidth = 80;
    private const int UsualHeight = 24;

    public static int Run(Options options)
    {
        if (options.Words.Count == 0)
        {
            throw new MisuseException("exec needs a command, for example: sstp-router exec /interface print");
        }

        var terminal = new ControlTerminal(options["--user"] ?? "admin", Width, UsualHeight, IsInteractive: false);
        using ControlClient client = ControlClient.Connect(StatePaths.ControlSocket(StatePaths.Of(options)), terminal);
        System.Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            client.Interrupt();
        };
        CommandOutcome outcome = client.Run(string.Join(' ', options.Words), text =>
        {
            System.Console.Out.Write(text);
            System.Console.Out.Flush();
        });
        if (outcome.Error.Length > 0)
        {
            System.Console.Error.WriteLine(outcome.Error);
        }

        return outcome.Status;
    }

    private static int Width
    {
        get
        {
            if (int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out int columns) && columns is > 0 and <= ushort.MaxValue)
            {
                return columns;
            }

            return !System.Console.IsOutputRedirected && System.Console.WindowWidth > 0 ? System.Console.WindowWidth : UsualWidth;
        }
    }
}
