namespace SstpRouter.Ppp;

/// <summary>How an authentication ended well.</summary>
/// <param name="Method">
/// The method; <see cref="PppAuthenticationMethods.None"/> if a client's server asked for none.
/// </param>
/// <param name="UserName">The name that was proved.</param>
/// <param name="Hlak">
/// The higher-layer authentication key, 32 bytes, for the crypto binding ([MS-SSTP] 3.2.5.2); zeros for methods that
/// give no key.
/// </param>
public sealed record PppAuthentication(PppAuthenticationMethods Method, string UserName, byte[] Hlak);
