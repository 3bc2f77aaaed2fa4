using SstpRouter.Commands;
using SstpRouter.Console;
using SstpRouter.Console.Targets;
using SstpRouter.Console.Terminals;

namespace SstpRouter.Lab;

/// <summary>The lab's prompt: both routers at one, by name.</summary>
internal sealed class LabPrompt(LabRouter branch, LabRouter hq, LabScreen screen)
{
    public void Run()
    {
        screen.Step("your turn: RouterOS commands go to the router in the prompt; branch or hq alone changes it, before a command it goes there; /quit ends");
        using var terminal = new SystemTerminal();
        var targets = new NamedTargets((branch.Name, new RouterTarget(branch.Client)), (hq.Name, new RouterTarget(hq.Client)));
        screen.Aside = terminal.CanEdit ? targets.Say : null;
        new ConsoleLoop(terminal, CliCommand.LinesOf(terminal, targets), targets).Run();
        screen.Aside = null;
        screen.Raw(((ICommandTarget)targets).TakeNotices());
    }
}
