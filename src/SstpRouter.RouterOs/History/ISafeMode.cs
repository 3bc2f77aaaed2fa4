using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.History;

/// <summary>Safe mode: whatever changes while a session holds it, made by that session or another, is undone when that session is lost before it
/// lets go (manual, Console: Safe Mode).</summary>
/// <remarks>At most one session holds it. Taking it is durable: a router that starts again finds the mark and undoes what came after it. Every
/// member may be called from any thread; those that change something wait for the transaction that runs.</remarks>
public interface ISafeMode
{
    /// <summary>The most actions that it can undo; one more ends it and keeps the changes.</summary>
    const int MostActions = 100;

    /// <summary>Raised where the holder loses it otherwise than by its own command, with the session that lost it. A handler must be quick
    /// and must not call back.</summary>
    event Action<SafeModeHolder, SafeModeLoss>? Lost;

    /// <summary>Who holds it, or null.</summary>
    SafeModeHolder? Holder { get; }

    /// <summary>Takes it for a session.</summary>
    /// <returns><see cref="SafeModeOutcome.Done"/>, <see cref="SafeModeOutcome.AlreadyTaken"/> where this session has it, or
    /// <see cref="SafeModeOutcome.TakenByAnother"/>: then ask the user, <see cref="Unroll"/> or <see cref="Release"/>, and take it again.</returns>
    /// <exception cref="Language.ScriptError">The mark could not be saved.</exception>
    SafeModeOutcome Take(ISession by);

    /// <summary>Ends it and keeps the changes, whoever holds it; a holder that is another session hears of it.</summary>
    /// <returns><see cref="SafeModeOutcome.Done"/>, or <see cref="SafeModeOutcome.NotTaken"/>.</returns>
    /// <exception cref="Language.ScriptError">It could not be saved: it is still taken.</exception>
    SafeModeOutcome Release(ISession by);

    /// <summary>Ends it and undoes everything since it was taken, whoever holds it; a holder that is another session hears of it.</summary>
    /// <returns><see cref="SafeModeOutcome.Done"/>, or <see cref="SafeModeOutcome.NotTaken"/>.</returns>
    /// <exception cref="Language.ScriptError">It could not be undone or saved: it is still taken.</exception>
    SafeModeOutcome Unroll(ISession by);

    /// <summary>Says that a session is over, however it ended: where it held safe mode, everything since is undone. A session that leaves
    /// in order and keeps its changes calls <see cref="Release"/> before.</summary>
    void SessionEnded(ISession session);
}

/// <summary>The session that holds safe mode.</summary>
/// <param name="SessionId">Its <see cref="ISession.Id"/>.</param>
/// <param name="UserName">Its user.</param>
/// <param name="Since">When it took it.</param>
public sealed record SafeModeHolder(string SessionId, string UserName, DateTimeOffset Since);

/// <summary>What came of a wish about safe mode.</summary>
public enum SafeModeOutcome
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>The session has it already.</summary>
    AlreadyTaken,

    /// <summary>Another session has it.</summary>
    TakenByAnother,

    /// <summary>Nobody has it.</summary>
    NotTaken,
}

/// <summary>How a session lost safe mode.</summary>
public enum SafeModeLoss
{
    /// <summary>Another session released it; the changes stay (<c>[Safe mode released by another user]</c>).</summary>
    Released,

    /// <summary>Another session, or an unconfirmed <c>/system commit</c>, undid the changes.</summary>
    Unrolled,

    /// <summary>There were more than <see cref="ISafeMode.MostActions"/>; the changes stay.</summary>
    TooManyActions,
}
