using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using SstpRouter.Control.Frames;
using SstpRouter.Control.Sockets;
using SstpRouter.RouterOs.Assistance;
using SstpRouter.RouterOs.Language;

namespace SstpRouter.Control;

/// <summary>Who asks, and on what terminal.</summary>
/// <param name="UserName">1 to 64 characters, no control characters.</param>
/// <param name="Width">Columns, 1..65535.</param>
/// <param name="Height">Lines, 1..65535.</param>
/// <param name="IsInteractive">True where prompts are wanted and open brackets ask for more input; false for one-shot commands.</param>
public sealed record ControlTerminal(string UserName, int Width, int Height, bool IsInteractive)
{
    /// <summary>The address that the user comes from; empty for this device.</summary>
    public string From { get; init; } = "";

    /// <summary>The service that let the user in: <c>local</c>, <c>ssh</c>.</summary>
    public string Via { get; init; } = "local";

    /// <summary>The password that the router is to check; null where the user has been checked.</summary>
    public string? Password { get; init; }

    /// <summary>True for what can be a user's name.</summary>
    public static bool IsUserName(string name) => name.Length is > 0 and <= FrameFormat.LongestUser && !name.Any(char.IsControl);
}

/// <summary>How a command ended.</summary>
/// <param name="Status">0, or 1 where it failed.</param>
/// <param name="Error">Why it failed, RouterOS's text; empty where it did not.</param>
/// <param name="Continuation">The prompt (<c>{... </c>) where brackets are open and nothing was run: run the text again with more behind it; else null.</param>
/// <param name="Fault">The place in the text that is at fault; null where the error has none.</param>
public sealed record CommandOutcome(int Status, string Error, string? Continuation = null, SourcePosition? Fault = null);

/// <summary>A console's end of a session with a running router.</summary>
/// <remarks>One thread runs commands and asks for help; <see cref="Interrupt"/> and <see cref="Resize"/> may come from any other.</remarks>
public sealed class ControlClient : IDisposable
{
    // A console that is not read, or waits for its user, leaves the rest in the socket.
    private const int MostWaiting = 8;

    private readonly string _path;
    private readonly Socket _socket;
    private readonly FrameReader _frames = new(FrameFormat.LargestFromServer);
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly Lock _sending = new();
    private readonly BlockingCollection<ControlFrame> _received = new(MostWaiting);
    private readonly ConcurrentQueue<string> _notices = new();
    private readonly ConcurrentQueue<string> _history = new();
    private readonly CancellationTokenSource _closed = new();
    private volatile string _prompt = "";
    private volatile ControlError? _end;

    private ControlClient(string path, Socket socket)
    {
        _path = path;
        _socket = socket;
        new Thread(ReceiveAll) { IsBackground = true, Name = "control client" }.Start();
    }

    /// <summary>Raised, from another thread, where <see cref="Prompt"/> or <see cref="TryTakeNotice"/> has something new, or the session has ended.</summary>
    public event Action? Stirred;

    /// <summary>True where the user or the password was refused.</summary>
    public static bool IsLoginFailure(ControlError error) => error.Message.EndsWith(FrameFormat.LoginFailed, StringComparison.Ordinal);

    /// <summary>The prompt for the next line, blank at the end included.</summary>
    public string Prompt => _prompt;

    /// <summary>The session's current menu: <c>/</c>, <c>/ip/route</c>. Follows only in an interactive session.</summary>
    public string MenuPath { get; private set; } = "/";

    /// <summary>Why the session is over; null while it goes on.</summary>
    public ControlError? End => _end;

