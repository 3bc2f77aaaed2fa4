using System.Text;

namespace SstpRouter.Sstp.Http;

/// <summary>The one request that begins an SSTP call ([MS-SSTP] 3.2.4.1).</summary>
internal static class HttpRequest
{
    /// <summary>The method.</summary>
    public const string Method = "SSTP_DUPLEX_POST";

    /// <summary>The path; the case of its letters does not count.</summary>
    public const string Path = "/sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/";

    /// <summary>2^64-1: the body has no end. It is sent, never taken for a length.</summary>
    public const string EndlessContentLength = "18446744073709551615";

    // Methods that this server knows but does not allow here (RFC 9110 9.1, RFC 5789).
    private static readonly string[] KnownMethods =
        ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];

    /// <summary>The request as Windows sends it: the order of the headers, the upper-case id in braces.</summary>
    public static byte[] Build(string host, Guid correlationId)
    {
        string id = correlationId.ToString("B").ToUpperInvariant();
        return Encoding.ASCII.GetBytes(
            $"{Method} {Path} HTTP/1.1\r\n"
            + $"SSTPCORRELATIONID: {id}\r\n"
            + $"Content-Length: {EndlessContentLength}\r\n"
            + $"Host: {host}\r\n"
            + "\r\n");
    }

    /// <summary>Judges a request.</summary>
    /// <param name="head">The complete head.</param>
    /// <returns>200, or the status to refuse it with.</returns>
    public static HttpStatus Judge(HttpHeadReader head)
    {
        ReadOnlySpan<byte> line = head.Line(0);
        int first = line.IndexOf((byte)' ');
        int last = line.LastIndexOf((byte)' ');
        if (first <= 0 || last <= first + 1 || !HeadersAreSound(head))
        {
            return HttpStatus.BadRequest;
        }

        ReadOnlySpan<byte> version = line[(last + 1)..];
        if (!version.SequenceEqual("HTTP/1.1"u8))
        {
            return version.StartsWith("HTTP/"u8) ? HttpStatus.VersionNotSupported : HttpStatus.BadRequest;
        }

        string method = Encoding.Latin1.GetString(line[..first]);
        bool known = Array.IndexOf(KnownMethods, method) >= 0;
        if (method != Method && !known)
        {
            return HttpStatus.NotImplemented;
        }

        if (!IsSstpPath(Encoding.Latin1.GetString(line[(first + 1)..last])))
        {
            return HttpStatus.NotFound;
        }

        return known ? HttpStatus.MethodNotAllowed : HttpStatus.Ok;
    }

    // RFC 9112 3.2: origin form, and absolute form from clients that went through a proxy. Clients written on a URI
    // library send the braces percent-encoded; a tenant may follow as a query.
    private static bool IsSstpPath(string target)
    {
        int scheme = target.IndexOf("://", StringComparison.Ordinal);
        if (scheme > 0 && target[0] != '/')
        {
            int path = target.IndexOf('/', scheme + 3);
            target = path < 0 ? "/" : target[path..];
        }

        int query = target.IndexOf('?');
        string name = query < 0 ? target : target[..query];
        return string.Equals(Uri.UnescapeDataString(name), Path, StringComparison.OrdinalIgnoreCase);
    }

    // A header has a name (RFC 9112 5); a line that begins with a blank continues the one before it.
    private static bool HeadersAreSound(HttpHeadReader head)
    {
        for (int i = 1; i < head.LineCount; i++)
        {
            ReadOnlySpan<byte> line = head.Line(i);
            bool continuation = line[0] is (byte)' ' or (byte)'\t';
            if (continuation ? i == 1 : line.IndexOf((byte)':') <= 0)
            {
                return false;
            }
        }

        return true;
    }
}
