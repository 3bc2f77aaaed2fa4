using System.Globalization;
using System.Text;

namespace SstpRouter.Sstp.Http;

/// <summary>The server's one answer.</summary>
internal static class HttpReply
{
    // The specification's own value ([MS-SSTP] 4.1), which SoftEther sends too: a client that looks at it at all
    // expects this one, and a stranger who scans the port learns nothing about the router.
    private const string Server = "Microsoft-HTTPAPI/2.0";

    /// <summary>The reply that begins a call. There are clients that give up above seven headers, and that take bytes
    /// after the head for a part of it: nothing is appended.</summary>
    public static byte[] BuildOk(DateTimeOffset? date) =>
        Encoding.ASCII.GetBytes(
            "HTTP/1.1 200\r\n"
            + $"Content-Length: {HttpRequest.EndlessContentLength}\r\n"
            + $"Server: {Server}\r\n"
            + Date(date)
            + "\r\n");

    /// <summary>A reply that ends the connection.</summary>
    public static byte[] BuildRefusal(HttpStatus status, DateTimeOffset? date) =>
        Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {Describe(status)}\r\n"
            + "Content-Length: 0\r\n"
            + (status == HttpStatus.MethodNotAllowed ? $"Allow: {HttpRequest.Method}\r\n" : "")
            + "Connection: close\r\n"
            + $"Server: {Server}\r\n"
            + Date(date)
            + "\r\n");

    /// <summary>Number and reason phrase.</summary>
    public static string Describe(HttpStatus status) => status switch
    {
        HttpStatus.Ok => "200 OK",
        HttpStatus.BadRequest => "400 Bad Request",
        HttpStatus.NotFound => "404 Not Found",
        HttpStatus.MethodNotAllowed => "405 Method Not Allowed",
        HttpStatus.HeadTooLarge => "431 Request Header Fields Too Large",
        HttpStatus.NotImplemented => "501 Not Implemented",
        HttpStatus.VersionNotSupported => "505 HTTP Version Not Supported",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "no reason phrase is known"),
    };

    /// <summary>Reads the status line.</summary>
    /// <param name="head">The complete head; its headers are not looked at.</param>
    /// <param name="status">The status, 100 to 999.</param>
    /// <returns>False when this is no HTTP/1 status line.</returns>
    public static bool TryReadStatus(HttpHeadReader head, out int status)
    {
        status = 0;
        ReadOnlySpan<byte> line = head.Line(0);
        const int digits = 3;
        const int statusOffset = 9; // "HTTP/1.1 ", RFC 9112 4
        return line.Length >= statusOffset + digits
            && line.StartsWith("HTTP/1."u8)
            && line[statusOffset - 1] == (byte)' '
            && (line.Length == statusOffset + digits || line[statusOffset + digits] == (byte)' ')
            && int.TryParse(
                line.Slice(statusOffset, digits), NumberStyles.None, CultureInfo.InvariantCulture, out status)
            && status >= 100;
    }

    private static string Date(DateTimeOffset? date) =>
        date is { } now ? $"Date: {now.ToString("R", CultureInfo.InvariantCulture)}\r\n" : "";
}
