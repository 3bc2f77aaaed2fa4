using SstpRouter.Linux;
using SstpRouter.Tunnels.Workers;

namespace SstpRouter.Tunnels.Client;

/// <content>The path to the server: when it comes back, and what becomes of a tunnel whose path is suspect.</content>
public sealed partial class SstpDialler
{
    /// <summary>While waiting, the server is knocked at so often, in milliseconds.</summary>
    private const long WaitingInterval = 1_000;

    private const long JudgeInterval = 250;

    /// <summary>A connection that is acknowledged again has so much longer, in milliseconds, to bring a byte as well: acknowledgements alone
    /// say nothing about the other direction, where a peer's kernel may wait as long again as the path was away.</summary>
    private const long AnswerLimit = 500;

    private TcpSocket? _replacement;
    private bool _isReachable;
    private bool _isDoubted;
    private long _doubtedSince;
    private long _reachedAt;
    private long _heardAt;
    private long _moment;
    private long _judgeAt = long.MaxValue;

    /// <summary>Tells that links, addresses or routes of the kernel have changed. Returns at once.</summary>
    public void PathChanged(PathChange change) => _worker.Post(() => Follow(change, TunnelWorker.Now));

    internal void StallChanged(ClientLink link, long now)
    {
        _heardAt = now;
        if (link != _link || !link.IsStalled || _isDoubted || _stopping)
        {
            return;
        }

        // Beside the connection, which may be intact: it is told apart from a dead one once the server can be reached.
        _isDoubted = true;
        _isReachable = false;
        _doubtedSince = now;
        Debug("nothing that was sent is acknowledged: looking whether the server can be reached");
        link.AskForLife(now);
        if (link == _link)
        {
            _knocker.Start(_server!, now);
            JudgeLater(now);
        }
    }

    private void Follow(PathChange change, long now)
    {
        if (_stopping)
        {
            return;
        }

        if (_link is { LocalAddress: { } local } link && change.Addresses is { } addresses && !addresses.Contains(local))
        {
            link.Drop(TunnelEnd.AddressChanged($"{local}, which the connection to the server came from, is gone"), now);
        }

        _link?.RenewRoutes();
        _knocker.Hasten(now);
        if (!_knocker.IsRunning && _server is null && _retryAt != long.MaxValue)
        {
            // The name was not resolved; the change may be what that needs, or one of a hundred in a minute.
            _retryAt = Math.Min(_retryAt, now + (WaitingInterval / 2) + Random.Shared.Next((int)WaitingInterval / 2));
            _worker.Schedule(this);
        }
    }

    private void KnockWhileWaiting(bool mayKnock, long now)
    {
        if (mayKnock && _server is not null)
        {
            _knocker.Start(_server, now + WaitingInterval - Random.Shared.Next((int)WaitingInterval / 2));
        }
        else
        {
            _knocker.Stop();
        }
    }

    /// <summary>Decides about a suspect connection as soon as there is something to decide by.</summary>
    private void Judge(long now)
    {
        if (_link is not { } link)
        {
            EndDoubt();
            return;
        }

        if (!link.IsStalled && link.LastReceived > _doubtedSince)
        {
            Debug("the connection has come back to life and is kept");
            EndDoubt();
            return;
        }

        long verdictAt = link.IsStalled ? _reachedAt + _moment : Math.Max(_reachedAt, _heardAt + AnswerLimit) + _moment;
        if (!_isReachable || now < verdictAt)
        {
            JudgeLater(now);
            return;
        }

        _judgeAt = long.MaxValue;
        long silence = (now - _doubtedSince) / 1000;
        link.Drop(TunnelEnd.PathBroken($"{_server} can be reached, but this connection has brought nothing for more than {silence} s"), now);
    }

    private void JudgeLater(long now)
    {
        _judgeAt = now + JudgeInterval;
        _worker.Schedule(this);
    }

    private void EndDoubt()
    {
        if (_isDoubted)
        {
            _isDoubted = false;
            _judgeAt = long.MaxValue;
            _knocker.Stop();
            _replacement?.Dispose();
            _replacement = null;
        }
    }

    /// <summary>The server's host answers, by a connection or by a refusal.</summary>
    private void Reached(TcpSocket? socket, long now)
    {
        _replacement = socket;
        if (!_isReachable && _link is { } link)
        {
            _isReachable = true;
            _reachedAt = now;
            _moment = link.Moment;
        }
    }

    private void Debug(string text) => _log.Write(TunnelLogLevel.Debug, $"{Options.Interface.Name}: {text}");

    private sealed class Door(SstpDialler dialler) : IKnocking
    {
        public bool MayKnock() => dialler._link is not { } link || link.RenewRoutes();

        public void Connected(TcpSocket socket, long now)
        {
            if (dialler._link is not null)
            {
                dialler.Reached(socket, now);
                return;
            }

            if (dialler._isTrying || dialler.BeginTry(now))
            {
                dialler.Connect(socket, now);
            }
            else
            {
                socket.Dispose();
            }
        }

        public void Failed(int error, string? detail, long now)
        {
            if (dialler._link is not null)
            {
                if (error == Errno.ConnectionRefused)
                {
                    dialler.Reached(null, now);
                }
            }
            else if (dialler._tryEnds != long.MaxValue)
            {
                var end = new TunnelEnd("connection-lost", LinuxException.Describe(error).ToLowerInvariant(), detail);
                dialler.Fail(end, isReachable: false, now);
            }
        }
    }
}
