using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace SstpRouter.Services.Http;

/// <summary>Fetches a small document over plain HTTP: one request, one answer, no redirection.</summary>
internal static class HttpFetch
{
    private const int LongestHead = 16 * 1024;

    /// <summary>The body of the answer.</summary>
    /// <param name="url">An <c>http</c> address.</param>
    /// <param name="largest">The most bytes that the body may have.</param>
    /// <param name="limit">How long it may take altogether.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="IOException">There is no such document, or it is too large, or the server does not speak HTTP; the text says which.</exception>
    public static async Task<byte[]> Get(Uri url, int largest, TimeSpan limit, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(limit);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(url.IdnHost.Trim('[', ']'), url.Port, end.Token).ConfigureAwait(false);
            NetworkStream stream = client.GetStream();

            // HTTP/1.0: the answer then comes in one piece and ends with the connection (RFC 1945).
            string request = $"GET {url.PathAndQuery} HTTP/1.0\r\nHost: {url.Authority}\r\nAccept: */*\r\nConnection: close\r\n\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(request), end.Token).ConfigureAwait(false);
            return BodyOf(await ReadToEnd(stream, largest + LongestHead, end.Token).ConfigureAwait(false), largest);
        }
        catch (SocketException exception)
        {
            throw new IOException(exception.Message, exception);
        }
        catch (OperationCanceledException exception)
        {
            throw new IOException(cancellation.IsCancellationRequested ? "interrupted" : "no whole answer in time", exception);
        }
    }

    private static async Task<byte[]> ReadToEnd(NetworkStream stream, int most, CancellationToken end)
    {
        using var answer = new MemoryStream();
        byte[] piece = new byte[16 * 1024];
        while (await stream.ReadAsync(piece, end).ConfigureAwait(false) is > 0 and var length)
        {
            answer.Write(piece, 0, length);
            if (answer.Length > most)
            {
                throw new IOException("the answer is too large");
            }
        }

        return answer.ToArray();
    }

    private static byte[] BodyOf(byte[] answer, int largest)
    {
        int end = answer.AsSpan().IndexOf("\r\n\r\n"u8);
        string[] head = Encoding.Latin1.GetString(answer.AsSpan(0, Math.Max(end, 0))).Split("\r\n");
        string[] status = head[0].Split(' ', 3);
        if (end < 0 || status.Length < 2 || !status[0].StartsWith("HTTP/1.", StringComparison.Ordinal))
        {
            throw new IOException("the answer is not HTTP");
        }

        if (status[1] != "200")
        {
            string reason = string.Concat(string.Join(' ', status.Skip(1)).Where(c => c is >= ' ' and <= '~').Take(60));
            throw new IOException("the server says " + reason);
        }

        byte[] body = answer[(end + 4)..];
        return body.Length > largest ? throw new IOException("the answer is too large")
            : LengthIn(head) is { } length && length != body.Length ? throw new IOException("the answer was cut short")
            : body;
    }

    private static long? LengthIn(string[] head) => head
        .Where(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
        .Select(l => long.TryParse(l.AsSpan("Content-Length:".Length).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long n) ? n : (long?)null)
        .FirstOrDefault();
}
