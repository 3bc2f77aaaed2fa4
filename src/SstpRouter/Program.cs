using System.Text;
using SstpRouter.Bench;
using SstpRouter.Commands;
using SstpRouter.Console.Terminals;
using SstpRouter.Control;

namespace SstpRouter;

/// <summary>The program: picks the verb and turns what nobody below could handle into one line and an exit status.</summary>
internal static class Program
{
    private const int Failed = 1;
    private const int Misused = 2;

    public static int Main(string[] arguments)
    {
        try
        {
            return arguments switch
            {
                ["run", .. var rest] => RunCommand.Run(new Options(rest, "--state", "--config", "--workers", "--device-key", "--record", "--debug!")),
                ["exec", .. var rest] => ExecCommand.Run(Options.Leading(rest, "--state", "--user")),
                ["cli", .. var rest] => CliCommand.Run(Options.Leading(rest, "--state", "--user", "--login!", "-c")),
                ["check", .. var rest] => CheckCommand.Run(new Options(rest)),
                ["reference", .. var rest] => ReferenceCommand.Run(new Options(rest)),
                ["lab", .. var rest] => LabCommand.Run(new Options(rest, "--once!", "--certificate!", "--debug!")),
                ["bench", .. var rest] => BenchCommand.Run(new Options(rest, BenchOptions.Known)),
                [LabCommand.NodeVerb, .. var rest] => LabCommand.RunNode(rest),
                ["--version"] => Print(VersionText.Line),
                ["--help"] or ["-h"] or ["help"] => Print(HelpText.Whole),
                // As a login shell: without arguments for a terminal, with -c TEXT for a command.
                [] when LoginShell.IsOne => CliCommand.Run(new Options([], "--state")),
                ["-c", var text] => CliCommand.Run(new Options(["-c", text], "-c")),
                [] => Misuse(HelpText.Whole),
                [var unknown, ..] => Misuse($"sstp-router: there is no command {unknown}; see sstp-router --help\n"),
            };
        }
        catch (MisuseException exception)
        {
            return Misuse($"sstp-router: {exception.Message}\n");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ControlError)
        {
            return Complain($"sstp-router: {exception.Message}\n", Failed);
        }
    }

    private static int Print(string text)
    {
        System.Console.Out.Write(text);
        return 0;
    }

    private static int Misuse(string text) => Complain(text, Misused);

    private static int Complain(string text, int status)
    {
        using Stream error = StandardStreams.Error();
        error.Write(Encoding.UTF8.GetBytes(text));
        return status;
    }
}
