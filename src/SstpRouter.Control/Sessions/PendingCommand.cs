using SstpRouter.Control.Frames;

namespace SstpRouter.Control.Sessions;

/// <summary>What a client wants done, and what cancels it, which exists before it starts: an interrupt may overtake the start.</summary>
internal sealed class PendingCommand(ControlFrame request, CancellationToken sessionEnds) : IDisposable
{
    private readonly CancellationTokenSource _cancellation = CancellationTokenSource.CreateLinkedTokenSource(sessionEnds);

    public ControlFrame Request => request;

    public CancellationToken Cancellation => _cancellation.Token;

    // Whoever waits on the token continues on its own thread, never on the one that reads the socket.
    public void Cancel() => _ = _cancellation.CancelAsync();

    public void Dispose() => _cancellation.Dispose();
}
