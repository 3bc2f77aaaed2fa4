namespace SstpRouter.RouterOs.Assistance;

/// <summary>What a piece of a command line is, for its colour.</summary>
public enum WordKind : byte
{
    /// <summary>Nothing in particular: blanks, values, a word that is still being typed.</summary>
    Plain,

    /// <summary>A menu.</summary>
    Menu,

    /// <summary>A command, or a word that works like one (<c>where</c>).</summary>
    Command,

    /// <summary>The name of an argument or property.</summary>
    Argument,

    /// <summary>A sign of the language: <c>=</c>, brackets, <c>;</c>, operators.</summary>
    Sign,

    /// <summary>A variable, its <c>$</c> included.</summary>
    Variable,

    /// <summary>A quoted string.</summary>
    Text,

    /// <summary>A comment.</summary>
    Comment,

    /// <summary>A word that means nothing here.</summary>
    Unknown,
}
