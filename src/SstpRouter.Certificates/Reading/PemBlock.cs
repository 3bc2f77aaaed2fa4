namespace SstpRouter.Certificates.Reading;

/// <summary>One textual encoding (RFC 7468) of a file.</summary>
/// <param name="Label">What it says it is: <c>CERTIFICATE</c>, <c>EC PRIVATE KEY</c>.</param>
/// <param name="Headers">The header lines of the older form (RFC 1421 4.6), <c>Proc-Type</c> and <c>DEK-Info</c> among them.</param>
/// <param name="Content">The decoded bytes.</param>
/// <param name="Line">The line of its <c>-----BEGIN</c>, from 1.</param>
internal sealed record PemBlock(string Label, IReadOnlyDictionary<string, string> Headers, byte[] Content, int Line);
