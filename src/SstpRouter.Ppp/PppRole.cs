namespace SstpRouter.Ppp;

/// <summary>Which end of the link a session is.</summary>
public enum PppRole
{
    /// <summary>Proves its name and password, and takes the address it is given.</summary>
    Client,

    /// <summary>Authenticates the peer and hands out addresses.</summary>
    Server,
}
