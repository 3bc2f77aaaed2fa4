using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Language.Syntax;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Interpretation.Commands;

/// <summary>A language command about to run: its arguments, found when they are asked for.</summary>
internal sealed class Call(Evaluator evaluator, LanguageStatement statement)
{
    public Evaluator Evaluator { get; } = evaluator;

    public Schema.ISession Session => Evaluator.Session;

    /// <summary>The menu that paths of the command's own code start in.</summary>
    public Schema.Menu Menu => statement.Menu ?? Evaluator.Grammar.Root;

    public bool Has(string name) => statement.Arguments.ContainsKey(name);

    /// <summary>The expression of an argument; an error where it was not given.</summary>
    public Expression Expression(string name) =>
        statement.Arguments.TryGetValue(name, out Expression? expression)
            ? expression
            : throw new ScriptError("missing value(s) of argument(s) " + name, statement.CommandPosition);

    /// <summary>The value of an argument; an error where it was not given.</summary>
    public Value this[string name] => Evaluator.Evaluate(Expression(name));

    /// <summary>The value of an argument, or null where it was not given.</summary>
    public Value? Optional(string name) => Has(name) ? this[name] : null;

    /// <summary>The text of an argument.</summary>
    public string Text(string name) => this[name].ToText();

    /// <summary>An argument that must be a whole number, or a value to take where it was not given.</summary>
    public long Number(string name, long otherwise) => Optional(name) switch
    {
        null => otherwise,
        NumberValue number => number.Number,
        TextValue text when Literal.ParseNumber(text.Content) is NumberValue number => number.Number,
        _ => throw new ScriptError("invalid value for argument " + name),
    };

    /// <summary>An argument that must be a span of time; a number counts seconds.</summary>
    public TimeSpan Time(string name, TimeSpan otherwise) => Optional(name) switch
    {
        null => otherwise,
        { } value when Conversion.ToTime(value) is TimeValue time => time.Span,
        _ => throw new ScriptError("invalid value for argument " + name),
    };

    /// <summary>An argument that must be a truth value.</summary>
    public bool Condition(string name) => this[name] is BooleanValue truth
        ? truth.IsTrue
        : throw new ScriptError("conditional not boolean", Expression(name).Position);

    /// <summary>The code of an argument: braces, or a value that is code or the text of some.</summary>
    public Block Code(string name) => Expression(name) is CodeExpression code ? code.Block : CodeOf(this[name]);

    /// <summary>Reads code that is a value.</summary>
    public Block CodeOf(Value value) => value is CodeValue code
        ? code.Block
        : new Parser(new SourceText(value.ToText()), Evaluator.Grammar, Menu).ParseScript();

    /// <summary>The variable names of an argument: <c>x</c>, or <c>k,v</c>.</summary>
    public string[] Names(string name) => Text(name).Split(',');
}
