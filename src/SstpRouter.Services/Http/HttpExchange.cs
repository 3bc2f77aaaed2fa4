using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace SstpRouter.Services.Http;

/// <summary>One request and its answer, after which the connection is closed (RFC 9112 9.6).</summary>
internal static class HttpExchange
{
    /// <summary>The longest head that is read, in bytes.</summary>
    public const int LongestHead = 8 * 1024;

    /// <summary>How long an exchange may take, a slow reader included.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Answers on a connection; a peer that is slow, hostile or gone ends it and nothing else.</summary>
    public static async Task Answer(Socket connection, Func<string, HttpDocument?> find)
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            string? head = await ReadHead(connection, limit.Token).ConfigureAwait(false);
            if (head is null)
            {
                return;
            }

            byte[][] reply = ReplyTo(head, find);
            foreach (byte[] part in reply)
            {
                for (ReadOnlyMemory<byte> rest = part; !rest.IsEmpty;)
                {
                    rest = rest[await connection.SendAsync(rest, limit.Token).ConfigureAwait(false)..];
                }
            }

            connection.Shutdown(SocketShutdown.Send);

            // Until the peer closes too: what it still sends would else make the kernel throw away what it has not read yet.
            byte[] rubbish = new byte[512];
            int left = LongestHead;
            while (left > 0 && await connection.ReceiveAsync(rubbish, limit.Token).ConfigureAwait(false) is > 0 and var more)
            {
                left -= more;
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            return; // nobody is left to be told
        }
    }

    /// <summary>The head and the body that answer a request.</summary>
    internal static byte[][] ReplyTo(string head, Func<string, HttpDocument?> find)
    {
        string[] words = head.Split('\n')[0].TrimEnd('\r').Split(' ');
        if (words is not [var method, var target, "HTTP/1.1" or "HTTP/1.0"])
        {
            return Status("400 Bad Request");
        }

        if (method is not ("GET" or "HEAD"))
        {
            return Status("405 Method Not Allowed", "Allow: GET, HEAD\r\n");
        }

        if (find(PathOf(target)) is not { } document)
        {
            return Status("404 Not Found");
        }

        byte[] start = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 200 OK\r\nContent-Type: {document.ContentType}\r\nContent-Length: {document.Content.Length}\r\nConnection: close\r\n\r\n"));
        return method == "HEAD" ? [start] : [start, document.Content];
    }

    // RFC 9112 3.2.2: a proxy's client sends the whole address.
    private static string PathOf(string target)
    {
        int host = target.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? "http://".Length : -1;
        int path = host < 0 ? 0 : target.IndexOf('/', host);
        return path < 0 ? "/" : target[path..];
    }

    private static byte[][] Status(string status, string more = "") =>
        [Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n{more}\r\n")];

    private static async Task<string?> ReadHead(Socket connection, CancellationToken limit)
    {
        byte[] head = new byte[LongestHead];
        int length = 0;
        while (length < head.Length)
        {
            int more = await connection.ReceiveAsync(head.AsMemory(length), limit).ConfigureAwait(false);
            if (more == 0)
            {
                return null;
            }

            length += more;
            ReadOnlySpan<byte> soFar = head.AsSpan(0, length);
            if (soFar.IndexOf("\r\n\r\n"u8) >= 0 || soFar.IndexOf("\n\n"u8) >= 0)
            {
                return Encoding.Latin1.GetString(soFar);
            }
        }

        return ""; // too long: answered as what it is, a bad request
    }
}
