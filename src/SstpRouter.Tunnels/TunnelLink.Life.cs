namespace SstpRouter.Tunnels;

/// <content>Whether the other end is still there.</content>
internal abstract partial class TunnelLink
{
    private List<Action<bool>>? _proofs;
    private long _proofDeadline = long.MaxValue;

    /// <summary>True once all is taken down.</summary>
    protected bool HasEnded => _ended;

    /// <summary>What was sent stays unacknowledged, or is acknowledged again.</summary>
    public virtual void StallChanged(long now)
    {
    }

    /// <summary>Asks the peer for an answer, as the keepalive does.</summary>
    public void AskForLife(long now)
    {
        if (_call is not null)
        {
            _recording?.Probed(now);
            _call.Probe();
        }

        Pump(now);
    }

    /// <summary>Asks the peer for a sign of life and ends the tunnel where none comes.</summary>
    /// <param name="limit">How long it may take, in milliseconds.</param>
    /// <param name="answered">Told whether the peer lives; false also where the tunnel has ended, and all of it is gone by then.</param>
    /// <param name="now">The time.</param>
    public void ProveLife(long limit, Action<bool> answered, long now)
    {
        if (_gone)
        {
            answered(false);
            return;
        }

        bool isAsked = _proofs is not null;
        (_proofs ??= []).Add(answered);
        if (_ended)
        {
            return;
        }

        if (_call is { IsEnding: true })
        {
            // It has said its good-bye or its abort, and keeps the reason that it had for it: only the peer's answer is still waited for.
            _recording?.Lost(now);
            _call.TransportClosed(now);
            CarryOut(now);
        }
        else if (!isAsked)
        {
            _proofDeadline = now + limit;
            _worker.Schedule(this);
            AskForLife(now);
        }
    }

    /// <summary>A byte has come; one that belongs to a good-bye is no sign of life.</summary>
    private void ShowLife()
    {
        if (_proofs is not null && _cause is null && _call is not { IsEnding: true })
        {
            AnswerProofs(isAlive: true);
        }
    }

    private void AnswerProofs(bool isAlive)
    {
        if (_proofs is { } waiting)
        {
            _proofs = null;
            _proofDeadline = long.MaxValue;
            foreach (Action<bool> answered in waiting)
            {
                answered(isAlive);
            }
        }
    }
}
