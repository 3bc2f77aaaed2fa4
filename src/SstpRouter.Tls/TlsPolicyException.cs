namespace SstpRouter.Tls;

/// <summary>A policy that no connection can be made with.</summary>
/// <param name="message">The cause and the next step, in the user's words.</param>
public sealed class TlsPolicyException(string message) : Exception(message);
