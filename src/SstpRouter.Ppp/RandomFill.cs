namespace SstpRouter.Ppp;

/// <summary>
/// Fills <paramref name="destination"/> with unpredictable bytes: challenges, magic numbers, identifiers.
/// </summary>
/// <param name="destination">The bytes to fill, every one of them.</param>
public delegate void RandomFill(Span<byte> destination);
