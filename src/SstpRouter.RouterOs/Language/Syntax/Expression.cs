using System.Collections.Immutable;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Language.Syntax;

/// <summary>A part of a script that has a value.</summary>
/// <param name="Position">Where it starts.</param>
internal abstract record Expression(SourcePosition Position)
{
    /// <summary>The height of its tree of operators; the parser bounds it, because evaluation recurses along it.</summary>
    public virtual int Height => 1;
}

/// <summary>A value as it stands.</summary>
internal sealed record LiteralExpression(SourcePosition Position, Value Value) : Expression(Position);

/// <summary>A quoted string with substitutions: the texts of its parts are joined.</summary>
internal sealed record InterpolatedExpression(SourcePosition Position, ImmutableArray<Expression> Parts) : Expression(Position);

/// <summary><c>$name</c>.</summary>
internal sealed record VariableExpression(SourcePosition Position, string Name) : Expression(Position);

/// <summary>A property's name in a condition: its value in the row that is looked at.</summary>
internal sealed record PropertyExpression(SourcePosition Position, string Name, Property? Property) : Expression(Position);

/// <summary>An operator before its operand.</summary>
internal sealed record UnaryExpression(SourcePosition Position, Operator Operator, Expression Operand) : Expression(Position)
{
    public override int Height { get; } = Operand.Height + 1;
}

/// <summary>An operator between its operands.</summary>
internal sealed record BinaryExpression(SourcePosition Position, Operator Operator, Expression Left, Expression Right) : Expression(Position)
{
    public override int Height { get; } = Math.Max(Left.Height, Right.Height) + 1;
}

/// <summary><c>{1;2;"k"=3}</c>.</summary>
internal sealed record ArrayExpression(SourcePosition Position, ImmutableArray<(Expression? Key, Expression Value)> Elements) : Expression(Position);

/// <summary><c>[command]</c>: the value that the last command returns.</summary>
internal sealed record SubstitutionExpression(SourcePosition Position, Block Block) : Expression(Position);

/// <summary><c>do={commands}</c>: commands that somebody else runs.</summary>
internal sealed record CodeExpression(SourcePosition Position, Block Block) : Expression(Position);
