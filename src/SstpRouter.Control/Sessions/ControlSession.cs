using System.Net.Sockets;
using SstpRouter.Control.Frames;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.Control.Sessions;

/// <summary>One client: its connection, its interpreter, and the thread that runs its commands, one after the other.</summary>
internal sealed class ControlSession : ISession, IDisposable
{
    private static readonly TimeSpan HelloDeadline = TimeSpan.FromSeconds(10);

    private readonly Socket _socket;
    private readonly SessionSettings _settings;
    private readonly CancellationTokenSource _ended;
    private readonly SessionInput _input;
    private readonly SessionOutput _output;
    private readonly CancellationToken _serverStops;
    private HelloFrame _hello = new(FrameFormat.Version, 80, 24, false, "");
    private volatile int _width = 80;
    private PendingCommand? _running;

    /// <summary>Takes over a connection.</summary>
    public ControlSession(Socket socket, SessionSettings settings, CancellationToken serverStops)
    {
        _socket = socket;
        _settings = settings;
        _serverStops = serverStops;
        _ended = CancellationTokenSource.CreateLinkedTokenSource(serverStops);
        _output = new SessionOutput(Send, () => Cancellation);
        _input = new SessionInput(socket, _ended, (width, _) => _width = width);
    }

    /// <inheritdoc/>
    public string UserName => _hello.User;

    /// <inheritdoc/>
    public int Width => _width;

    /// <inheritdoc/>
    public TextWriter Output => _output;

    /// <inheritdoc/>
    public ItemNumbers Numbers { get; } = new();

    /// <inheritdoc/>
    public CancellationToken Cancellation => _running?.Cancellation ?? _ended.Token;

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

    private void ServeCommands()
    {
        ICommandLine line = _settings.CommandLine(this);
        if (_hello.IsInteractive)
        {
            _settings.Account($"user {UserName} logged in via local");
        }

        try
        {
            SendPrompt(line);
            foreach (PendingCommand command in _input.Commands())
            {
                Answer(line, command);
                _input.Finish(command);
            }

            if (_serverStops.IsCancellationRequested || _input.Fault is not null)
            {
                Refuse(_input.Fault ?? "the router is stopping");
            }
        }
        finally
        {
            if (_hello.IsInteractive)
            {
                _settings.Account($"user {UserName} logged out via local");
            }
        }
    }

    private void Answer(ICommandLine line, PendingCommand command)
    {
        if (_hello.IsInteractive && line.OpenAtEnd(command.Text) is { } open)
        {
            Send(new MoreFrame(PromptText.Continued(open)));
            return;
        }

        _running = command;
        string error = Run(line, command);
        _running = null;
        _output.Flush();
        if (_hello.IsInteractive)
        {
            SendPrompt(line);
        }

        Send(new DoneFrame(error.Length == 0 ? 0 : 1, error));
    }

    private string Run(ICommandLine line, PendingCommand command)
    {
        try
        {
            command.Cancellation.ThrowIfCancellationRequested();
            line.Run(command.Text);
            return "";
        }
        catch (OperationCanceledException)
        {
            return "interrupted";
        }
        catch (ScriptError e)
        {
            return e.Message;
        }
        catch (Exception e)
        {
            // A defect in one command must end neither the router nor the console that typed it.
            _settings.Trouble($"a command of {UserName} failed inside the router: {e}");
            return $"internal error: {e.Message} (see the log)";
        }
    }

    private void SendPrompt(ICommandLine line) =>
        Send(new PromptFrame(PromptText.Of(UserName, _settings.Identity(), line.MenuPath), line.MenuPath));

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
