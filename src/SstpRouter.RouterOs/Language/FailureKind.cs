namespace SstpRouter.RouterOs.Language;

/// <summary>Why a command of a configuration had no effect, or not all of it.</summary>
public enum FailureKind
{
    /// <summary>It cannot be read.</summary>
    Unreadable,

    /// <summary>It names a menu or a command that is not there.</summary>
    UnknownMenu,

    /// <summary>It stands behind a path that leads nowhere.</summary>
    BehindUnknownMenu,

    /// <summary>It has a property that is not there, or that cannot have that value yet; the rest of it has effect.</summary>
    UnknownProperty,

    /// <summary>It was understood and refused.</summary>
    Refused,
}