    /// <summary>Begins a session.</summary>
    /// <param name="path">The router's socket, <c>STATE/control.sock</c>.</param>
    /// <param name="terminal">Who asks, and on what terminal.</param>
    /// <exception cref="ControlError">No router runs there, or it refuses; the text says what to do.</exception>
    public static ControlClient Connect(string path, ControlTerminal terminal)
    {
        var client = new ControlClient(path, ControlSocket.Connect(path));
        try
        {
            client.Send(new HelloFrame(
                FrameFormat.Version, terminal.Width, terminal.Height, terminal.IsInteractive, terminal.UserName, terminal.From, terminal.Via, terminal.Password));
            while (client.Receive() is not PromptFrame)
            {
            }

            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Runs a text and waits until it has ended.</summary>
    /// <param name="text">One or more commands, as typed.</param>
    /// <param name="output">Takes the output as it comes, in pieces of any length; nobody answers questions.</param>
    /// <exception cref="ControlError">The router went away, or the text is too long.</exception>
    public CommandOutcome Run(string text, Action<string> output) => Run(text, new OutputOnly(output));

    /// <summary>Runs a text and waits until it has ended.</summary>
    /// <param name="text">One or more commands, as typed.</param>
    /// <param name="screen">Takes the output and answers questions.</param>
    /// <exception cref="ControlError">The router went away, or the text is too long.</exception>
    public CommandOutcome Run(string text, ICommandScreen screen)
    {
        if (Encoding.UTF8.GetByteCount(text) > FrameFormat.LargestFromClient)
        {
            throw new ControlError($"the command is longer than {FrameFormat.LargestFromClient} bytes: put it into a file and import that");
        }

        return Run(new RunFrame(text), screen);
    }

    /// <summary>Has the router ask what a login asks before the first prompt: for a password, where the user has none.</summary>
    /// <param name="screen">Takes the messages and answers the questions.</param>
    /// <exception cref="ControlError">The router went away.</exception>
    public CommandOutcome Begin(ICommandScreen screen) => Run(new ActionFrame(SessionAction.Begin), screen);

    /// <summary>Takes safe mode, or lets it go where the session has it.</summary>
    /// <param name="screen">Takes the messages and answers the question whether to take it from another session.</param>
    /// <exception cref="ControlError">The router went away.</exception>
    public CommandOutcome ToggleSafeMode(ICommandScreen screen) => Run(new ActionFrame(SessionAction.ToggleSafeMode), screen);

    /// <summary>Asks to leave, as <c>/quit</c> does: in safe mode the user is asked.</summary>
    /// <returns>True where the session is to end now.</returns>
    /// <exception cref="ControlError">The router went away.</exception>
    public bool MayQuit(ICommandScreen screen) => Run(new ActionFrame(SessionAction.Quit), screen).Status == 0;

    /// <summary>What Tab makes of a line.</summary>
    /// <param name="text">The line up to the cursor.</param>
    /// <exception cref="ControlError">The router went away.</exception>
    public Completion Complete(string text) => Assist(AssistKind.Complete, text) is CandidatesFrame answer ? answer.Found : new Completion(text.Length, "", []);

    /// <summary>What may stand at the end of a line.</summary>
    /// <param name="text">The line up to the cursor.</param>
    /// <exception cref="ControlError">The router went away.</exception>
    public IReadOnlyList<Candidate> Help(string text) => Assist(AssistKind.Help, text) is CandidatesFrame answer ? answer.Found.Candidates : [];

    /// <summary>What each character of a text is; empty for a text that is too long to be coloured.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ControlError">The router went away.</exception>
    public IReadOnlyList<WordKind> Colours(string text) => Assist(AssistKind.Colours, text) is ColoursFrame answer ? answer.Kinds : [];

    /// <summary>Takes the next line that no command wrote.</summary>
    public bool TryTakeNotice([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out string text) => _notices.TryDequeue(out text);

    /// <summary>Takes the next command for the history: first those of earlier sessions, then each that was run and may be kept.</summary>
    public bool TryTakeHistory([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out string command) => _history.TryDequeue(out command);

    /// <summary>Cancels the running command, which then ends with <c>interrupted</c>; nothing happens where none runs.</summary>
    public void Interrupt() => Send(new InterruptFrame());

    /// <summary>Tells the terminal's new size.</summary>
    public void Resize(int width, int height) => Send(new ResizeFrame(width, height));

    /// <summary>Ends the session.</summary>
    public void Dispose()
    {
        Send(new ByeFrame());
        _closed.Cancel();
        _socket.Dispose();
    }

    private CommandOutcome Run(ControlFrame request, ICommandScreen screen)
    {
        Send(request);
        screen.Begin();
        while (true)
        {
            switch (Receive())
            {
                case OutputFrame piece:
                    screen.Write(piece.Text);
                    break;
                case ScreenFrame whole:
                    screen.Redraw(whole.Text);
                    break;
                case PagesFrame pages:
                    screen.BeginPages(pages.IsTable);
                    break;
                case AskFrame ask:
                    Answer answer = screen.Ask(ask.Kind, ask.Prompt);
                    Send(new AnswerFrame(answer.Kind, answer.Text));
                    break;
                case MoreFrame more:
                    return new CommandOutcome(0, "", more.Prompt);
                case DoneFrame done:
                    return new CommandOutcome(done.Status, done.Error, null, done.Line > 0 ? new SourcePosition(done.Line, done.Column) : null);
                default:
                    break;
            }
        }
    }

    private ControlFrame? Assist(AssistKind kind, string text)
    {
        if (text.Length > FrameFormat.LongestAssisted)
        {
            return null;
        }

        Send(new AssistFrame(kind, text));
        ControlFrame answer;
        do
        {
            answer = Receive();
        }
        while (answer is not (CandidatesFrame or ColoursFrame));

        return answer;
    }

    private ControlFrame Receive()
    {
        try
        {
            return _received.Take();
        }
        catch (InvalidOperationException)
        {
            throw new ControlError(_end!.Message, _end);
        }
    }

    private void ReceiveAll()
    {
        try
        {
            while (true)
            {
                Take(NextFrame());
            }
        }
        catch (Exception e) when (e is ControlError or OperationCanceledException)
        {
            _end = e as ControlError ?? Gone(e);
            _received.CompleteAdding();
            Stirred?.Invoke();
        }
    }

    private void Take(ControlFrame frame)
    {
        switch (frame)
        {
            case RefusalFrame refusal:
                throw new ControlError($"the router at {_path} ended the session: {refusal.Text}");
            case NoticeFrame notice:
                _notices.Enqueue(notice.Text);
                Stirred?.Invoke();
                break;
            case HistoryFrame history:
                _history.Enqueue(history.Text);
                break;
            case PromptFrame prompt:
                bool isFirst = _prompt.Length == 0;
                (_prompt, MenuPath) = (prompt.Text, prompt.MenuPath);
                if (isFirst)
                {
                    _received.Add(prompt, _closed.Token); // says that the session has begun
                }

                Stirred?.Invoke();
                break;
            default:
                _received.Add(frame, _closed.Token);
                break;
        }
    }

    private ControlFrame NextFrame()
    {
        while (true)
        {
            if (_frames.Next() is { } frame)
            {
                return frame;
            }

            ReceiveBytes();
        }
    }

    private void ReceiveBytes()
    {
        if (_frames.Fault is { } fault)
        {
            throw new ControlError($"the router at {_path} sent what this program does not understand ({fault}): they are of different versions");
        }

        int count;
        try
        {
            count = _socket.Receive(_buffer);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw Gone(e);
        }

        if (count == 0)
        {
            throw Gone(null);
        }

        _frames.Append(_buffer.AsSpan(0, count));
    }

    // A router that ends a session says why and closes: its words wait in the socket when a send fails, so the next receive reports the end.
    private void Send(ControlFrame frame)
    {
        try
        {
            ReadOnlySpan<byte> bytes = FrameWriter.Write(frame);
            lock (_sending)
            {
                while (!bytes.IsEmpty)
                {
                    bytes = bytes[_socket.Send(bytes)..];
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return;
        }
    }

    private ControlError Gone(Exception? cause)
    {
        string text = $"the router at {_path} went away; look at its log";
        return cause is null ? new ControlError(text) : new ControlError(text, cause);
    }

    private sealed class OutputOnly(Action<string> output) : ICommandScreen
    {
        public void Write(string text) => output(text);

        public void Redraw(string screen) => output(screen);

        public void BeginPages(bool isTable)
        {
        }

        public Answer Ask(AskKind kind, string prompt) => new(AnswerKind.Impossible);
    }
}
