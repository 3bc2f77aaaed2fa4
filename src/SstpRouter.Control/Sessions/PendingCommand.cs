namespace SstpRouter.Control.Sessions;

/// <summary>A text that a client wants to run, and what cancels it, which exists before it starts: an interrupt may overtake the start.</summary>
internal sealed class PendingCommand(string text, CancellationToken sessionEnds) : IDisposable
{
    private readonly CancellationTokenSource _cancellation = CancellationTokenSource.CreateLinkedTokenSource(sessionEnds);

    public string Text => text;

    public CancellationToken Cancellation => _cancellation.Token;

    // Whoever waits on the token continues on its own thread, never on the one that reads the socket.
    public void Cancel() => _ = _cancellation.CancelAsync();

    public void Dispose() => _cancellation.Dispose();
}
