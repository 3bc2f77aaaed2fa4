namespace SstpRouter.RouterOs.Language.Syntax;

/// <summary>How the parser reads an argument of a language command.</summary>
internal enum ArgumentForm
{
    /// <summary>A value, found before the command runs.</summary>
    Value,

    /// <summary>An expression that the command itself evaluates, perhaps more than once.</summary>
    Expression,

    /// <summary>Commands in braces.</summary>
    Code,

    /// <summary>A variable: its name, two names joined by a comma, or an element <c>($a->"k")</c>.</summary>
    Variable,
}

/// <summary>A command of the language itself, as the parser needs to know it.</summary>
/// <param name="Name">The name as typed behind the colon.</param>
/// <param name="UnnamedCount">How many arguments, from the first, take values without a name.</param>
/// <param name="Arguments">Its arguments.</param>
internal abstract record LanguageCommand(string Name, int UnnamedCount, (string Name, ArgumentForm Form)[] Arguments);
