using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using SstpRouter.RouterOs.Logging;

namespace SstpRouter.Services.Http;

/// <summary>Documents that the router shows to anybody over HTTP: exact paths, bytes, nothing else. Revocation lists are some, proofs for ACME others.</summary>
/// <remarks>The port is open only while there is a document. Whatever comes in costs at most <see cref="MostConnections"/> connections of
/// <see cref="HttpExchange.LongestHead"/> bytes and <see cref="HttpExchange.Limit"/>. Members may be called from any thread.</remarks>
internal sealed class HttpDocuments : IDisposable
{
    /// <summary>How many connections are served at a time; what comes beyond is closed.</summary>
    public const int MostConnections = 32;

    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, HttpDocument> _documents = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly RouterLog? _log;
    private readonly int _port;
    private readonly Timer _retry;
    private Socket? _listener;
    private string? _fault;
    private bool _isDisposed;
    private int _connections;

    /// <param name="log">Where it is said that the port cannot be opened.</param>
    /// <param name="port">The port; 0 for any, which <see cref="Port"/> then tells.</param>
    public HttpDocuments(RouterLog? log, int port = 80)
    {
        _log = log;
        _port = port;
        _retry = new Timer(_ => Follow());
    }

    /// <summary>The port that is open, or 0.</summary>
    public int Port
    {
        get
        {
            lock (_gate)
            {
                return (_listener?.LocalEndPoint as IPEndPoint)?.Port ?? 0;
            }
        }
    }

    /// <summary>Why the port could not be opened, or null where it is open or need not be.</summary>
    public string? Fault
    {
        get
        {
            lock (_gate)
            {
                return _fault;
            }
        }
    }

    /// <summary>Shows a document, or another one in its place.</summary>
    /// <param name="path">Its path, from <c>/</c> on; letters count as they are.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="content">Its bytes, which must not change any more.</param>
    public void Publish(string path, string contentType, byte[] content)
    {
        _documents[path] = new HttpDocument(contentType, content);
        Follow();
    }

    /// <summary>Shows a document no more; nothing happens where there is none.</summary>
    public void Withdraw(string path)
    {
        if (_documents.TryRemove(path, out _))
        {
            Follow();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _retry.Dispose();
            _listener?.Dispose();
            _listener = null;
        }
    }

    private void Follow()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            if (_documents.IsEmpty)
            {
                _listener?.Dispose();
                _listener = null;
                _fault = null;
            }
            else if (_listener is null)
            {
                Open();
            }
        }
    }

    private void Open()
    {
        try
        {
            _listener = Listen();
            _fault = null;
            _ = Accept(_listener);
        }
        catch (SocketException exception)
        {
            // Said once; the port may become free.
            if (_fault != exception.Message)
            {
                _fault = exception.Message;
                _log?.Warning("certificate", $"cannot serve HTTP on port {_port}: {exception.Message}");
            }

            _retry.Change(RetryInterval, Timeout.InfiniteTimeSpan);
        }
    }

    private Socket Listen()
    {
        bool hasIp6 = Socket.OSSupportsIPv6;
        var socket = new Socket(hasIp6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (hasIp6)
            {
                socket.DualMode = true;
            }

            socket.Bind(new IPEndPoint(hasIp6 ? IPAddress.IPv6Any : IPAddress.Any, _port));
            socket.Listen(MostConnections);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task Accept(Socket listener)
    {
        while (true)
        {
            Socket connection;
            try
            {
                connection = await listener.AcceptAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return;
            }
            catch (SocketException)
            {
                // Out of descriptors, or the caller has gone: neither is a reason to stop for good.
                await Task.Delay(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
                continue;
            }

            if (Interlocked.Increment(ref _connections) > MostConnections)
            {
                Interlocked.Decrement(ref _connections);
                connection.Dispose();
                continue;
            }

            _ = Serve(connection);
        }
    }

    private async Task Serve(Socket connection)
    {
        try
        {
            await HttpExchange.Answer(connection, path => _documents.GetValueOrDefault(path)).ConfigureAwait(false);
        }
        finally
        {
            connection.Dispose();
            Interlocked.Decrement(ref _connections);
        }
    }
}

/// <summary>A document that is shown.</summary>
/// <param name="ContentType">Its media type.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record HttpDocument(string ContentType, byte[] Content);
