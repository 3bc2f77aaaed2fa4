namespace SstpRouter.RouterOs.Language.Syntax;

/// <summary>The operators of the language.</summary>
internal enum Operator
{
    Or,
    And,
    Not,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Match,
    In,
    Join,
    Concatenate,
    BitOr,
    BitXor,
    BitAnd,
    ShiftLeft,
    ShiftRight,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Negate,
    BitNot,
    Element,
}

/// <summary>How operators are spelled and how tightly they bind.</summary>
internal static class Operators
{
    // Longer spellings first, so that the first that fits is the right one.
    private static readonly (string Spelling, Operator Operator)[] Spellings =
    [
        ("&&", Operator.And), ("||", Operator.Or), ("<<", Operator.ShiftLeft), (">>", Operator.ShiftRight),
        ("<=", Operator.LessOrEqual), (">=", Operator.GreaterOrEqual), ("!=", Operator.NotEqual), ("->", Operator.Element),
        ("=", Operator.Equal), ("<", Operator.Less), (">", Operator.Greater), ("~", Operator.Match), (",", Operator.Join),
        (".", Operator.Concatenate), ("|", Operator.BitOr), ("^", Operator.BitXor), ("&", Operator.BitAnd), ("+", Operator.Add),
        ("-", Operator.Subtract), ("*", Operator.Multiply), ("/", Operator.Divide), ("%", Operator.Remainder),
        ("and", Operator.And), ("or", Operator.Or), ("in", Operator.In),
    ];

    /// <summary>The binary operator that starts at an offset, and the length of its spelling; null where there is none.</summary>
    public static (Operator Operator, int Length)? BinaryAt(string text, int offset)
    {
        foreach ((string spelling, Operator op) in Spellings)
        {
            if (IsAt(text, offset, spelling))
            {
                return (op, spelling.Length);
            }
        }

        return null;
    }

    /// <summary>True where the text goes on with a spelling that is a sign, or a word that ends there.</summary>
    public static bool IsAt(string text, int offset, string spelling)
    {
        if (string.CompareOrdinal(text, offset, spelling, 0, spelling.Length) != 0)
        {
            return false;
        }

        int end = offset + spelling.Length;
        return !char.IsAsciiLetter(spelling[0]) || end >= text.Length || !(char.IsAsciiLetterOrDigit(text[end]) || text[end] is '-' or '_');
    }

    /// <summary>How tightly a binary operator binds; a greater number binds tighter.</summary>
    public static int Precedence(Operator op) => op switch
    {
        Operator.Or => 0,
        Operator.And => 1,
        _ when IsComparison(op) => 2,
        Operator.Join => 3,
        Operator.Concatenate => 4,
        Operator.BitOr => 5,
        Operator.BitXor => 6,
        Operator.BitAnd => 7,
        Operator.ShiftLeft or Operator.ShiftRight => 8,
        Operator.Add or Operator.Subtract => 9,
        Operator.Multiply or Operator.Divide or Operator.Remainder => 10,
        _ => 11,
    };

    /// <summary>True for the operators that compare two values.</summary>
    public static bool IsComparison(Operator op) => op is >= Operator.Equal and <= Operator.In;
}
