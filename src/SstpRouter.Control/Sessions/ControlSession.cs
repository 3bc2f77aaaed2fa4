using System.Net;
using System.Net.Sockets;
using SstpRouter.Control.Frames;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Users;

namespace SstpRouter.Control.Sessions;

/// <summary>One client: its connection, its interpreter, and the thread that runs its commands, one after the other.</summary>
internal sealed partial class ControlSession : ISession, IDisposable
{
    private static readonly TimeSpan HelloDeadline = TimeSpan.FromSeconds(10);

    private readonly Socket _socket;
    private readonly SessionSettings _settings;
    private readonly CancellationTokenSource _ended;
    private readonly SessionInput _input;
    private readonly SessionOutput _output;
    private readonly SessionNotices _notices;
    private readonly CancellationToken _serverStops;
    private readonly string _ownId = Guid.NewGuid().ToString("N");
    private HelloFrame _hello = new(FrameFormat.Version, 80, 24, false, "");
    private IActiveLogin? _login;
    private volatile int _width = 80;
    private PendingCommand? _running;
    private bool _hasLeft;
    private bool _needsPassword;

    /// <summary>Takes over a connection.</summary>
    public ControlSession(Socket socket, SessionSettings settings, CancellationToken serverStops)
    {
        _socket = socket;
        _settings = settings;
        _serverStops = serverStops;
        _ended = CancellationTokenSource.CreateLinkedTokenSource(serverStops);
        _input = new SessionInput(socket, _ended, (width, _) => _width = width);
        _notices = new SessionNotices(_input.Wake);
        _output = new SessionOutput(SendOutput, () => Cancellation);
    }

    /// <inheritdoc/>
    public string UserName => _hello.User;

    /// <inheritdoc/>
    public string Id => _login?.Id ?? _ownId;

    /// <inheritdoc/>
    public Policies Policies => _settings.Accounts?.PoliciesOf(UserName) ?? Policies.All;

    /// <inheritdoc/>
    public int Width => _width;

    /// <inheritdoc/>
    public TextWriter Output => _output;

    /// <inheritdoc/>
    public ItemNumbers Numbers { get; } = new();

    /// <inheritdoc/>
    public CancellationToken Cancellation => _running?.Cancellation ?? _ended.Token;

    // What the router's own machine asks in one command, such as a script of the system, is none.
    private bool IsVisit => _hello.IsInteractive || _hello.From.Length > 0;

    /// <summary>Serves the client until it or the server ends.</summary>
    public void Serve()
    {
        try
        {
            if (_input.WaitForHello(HelloDeadline) is not { } hello)
            {
                Refuse(_input.Fault ?? "no hello came in time");
            }
            else if (hello.Version != FrameFormat.Version)
            {
                Refuse("this console and the running router are of different versions: restart the router, or use the program that it was started from");
            }
            else if (!IsWelcome(hello))
            {
                Refuse(FrameFormat.LoginFailed);
            }
            else
            {
                _hello = hello;
                _width = hello.Width;
                ServeCommands();
            }
        }
        catch (OperationCanceledException)
        {
            // The client went away while something was sent to it.
            _ended.Cancel();
        }
    }

    /// <inheritdoc/>
    public string Ask(string prompt, bool isHidden) => Ask(isHidden ? AskKind.Hidden : AskKind.Line, prompt);

