using System.Net.Sockets;
using SstpRouter.Control.Frames;
using SstpRouter.Control.Sessions;
using SstpRouter.Control.Sockets;
using SstpRouter.RouterOs.Assistance;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.Control;

/// <summary>Lets consoles in over a Unix socket: root, and the user that the router runs as.</summary>
/// <remarks>Each session has a thread, because a command may take its time, and an interpreter of its own.</remarks>
public sealed class ControlServer : IDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailedAccept = TimeSpan.FromMilliseconds(200);

    private readonly string _path;
    private readonly int _mostSessions;
    private readonly SessionSettings _settings;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<ControlSession, Thread> _sessions = [];
    private readonly Task _accepting;

    /// <summary>Begins to listen.</summary>
    /// <param name="path">The socket, <c>STATE/control.sock</c>; its directory exists. It is made with mode 0600; one that a dead router left is replaced.</param>
    /// <param name="options">What is served.</param>
    /// <exception cref="ControlError">Another router listens there, or the path cannot be used.</exception>
    public ControlServer(string path, ControlServerOptions options)
        : this(path, SettingsOf(options), options.MostSessions)
    {
    }

    internal ControlServer(string path, SessionSettings settings, int mostSessions)
    {
        _path = path;
        _mostSessions = mostSessions;
        _settings = settings;
        _listener = ControlSocket.Listen(path);
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Stops: running commands are cancelled, clients are told, the socket is removed.</summary>
    public void Dispose()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        _stop.Cancel();
        _accepting.Wait();
        _listener.Dispose();
        File.Delete(_path);

        KeyValuePair<ControlSession, Thread>[] sessions;
        lock (_gate)
        {
            sessions = [.. _sessions];
        }

        _settings.Critical?.Dispose();
        long deadline = Environment.TickCount64 + (long)LastWords.TotalMilliseconds;
        foreach ((ControlSession session, Thread thread) in sessions)
        {
            // A client that does not read, or a command that does not look at its cancellation, holds nothing up.
            if (!thread.Join(TimeSpan.FromMilliseconds(Math.Max(0, deadline - Environment.TickCount64))))
            {
                session.Abandon();
            }
        }
    }

    private static SessionSettings SettingsOf(ControlServerOptions options) => new(
        session => new InterpreterCommandLine(options.Root, session, options.Globals), options.Identity, options.Account, options.Trouble)
    {
        Assistant = new Assistant(options.Root, options.References ?? (static () => new NoReferences()), options.Globals),
        SafeMode = options.SafeMode,
        Accounts = options.Accounts,
        Histories = options.HistoryDirectory is { } directory ? new CommandHistories(directory, options.Trouble) : null,
        Critical = options.Log is { } log ? new CriticalLines(log) : null,
    };

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Admit(await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false));
            }
            catch (SocketException e)
            {
                // Out of descriptors, or a client that gave up already: the next one may fare better.
                _settings.Trouble($"a console could not be let in: {e.Message}");
                await Task.Delay(AfterFailedAccept, CancellationToken.None).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
    }

    private void Admit(Socket socket)
    {
        if (!PeerCredentials.MayAsk(socket))
        {
            Turn(socket, "permission denied; ask as root or as the user that runs the router");
            return;
        }

        lock (_gate)
        {
            if (_sessions.Count < _mostSessions)
            {
                Start(socket);
                return;
            }
        }

        Turn(socket, $"too many sessions ({_mostSessions}): close one and try again");
    }

    private void Start(Socket socket)
    {
        var session = new ControlSession(socket, _settings, _stop.Token);
        var thread = new Thread(() => Serve(session)) { IsBackground = true, Name = "control session" };
        _sessions.Add(session, thread);
        thread.Start();
    }

    private void Serve(ControlSession session)
    {
        try
        {
            using (session)
            {
                session.Serve();
            }
        }
        catch (Exception e)
        {
            // Whatever went wrong in one session, the others go on.
            _settings.Trouble($"a session failed inside the router: {e}");
        }

        lock (_gate)
        {
            _sessions.Remove(session);
        }
    }

    private static void Turn(Socket socket, string text)
    {
        using (socket)
        {
            // Into an empty send buffer: it neither blocks nor fails for lack of room.
            _ = socket.Send(FrameWriter.Write(new RefusalFrame(text)), SocketFlags.None, out _);
        }
    }

    private sealed class NoReferences : IReferenceScope
    {
        public IEnumerable<string> NamesOf(string menuPath) => [];
    }
}
