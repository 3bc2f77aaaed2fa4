using System.Collections.Immutable;
using SstpRouter.RouterOs.Language.Syntax;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Language;

/// <summary>Turns a script into commands. Words are looked up in the menus while they are read, because the menus say what may follow.</summary>
/// <remarks>A fault in the text itself (brackets, quotes, signs) is thrown as <see cref="ScriptError"/> and refuses the script; a word that
/// no menu knows makes a <see cref="FailedStatement"/> in its place.</remarks>
internal sealed partial class Parser
{
    // Deep enough for any real script, shallow enough for the smallest stack that runs one.
    private const int MaxNesting = 100;

    private readonly Scanner _scanner;
    private readonly Grammar _grammar;

    // The menu that commands without a path are looked up in; null behind a path that leads nowhere.
    private Menu? _menu;
    private LostPath? _lostPath;
    private int _nesting;

    public Parser(SourceText source, Grammar grammar, Menu menu)
    {
        _scanner = new Scanner(source);
        _grammar = grammar;
        _menu = menu;
    }

    /// <summary>True where a property that a command does not know is left out, and the rest of the command stands.</summary>
    public bool IsTolerant { get; init; }

    /// <summary>What was left out so far.</summary>
    public List<ScriptError> LeftOut { get; } = [];

    /// <summary>The commands so far that mean nothing here.</summary>
    public List<ScriptError> Failed { get; } = [];

    /// <summary>How far the script was read.</summary>
    public int Offset => _scanner.Offset;

    /// <summary>The path that a command without one stands for, as an export writes it.</summary>
    public string Path => _menu?.ExportPath ?? _lostPath!.Text;

    /// <summary>Reads a whole script.</summary>
    public Block ParseScript()
    {
        var statements = ImmutableArray.CreateBuilder<Statement>();
        while (ParseNext() is { } statement)
        {
            statements.Add(statement);
        }

        return new Block(statements.ToImmutable(), _scanner.Source.Text);
    }

    /// <summary>Goes to the next command of the script's outermost level.</summary>
    /// <returns>Where it starts.</returns>
    public int NextStart()
    {
        _scanner.SkipLines(semicolons: true);
        return _scanner.Offset;
    }

    /// <summary>Reads the next command of the script's outermost level; null at the end.</summary>
    public Statement? ParseNext()
    {
        _nesting = 0;
        NextStart();
        if (_scanner.IsAtEnd)
        {
            return null;
        }

        (Menu? menu, LostPath? lostPath) = (_menu, _lostPath);
        try
        {
            Statement statement = ParseStatement();
            return _scanner.IsAtEnd || _scanner.Current is '\n' or ';' ? statement : throw _scanner.SyntaxError();
        }
        catch (ScriptError)
        {
            (_menu, _lostPath) = (menu, lostPath);
            throw;
        }
    }

    /// <summary>Goes to where reading can go on behind a command that could not be read.</summary>
    /// <param name="start">Where that command started.</param>
    public void Resume(int start)
    {
        // A quote that was forgotten would swallow the lines behind it: then only its own line is given up.
        int end = BalancedText.EndOfCommand(_scanner.Source.Text, start);
        bool isWhole = end >= 0 && (end == _scanner.Source.Text.Length || _scanner.Source.Text[end] is '\n' or ';');
        _scanner.Seek(isWhole ? end : _scanner.Source.NextLogicalLine(start));
    }

    private Statement ParseStatement()
    {
        int start = _scanner.Offset;
        (Menu? menu, LostPath? lostPath, int nesting) = (_menu, _lostPath, _nesting);
        try
        {
            return _scanner.Current switch
            {
                '{' => ParseBlockStatement(start),
                '$' or '[' or '(' => ParseCall(start),
                _ => ParseCommand(start),
            };
        }
        catch (CommandFault fault)
        {
            int end = BalancedText.EndOfCommand(_scanner.Source.Text, start);
            if (end < 0)
            {
                throw fault.Error;
            }

            _nesting = nesting;
            (_menu, _lostPath) = fault.LosesPath
                ? (null, new LostPath("/" + _scanner.Source.Text[start..end].Trim().TrimStart('/'), fault.Error))
                : (menu, lostPath);
            _scanner.Seek(end);
            Failed.Add(fault.Error);
            return new FailedStatement(_scanner.Source, start, end, fault.Error, fault.Kind);
        }
    }

