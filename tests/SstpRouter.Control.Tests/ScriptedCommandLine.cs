using SstpRouter.Control.Sessions;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.Control.Tests;

/// <summary>A command line whose few commands show what a session does around them.</summary>
/// <param name="session">Where output goes.</param>
/// <param name="waiting">Released once <c>wait</c> runs.</param>
internal sealed class ScriptedCommandLine(ISession session, SemaphoreSlim waiting) : ICommandLine
{
    public string MenuPath { get; private set; } = "/";

    public Menu Menu { get; } = new("", MenuKind.Container, "Root.");

    public string? OpenAtEnd(string text) => text.Contains('{') && !text.Contains('}') ? "{" : null;

    public void Run(string text)
    {
        switch (text)
        {
            case "enter":
                MenuPath = "/ip/route";
                break;
            case "fail":
                session.Output.Write("partly");
                throw new ScriptError("expected end of command", new SourcePosition(1, 22));
            case "defect":
                throw new InvalidOperationException("a defect");
            case "wait":
                session.Output.WriteLine("waiting");
                waiting.Release();
                session.Cancellation.WaitHandle.WaitOne();
                session.Cancellation.ThrowIfCancellationRequested();
                break;
            case "flood":
                while (true)
                {
                    session.Output.WriteLine(new string('x', 1000));
                }

            case "width":
                session.Output.WriteLine(session.Width);
                break;
            case "big":
                session.Output.Write(new string('x', 100_001) + "\U0001F600");
                break;
            default:
                session.Output.WriteLine($"{session.UserName}: {text}");
                break;
        }
    }
}
