namespace SstpRouter.Sstp;

/// <summary>Fills all of <paramref name="destination"/> with cryptographically strong random bytes.</summary>
/// <param name="destination">The bytes to fill.</param>
public delegate void SstpRandomFill(Span<byte> destination);