    private BlockStatement ParseBlockStatement(int start)
    {
        Block block = ParseBlock('{', '}');
        return new BlockStatement(_scanner.Source, start, _scanner.Offset, block);
    }

    /// <summary>Reads commands between brackets; paths entered inside are left again behind them.</summary>
    private Block ParseBlock(char open, char close)
    {
        EnterNesting();
        (Menu? menu, LostPath? lostPath) = (_menu, _lostPath);
        _scanner.Advance();
        int start = _scanner.Offset;
        var statements = ImmutableArray.CreateBuilder<Statement>();
        while (true)
        {
            _scanner.SkipLines(semicolons: true);
            if (_scanner.IsAtEnd)
            {
                throw new ScriptError(open == '{' ? "missing closing brace" : "expected closing bracket", _scanner.Position);
            }

            if (_scanner.Current == close)
            {
                break;
            }

            statements.Add(ParseStatement());
            if (!_scanner.IsAtEnd && _scanner.Current is not ('\n' or ';') && _scanner.Current != close)
            {
                throw new ScriptError(open == '{' ? "expected closing brace" : "expected closing bracket", _scanner.Position);
            }
        }

        string text = _scanner.Source.Text[start.._scanner.Offset];
        _scanner.Advance();
        (_menu, _lostPath) = (menu, lostPath);
        _nesting--;
        return new Block(statements.ToImmutable(), text.Trim());
    }

    /// <summary>Reads <c>$function 1 name=2</c>, or a value that stands alone.</summary>
    private CallStatement ParseCall(int start)
    {
        Expression target = ParseValue(isText: false);
        var arguments = ImmutableArray.CreateBuilder<(string?, Expression)>();
        while (SkipToArgument())
        {
            int here = _scanner.Offset;
            string name = _scanner.Current == '"' ? "" : _scanner.ReadBareWord();
            if (name.Length > 0 && _scanner.TryTake('='))
            {
                arguments.Add((name, _scanner.Current == '{' && name == "do" ? ParseCode() : ParseValue(isText: false)));
            }
            else
            {
                _scanner.Seek(here);
                arguments.Add((null, ParseValue(isText: false)));
            }
        }

        return new CallStatement(_scanner.Source, start, _scanner.Offset, target, arguments.ToImmutable());
    }

    private CodeExpression ParseCode()
    {
        SourcePosition position = _scanner.Position;
        return new CodeExpression(position, ParseBlock('{', '}'));
    }

    /// <summary>Goes to the next argument; false at the command's end.</summary>
    private bool SkipToArgument()
    {
        int before = _scanner.Offset;
        _scanner.SkipBlanks();
        if (_scanner.IsAtCommandEnd)
        {
            return false;
        }

        // A continued line may end a blank before.
        char last = before == _scanner.Offset && before > 0 ? _scanner.Source.Text[before - 1] : ' ';
        if (last == '"' || (last is ')' or ']' or '}' && !char.IsAsciiLetter(_scanner.Current)))
        {
            // "a"b and $x"a" run two values into each other; :if (true)do={}else={} is told apart by its brackets.
            throw _scanner.SyntaxError();
        }

        return true;
    }

    private void EnterNesting()
    {
        if (++_nesting > MaxNesting)
        {
            throw new ScriptError("syntax error: brackets nested too deeply", _scanner.Position);
        }
    }

    private static CommandFault ExpectedEnd(SourcePosition position) => new("expected end of command", position);

    /// <summary>A path that leads nowhere, as it was typed, and what is wrong with it.</summary>
    private sealed record LostPath(string Text, ScriptError Error);
}
