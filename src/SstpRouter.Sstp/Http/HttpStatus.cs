namespace SstpRouter.Sstp.Http;

/// <summary>The statuses that the server answers with (RFC 9110 15).</summary>
internal enum HttpStatus
{
    Ok = 200,
    BadRequest = 400,
    NotFound = 404,
    MethodNotAllowed = 405,
    HeadTooLarge = 431,
    NotImplemented = 501,
    VersionNotSupported = 505,
}
