namespace SstpRouter.Bench;

/// <summary>A test could not be made; the message says which and why.</summary>
internal sealed class BenchFailure(string message) : Exception(message);
