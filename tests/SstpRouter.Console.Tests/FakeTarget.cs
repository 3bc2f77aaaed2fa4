using System.Diagnostics.CodeAnalysis;
using SstpRouter.Console.Targets;
using SstpRouter.Control;
using SstpRouter.RouterOs.Assistance;
using SstpRouter.RouterOs.Language;

namespace SstpRouter.Console.Tests;

/// <summary>A router that knows a few words.</summary>
internal sealed class FakeTarget(string prompt) : ICommandTarget
{
    private static readonly Candidate[] Words =
        [new("print", "print ", WordKind.Command, "Show"), new("proplist", "proplist=", WordKind.Argument, "Some"), new("add", "add ", WordKind.Command, "Make")];

    private readonly Queue<string> _notices = new();
    private readonly Queue<string> _history = new();

    public event Action? Stirred;

    public List<string> Ran { get; } = [];

    public int Interrupts { get; private set; }

    public Action BeforeRunning { get; init; } = () => { };

    public Action WhileRunning { get; init; } = () => { };

    public string Prompt { get; set; } = prompt;

    public ControlError? End { get; set; }

    public bool LetsGo { get; init; } = true;

    public CommandOutcome Run(string text, ICommandScreen screen)
    {
        if (text.Contains('{') && !text.Contains('}'))
        {
            return new CommandOutcome(0, "", "{... ");
        }

        BeforeRunning();
        screen.Begin();
        WhileRunning();
        Ran.Add(text);
        if (text == "ask")
        {
            Answer answer = screen.Ask(AskKind.Hidden, "new password: ");
            screen.Write($"{answer.Kind} {answer.Text}\n");
            return new CommandOutcome(0, "");
        }

        if (text.StartsWith("lines ", StringComparison.Ordinal))
        {
            screen.BeginPages(isTable: false);
            for (int i = 1; i <= int.Parse(text[6..]); i++)
            {
                screen.Write($"line {i}\n");
            }

            return new CommandOutcome(0, "");
        }

        screen.Write(text == "fail" ? "half a line" : $"ran {text}\n");
        _history.Enqueue(text);
        return text == "fail" ? new CommandOutcome(1, "no such item")
            : text == "bad word" ? new CommandOutcome(1, "bad command name word (line 1 column 5)", Fault: new SourcePosition(1, 5))
            : new CommandOutcome(0, "");
    }

    public CommandOutcome ToggleSafeMode(ICommandScreen screen)
    {
        screen.Write("[Safe Mode taken]\n");
        Prompt = "<SAFE> ";
        return new CommandOutcome(0, "");
    }

    public bool MayQuit(ICommandScreen screen) => LetsGo;

    public Completion Complete(string text)
    {
        int start = text.LastIndexOf(' ') + 1;
        Candidate[] found = [.. Words.Where(w => w.Name.StartsWith(text[start..], StringComparison.Ordinal))];
        return new Completion(start, found.Length == 1 ? found[0].Insert : found.Length == 2 ? "pr" : text[start..], found);
    }

    public IReadOnlyList<Candidate> Help(string text) => Words;

    public IReadOnlyList<WordKind> Colours(string text) => [];

    public void Say(string notice)
    {
        _notices.Enqueue(notice);
        Stirred?.Invoke();
    }

    public bool TryTakeNotice([MaybeNullWhen(false)] out string text) => _notices.TryDequeue(out text);

    public bool TryTakeHistory([MaybeNullWhen(false)] out string command) => _history.TryDequeue(out command);

    public void Interrupt() => Interrupts++;

    public void Resize(int width, int height)
    {
    }
}
