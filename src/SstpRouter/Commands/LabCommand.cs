using System.Globalization;
using SstpRouter.Lab;
using SstpRouter.Linux;

namespace SstpRouter.Commands;

/// <summary><c>lab</c>: two routers, a cable, a tunnel, a prompt.</summary>
internal static class LabCommand
{
    /// <summary>The verb of the lab's own children; not for people.</summary>
    public const string NodeVerb = "lab-router";

    public static int Run(Options options)
    {
        options.RequireNoWords();
        if (ProcessControl.EffectiveUserId != 0)
        {
            System.Console.Error.WriteLine("sstp-router lab: needs root, because it makes two network namespaces; run it with sudo");
            return 1;
        }

        var screen = new LabScreen(System.Console.Out, colours: !System.Console.IsOutputRedirected);
        screen.Step("two routers, each in a network namespace of its own");
        string[] running = ["--workers", "1", .. options.Has("--debug") ? (string[])["--debug"] : []];
        using var hq = new LabRouter("hq", line => screen.Log("hq", line), running);
        using var branch = new LabRouter("branch", line => screen.Log("branch", line), running);
        try
        {
            hq.Connect(LabScreen.Width);
            branch.Connect(LabScreen.Width);
            LabWire.Connect(hq, branch);
            new LabStory(branch, hq, screen).Tell(options.Has("--certificate"));
        }
        catch (LabFailure failure)
        {
            screen.Error(failure.Message);
            return 1;
        }

        if (!options.Has("--once"))
        {
            new LabPrompt(branch, hq, screen).Run();
        }

        return 0;
    }

    public static int RunNode(string[] arguments) =>
        arguments is [var lab, .. var rest] && int.TryParse(lab, NumberStyles.None, CultureInfo.InvariantCulture, out int process)
            ? LabRouter.Become(process, rest)
            : 1;
}
