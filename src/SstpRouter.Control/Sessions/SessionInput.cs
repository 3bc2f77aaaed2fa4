using System.Collections.Concurrent;
using System.Net.Sockets;
using SstpRouter.Control.Frames;

namespace SstpRouter.Control.Sessions;

/// <summary>What a client sends, read beside the running command so that an interrupt reaches it.</summary>
internal sealed class SessionInput : IDisposable
{
    // A console waits for each answer; a client that does not is cut off before it fills the memory.
    private const int MostWaiting = 64;

    private readonly Socket _socket;
    private readonly FrameReader _frames = new(FrameFormat.LargestFromClient);
    private readonly BlockingCollection<PendingCommand?> _waiting = [];
    private readonly BlockingCollection<AnswerFrame> _answers = new(boundedCapacity: 1);
    private readonly Lock _gate = new();
    private readonly List<PendingCommand> _unfinished = [];
    private readonly TaskCompletionSource<HelloFrame?> _hello = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ended;
    private readonly Action<int, int> _resized;
    private bool _isDisposed;

    /// <summary>Begins to read.</summary>
    /// <param name="socket">The connection.</param>
    /// <param name="ended">Cancelled when the client has gone, said goodbye, or sent what is not understood.</param>
    /// <param name="resized">Called with columns and lines, on the reading thread.</param>
    public SessionInput(Socket socket, CancellationTokenSource ended, Action<int, int> resized)
    {
        _socket = socket;
        _ended = ended;
        _resized = resized;
        Reading = Task.Run(ReadAsync);
    }

    /// <summary>Ends when nothing more is read.</summary>
    public Task Reading { get; }

    /// <summary>What was wrong with the input, or null.</summary>
    public string? Fault { get; private set; }

    /// <summary>The hello, or null where none came in time.</summary>
    public HelloFrame? WaitForHello(TimeSpan deadline) => _hello.Task.Wait(deadline) ? _hello.Task.Result : null;

    /// <summary>The commands, as they come, until the session ends; null where <see cref="Wake"/> was called.</summary>
    public IEnumerable<PendingCommand?> Commands()
    {
        while (TryTake(out PendingCommand? command))
        {
            yield return command;
        }
    }

    /// <summary>Has <see cref="Commands"/> give a null, once the session is idle. May be called from any thread, also when the session is over.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _waiting.Add(null);
            }
        }
    }

    /// <summary>Waits for the answer to a question that was sent.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled, or the session has ended.</exception>
    public AnswerFrame WaitForAnswer(CancellationToken cancellation) => _answers.Take(cancellation);

    /// <summary>Forgets a command that has been answered.</summary>
    public void Finish(PendingCommand command)
    {
        lock (_gate)
        {
            _unfinished.Remove(command);
            command.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _unfinished.ForEach(c => c.Dispose());
            _waiting.Dispose();
            _answers.Dispose();
        }
    }

    private bool TryTake(out PendingCommand? command)
    {
        try
        {
            command = _waiting.Take(_ended.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            command = null;
            return false;
        }
    }

    private async Task ReadAsync()
    {
        byte[] buffer = new byte[16 * 1024];
        try
        {
            bool isOpen = true;
            while (isOpen)
            {
                int count = await _socket.ReceiveAsync(buffer, _ended.Token).ConfigureAwait(false);
                _frames.Append(buffer.AsSpan(0, count));
                isOpen = count > 0 && TakeFrames();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The connection is over; how it ended makes no difference to the session.
            return;
        }
        finally
        {
            _hello.TrySetResult(null);
            await _ended.CancelAsync().ConfigureAwait(false);
        }
    }

    private bool TakeFrames()
    {
        while (_frames.Next() is { } frame)
        {
            if (!Take(frame))
            {
                return false;
            }
        }

        Fault ??= _frames.Fault;
        return Fault is null;
    }

    private bool Take(ControlFrame frame)
    {
        if (frame is HelloFrame hello)
        {
            return _hello.TrySetResult(hello) || Refuse("a second hello");
        }

        if (!_hello.Task.IsCompleted)
        {
            return Refuse("no hello");
        }

        switch (frame)
        {
            case RunFrame or ActionFrame or AssistFrame:
                return TryQueue(frame) || Refuse("too many commands wait for their answers");
            case AnswerFrame answer:
                return _answers.TryAdd(answer) || Refuse("an answer without a question");
            case InterruptFrame:
                Interrupt();
                return true;
            case ResizeFrame resize:
                _resized(resize.Width, resize.Height);
                return true;
            default:
                return false;
        }
    }

    private bool Refuse(string fault)
    {
        Fault = fault;
        return false;
    }

    private bool TryQueue(ControlFrame request)
    {
        lock (_gate)
        {
            if (_unfinished.Count >= MostWaiting)
            {
                return false;
            }

            var command = new PendingCommand(request, _ended.Token);
            _unfinished.Add(command);
            _waiting.Add(command);
            return true;
        }
    }

    private void Interrupt()
    {
        lock (_gate)
        {
            _unfinished.ForEach(c => c.Cancel());
        }
    }
}
