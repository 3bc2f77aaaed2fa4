using System.Collections.Immutable;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Language.Syntax;

/// <summary>Commands in order, as <c>{ }</c>, <c>[ ]</c> or a whole script hold them.</summary>
/// <param name="Statements">The commands.</param>
/// <param name="Text">Their source without the brackets.</param>
internal sealed record Block(ImmutableArray<Statement> Statements, string Text);

/// <summary>One command of a script.</summary>
/// <param name="Source">The script it stands in.</param>
/// <param name="Start">The offset of its first character.</param>
/// <param name="End">The offset behind its last one.</param>
internal abstract record Statement(SourceText Source, int Start, int End);

/// <summary><c>{ ... }</c> as a command: a scope of its own.</summary>
internal sealed record BlockStatement(SourceText Source, int Start, int End, Block Block) : Statement(Source, Start, End);

/// <summary>A path alone: the commands behind it are looked up there.</summary>
internal sealed record EnterMenuStatement(SourceText Source, int Start, int End, Menu Menu) : Statement(Source, Start, End);

/// <summary>A command of a menu.</summary>
internal sealed record CommandStatement(
    SourceText Source, int Start, int End, Menu Menu, MenuCommand Command, SourcePosition CommandPosition,
    ImmutableArray<MenuArgument> Arguments, Expression? Condition) : Statement(Source, Start, End);

/// <summary>A command of the language itself: <c>:put</c>, <c>:if</c>.</summary>
internal sealed record LanguageStatement(
    SourceText Source, int Start, int End, LanguageCommand Command, SourcePosition CommandPosition, Menu? Menu,
    ImmutableDictionary<string, Expression> Arguments) : Statement(Source, Start, End);

/// <summary><c>$function arguments</c>; without arguments also any other value.</summary>
internal sealed record CallStatement(
    SourceText Source, int Start, int End, Expression Target, ImmutableArray<(string? Name, Expression Value)> Arguments)
    : Statement(Source, Start, End);

/// <summary>A command that cannot be run; the error comes up when it is reached.</summary>
internal sealed record FailedStatement(SourceText Source, int Start, int End, ScriptError Error, FailureKind Kind) : Statement(Source, Start, End);

/// <summary>An argument of a menu's command as it stands in the script.</summary>
/// <param name="Argument">The argument that the command knows.</param>
/// <param name="Value">The value; null for a bare name and for <c>!name</c>.</param>
/// <param name="IsNegated">True for <c>!name</c>.</param>
/// <param name="Start">The offset of its first character.</param>
/// <param name="ValueStart">The offset of its value.</param>
/// <param name="End">The offset behind it.</param>
internal sealed record MenuArgument(CommandArgument Argument, Expression? Value, bool IsNegated, int Start, int ValueStart, int End);
