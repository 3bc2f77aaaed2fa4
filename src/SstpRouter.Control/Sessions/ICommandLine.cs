using SstpRouter.RouterOs.Schema;

namespace SstpRouter.Control.Sessions;

/// <summary>What runs the lines of one session.</summary>
internal interface ICommandLine
{
    /// <summary>The current menu: <c>/</c>, <c>/ip/route</c>.</summary>
    string MenuPath { get; }

    /// <summary>The current menu itself.</summary>
    Menu Menu { get; }

    /// <summary>The brackets that a text leaves open (<c>{(</c>), with what else it waits for; null where it is complete.</summary>
    string? OpenAtEnd(string text);

    /// <summary>Runs a text; its output goes to the session's writer.</summary>
    /// <exception cref="RouterOs.Language.ScriptError">It failed.</exception>
    /// <exception cref="OperationCanceledException">The session's cancellation ended it.</exception>
    void Run(string text);
}
