using System.Net;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Users;

/// <summary>The users of the router, as those who let somebody in ask for them: the console, SSH, the API. Safe to use from many threads.</summary>
public interface IAccounts
{
    /// <summary>Checks a name and a password, and writes <c>login failure for user NAME from ADDRESS via SERVICE</c> to the log where they
    /// are refused. It takes as long for a user that does not exist.</summary>
    /// <param name="userName">The name, without console options (<c>+ct80w</c>).</param>
    /// <param name="password">The password; empty for none.</param>
    /// <param name="from">The address that it comes from; null for the local console.</param>
    /// <param name="via">The service: <c>local</c>, <c>ssh</c>, <c>api</c>, ... as <c>/user active</c> shows it.</param>
    LoginOutcome Login(string userName, string password, IPAddress? from, string via);

    /// <summary>Whether a user whom somebody else has checked, by a password or a key of SSH, may come in from there; where not, the log says
    /// so as for <see cref="Login"/>.</summary>
    bool MayEnter(string userName, IPAddress? from, string via);

    /// <summary>Gives a user who has no password yet the first one.</summary>
    /// <param name="by">The user's session.</param>
    /// <param name="password">The password.</param>
    /// <exception cref="Language.ScriptError">There is one already, or this one is not what <c>/user settings</c> asks for.</exception>
    void SetFirstPassword(ISession by, string password);

    /// <summary>Lets a user in who has been checked, here or by who asks (a key of SSH, root on the local socket): <c>/user active</c> shows
    /// the session until it is disposed, and the log says <c>user NAME logged in from ADDRESS via SERVICE</c> and <c>logged out</c>.</summary>
    /// <returns>The session; dispose of it when it ends.</returns>
    IActiveLogin Enter(string userName, IPAddress? from, string via);

    /// <summary>What a user may do; nothing for one that does not exist or is disabled.</summary>
    Policies PoliciesOf(string userName);
}

/// <summary>What came of a login.</summary>
public enum LoginOutcome
{
    /// <summary>Unknown user, wrong password, wrong address, disabled, or no such policy: nobody is told which.</summary>
    Refused,

    /// <summary>The user may come in.</summary>
    Accepted,

    /// <summary>The user may come in at the local console, and has no password yet: ask for one.</summary>
    NeedsPassword,
}

/// <summary>A user who is logged in.</summary>
public interface IActiveLogin : IDisposable
{
    /// <summary>The value for <see cref="ISession.Id"/>.</summary>
    string Id { get; }

    /// <summary>Set when <c>/user active remove</c> ends the session.</summary>
    CancellationToken Ended { get; }
}