    /// <inheritdoc/>
    public string? Edit(string text)
    {
        if (text.Length > FrameFormat.LargestOutput)
        {
            throw ScriptError.Failure($"the editor takes {FrameFormat.LargestOutput} characters at most");
        }

        try
        {
            return Ask(AskKind.Text, text);
        }
        catch (OperationCanceledException) when (!Cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public char AskKey(string prompt) => Ask(AskKind.Key, prompt) is [var key, ..] ? char.ToLowerInvariant(key) : '\0';

    /// <summary>Closes the connection; a send that is stuck in it ends.</summary>
    public void Dispose()
    {
        _ended.Cancel();
        _socket.Dispose();
        _input.Reading.Wait();
        _input.Dispose();
        _output.Dispose();
        _ended.Dispose();
    }

    /// <summary>Cuts the connection of a session whose own thread does not end; that thread cleans up when it does.</summary>
    public void Abandon() => _socket.Dispose();

    private bool IsWelcome(HelloFrame hello)
    {
        LoginOutcome outcome = _settings.Accounts is not { } accounts ? LoginOutcome.Accepted
            : hello.Password is { } password ? accounts.Login(hello.User, password, AddressOf(hello), hello.Via)
            : hello.From.Length == 0 || accounts.MayEnter(hello.User, AddressOf(hello), hello.Via) ? LoginOutcome.Accepted
            : LoginOutcome.Refused;
        _needsPassword = outcome == LoginOutcome.NeedsPassword;
        return outcome != LoginOutcome.Refused;
    }

    private static IPAddress? AddressOf(HelloFrame hello) => hello.From.Length == 0 ? null : IPAddress.Parse(hello.From);

    private void ServeCommands()
    {
        ICommandLine line = _settings.CommandLine(this);
        Enter();
        using CancellationTokenRegistration removed = _login?.Ended.Register(_ended.Cancel) ?? default;
        try
        {
            Greet();
            SendPrompt(line);
            foreach (PendingCommand? command in _input.Commands())
            {
                if (command is null)
                {
                    SendNotices(line);
                }
                else
                {
                    Answer(line, command);
                    _input.Finish(command);
                }
            }

            if (_serverStops.IsCancellationRequested || _input.Fault is not null || _login?.Ended.IsCancellationRequested == true)
            {
                Refuse(_input.Fault ?? (_serverStops.IsCancellationRequested ? "the router is stopping" : "the session was removed"));
            }
        }
        finally
        {
            Leave();
        }
    }

    private void Enter()
    {
        if (IsVisit)
        {
            _login = _settings.Accounts?.Enter(UserName, AddressOf(_hello), _hello.Via);
            Account("in");
        }

        if (_hello.IsInteractive)
        {
            SubscribeNotices();
        }
    }

    private void Leave()
    {
        if (_hello.IsInteractive)
        {
            UnsubscribeNotices();
        }

        _settings.SafeMode?.SessionEnded(this);
        if (IsVisit)
        {
            Account("out");
            _login?.Dispose();
        }
    }

    // Where there are accounts, these say so themselves.
    private void Account(string direction)
    {
        if (_login is null)
        {
            _settings.Account($"user {UserName} logged {direction}{(_hello.From.Length == 0 ? "" : " from " + _hello.From)} via {_hello.Via}");
        }
    }

    private void Greet()
    {
        if (_hello.IsInteractive)
        {
            foreach (string command in _settings.Histories?.Of(UserName) ?? [])
            {
                Send(new HistoryFrame(command));
            }

            foreach (string line in _settings.Critical?.UnseenBy(UserName) ?? [])
            {
                Send(new NoticeFrame(line));
            }
        }
    }

    private void Answer(ICommandLine line, PendingCommand command)
    {
        switch (command.Request)
        {
            case AssistFrame assist:
                Send(Assist(line, assist));
                break;
            case RunFrame { Text: var text } when _hello.IsInteractive && line.OpenAtEnd(text) is { } open:
                Send(new MoreFrame(PromptText.Continued(open)));
                break;
            case RunFrame { Text: var text }:
                Menu menu = line.Menu;
                if (_hello.IsInteractive && Chat.MessageOf(text) is { } message)
                {
                    _settings.Chat.Say(this, message);
                }

                if (_hello.IsInteractive && _settings.Assistant?.PagesOf(text, menu) is { } isTable)
                {
                    Send(new PagesFrame(isTable));
                }

                Conclude(line, Run(command, () => line.Run(text)), text, menu);
                break;
            case ActionFrame action:
                Conclude(line, Run(command, () => Act(action.Action)), "", line.Menu);
                break;
            default:
                break;
        }
    }

    private void Conclude(ICommandLine line, DoneFrame done, string text, Menu menu)
    {
        _output.Flush();
        if (_hello.IsInteractive)
        {
            Keep(text, menu);
            SendNotices(line);
            SendPrompt(line);
        }

        Send(_hasLeft ? done with { Status = 0 } : done);
    }

    private DoneFrame Run(PendingCommand command, Action work)
    {
        _running = command;
        try
        {
            command.Cancellation.ThrowIfCancellationRequested();
            work();
            return new DoneFrame(0, "");
        }
        catch (OperationCanceledException)
        {
            return new DoneFrame(1, "interrupted");
        }
        catch (ScriptError e)
        {
            return new DoneFrame(1, e.Message, e.Position?.Line ?? 0, e.Position?.Column ?? 0);
        }
        catch (Exception e)
        {
            // A defect in one command must end neither the router nor the console that typed it.
            _settings.Trouble($"a command of {UserName} failed inside the router: {e}");
            return new DoneFrame(1, $"internal error: {e.Message} (see the log)");
        }
        finally
        {
            _running = null;
        }
    }

    private void SendPrompt(ICommandLine line) => Send(new PromptFrame(
        PromptText.Of(UserName, _settings.Identity(), line.MenuPath, IsSafe), line.MenuPath));

    private void Refuse(string text) => Send(new RefusalFrame(text));

    private void Send(ControlFrame frame)
    {
        try
        {
            ReadOnlySpan<byte> bytes = FrameWriter.Write(frame);
            while (!bytes.IsEmpty)
            {
                bytes = bytes[_socket.Send(bytes)..];
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            _ended.Cancel();
            throw new OperationCanceledException("the client has gone", e);
        }
    }
}
