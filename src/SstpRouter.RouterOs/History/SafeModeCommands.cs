using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.History;

/// <summary>The commands of <c>/safe-mode</c>, for scripts; the console has a key.</summary>
internal static class SafeModeCommands
{
    public static void Attach(Menu menu, SafeMode safeMode)
    {
        Give("take", c => Take(safeMode, c));
        Give("release", c => Say(safeMode, c.Session, "Releasing Safe Mode", safeMode.Release));
        Give("unroll", c => Say(safeMode, c.Session, "Unrolling Safe Mode", safeMode.Unroll));
        Give("toggle", c =>
        {
            if (safeMode.Holder?.SessionId == c.Session.Id)
            {
                Say(safeMode, c.Session, "Releasing Safe Mode", safeMode.Release);
            }
            else
            {
                Take(safeMode, c);
            }
        });

        void Give(string command, Action<CommandInvocation> run) => menu.Command(command)!.Run = invocation =>
        {
            run(invocation);
            return Value.Nothing;
        };
    }

    private static void Take(SafeMode safeMode, CommandInvocation command)
    {
        ISession by = command.Session;
        switch (command["on-error"]?.ToText())
        {
            case "unroll" when safeMode.Holder is { } other && other.SessionId != by.Id:
                safeMode.Unroll(by);
                break;
            case "release" when safeMode.Holder is { } other && other.SessionId != by.Id:
                safeMode.Release(by);
                break;
            case null or "abort" or "release" or "unroll":
                break;
            default:
                throw new ScriptError("input does not match any value of on-error");
        }

        Say(safeMode, by, "Taking Safe Mode session", safeMode.Take);
    }

    private static void Say(SafeMode safeMode, ISession by, string doing, Func<ISession, SafeModeOutcome> act)
    {
        switch (act(by))
        {
            case SafeModeOutcome.TakenByAnother:
                throw new ScriptError($"Safe Mode is taken by {Other(safeMode, by)} in another session.");
            case SafeModeOutcome.NotTaken:
                throw new ScriptError("Safe Mode is not taken");
            default:
                by.Output.Write(doing + "... Success!\n");
                break;
        }
    }

    private static string Other(SafeMode safeMode, ISession by) =>
        safeMode.Holder is { } holder && holder.UserName != by.UserName ? "user " + holder.UserName : "current user";
}
