using SstpRouter.RouterOs.Language.Syntax;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Assistance;

/// <summary>What may stand where a line ends.</summary>
/// <param name="Start">Where the word that is being typed starts; the line's end where none is.</param>
internal abstract record Place(int Start);

/// <summary>Nothing that could be named.</summary>
internal sealed record NoPlace(int Start) : Place(Start);

/// <summary>A menu or a command.</summary>
/// <param name="Start">Where its word starts.</param>
/// <param name="Menu">The menu that it is looked up in.</param>
/// <param name="StartsCommand">True for the first word of a command without <c>/</c>.</param>
/// <param name="IsMarked">True behind a colon.</param>
internal sealed record CommandPlace(int Start, Menu Menu, bool StartsCommand, bool IsMarked) : Place(Start);

/// <summary>An argument of a menu's command, or a value without a name.</summary>
/// <param name="Start">Where its word starts.</param>
/// <param name="Menu">The command's menu.</param>
/// <param name="Command">The command.</param>
/// <param name="Given">The arguments that stand there already.</param>
/// <param name="IsNegated">True behind <c>!</c>.</param>
internal sealed record ArgumentPlace(int Start, Menu Menu, MenuCommand Command, IReadOnlyCollection<string> Given, bool IsNegated) : Place(Start);

/// <summary>The value of a named argument.</summary>
/// <param name="Start">Where the value starts, its quote included.</param>
/// <param name="Menu">The command's menu.</param>
/// <param name="Argument">The argument.</param>
internal sealed record ValuePlace(int Start, Menu Menu, CommandArgument Argument) : Place(Start);

/// <summary>A property in a condition.</summary>
/// <param name="Start">Where its word starts.</param>
/// <param name="Menu">The menu whose items are tested.</param>
internal sealed record ConditionPlace(int Start, Menu Menu) : Place(Start);

/// <summary>The value that a condition compares with.</summary>
/// <param name="Start">Where the value starts, its quote included.</param>
/// <param name="Property">What it is compared with.</param>
internal sealed record ComparedPlace(int Start, Property Property) : Place(Start);

/// <summary>An argument of a command of the language.</summary>
/// <param name="Start">Where its word starts.</param>
/// <param name="Command">The command.</param>
/// <param name="Given">The arguments that stand there already.</param>
internal sealed record LanguageArgumentPlace(int Start, LanguageCommand Command, IReadOnlyCollection<string> Given) : Place(Start);

/// <summary>The name of a variable.</summary>
/// <param name="Start">Where it starts, behind the <c>$</c>.</param>
internal sealed record VariablePlace(int Start) : Place(Start);
