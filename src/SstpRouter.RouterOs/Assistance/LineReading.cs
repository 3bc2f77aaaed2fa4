using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Language.Syntax;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Assistance;

/// <summary>Reads a line that is still being typed: what each of its words is, and what may stand at its end.</summary>
/// <remarks>It follows the parser's rules but never gives up: what cannot be read is passed over.</remarks>
internal sealed partial class LineReading
{
    // As deep as the parser goes; what is nested deeper stays plain.
    private const int MaxNesting = 100;

    private readonly Scanner _scanner;
    private readonly Grammar _grammar;
    private readonly WordKind[] _kinds;
    private readonly HashSet<string> _variables = [];
    private Menu _menu;
    private int _nesting;

    private LineReading(string text, Grammar grammar, Menu menu)
    {
        _scanner = new Scanner(new SourceText(text));
        _grammar = grammar;
        _menu = menu;
        _kinds = new WordKind[text.Length];
        Place = new NoPlace(text.Length);
    }

    /// <summary>What may stand at the end.</summary>
    public Place Place { get; private set; }

    /// <summary>What each character belongs to.</summary>
    public IReadOnlyList<WordKind> Kinds => _kinds;

    /// <summary>The variables that the line declares.</summary>
    public IReadOnlyCollection<string> Variables => _variables;

    /// <summary>The menus' commands that the line runs, with the names of their arguments, wherever they stand.</summary>
    public List<(MenuCommand Command, HashSet<string> Given)> Calls { get; } = [];

    /// <summary>Reads a line from a menu.</summary>
    public static LineReading Of(string text, Grammar grammar, Menu menu)
    {
        var reading = new LineReading(text, grammar, menu);
        while (!reading._scanner.IsAtEnd)
        {
            reading.ReadCommands();
            reading.PassOver();
        }

        if (text.Length == 0)
        {
            reading.Place = new CommandPlace(0, menu, StartsCommand: true, IsMarked: false);
        }

        return reading;
    }

    /// <summary>Reads commands up to a closing bracket, which is left, or the end.</summary>
    private void ReadCommands()
    {
        while (true)
        {
            int before = _scanner.Offset;
            SkipLines();
            if (_scanner.IsAtEnd)
            {
                // A comment has no end but its line's.
                bool isComment = before < _kinds.Length && _kinds[^1] == WordKind.Comment;
                Place = isComment ? new NoPlace(_kinds.Length) : new CommandPlace(_kinds.Length, _menu, StartsCommand: true, IsMarked: false);
                return;
            }

            if (_scanner.Current is ']' or '}' or ')')
            {
                return;
            }

            int start = _scanner.Offset;
            ReadStatement();
            PassOverWhere(_scanner.Offset == start);
            if (_scanner.IsAtEnd)
            {
                return;
            }
        }
    }

    private void SkipLines()
    {
        int start = _scanner.Offset;
        _scanner.SkipLines(semicolons: true);
        ReadOnlySpan<char> skipped = _scanner.Source.Text.AsSpan(start, _scanner.Offset - start);
        for (int i = 0; i < skipped.Length; i++)
        {
            if (skipped[i] == '#')
            {
                int length = skipped[i..].IndexOf('\n');
                length = length < 0 ? skipped.Length - i : length;
                Paint(start + i, start + i + length, WordKind.Comment);
                i += length;
            }
            else if (skipped[i] == ';')
            {
                Paint(start + i, start + i + 1, WordKind.Sign);
            }
        }
    }

    private void ReadStatement()
    {
        switch (_scanner.Current)
        {
            case '{':
                ReadCode();
                break;
            case '$' or '[' or '(':
                ReadCall();
                break;
            default:
                ReadCommand();
                break;
        }
    }

    /// <summary>Reads <c>$function 1 name=2</c>, or a value that stands alone.</summary>
    private void ReadCall()
    {
        ReadValue(null);
        while (SkipToArgument())
        {
            int start = _scanner.Offset;
            if (_scanner.ReadBareWord().Length > 0 && _scanner.Current == '=')
            {
                Paint(start, _scanner.Offset, WordKind.Argument);
                Take(WordKind.Sign);
            }
            else
            {
                _scanner.Seek(start);
            }

            ReadValue(null);
            PassOverWhere(_scanner.Offset == start);
        }
    }

    /// <summary>Reads commands in braces or brackets; paths entered inside are left again behind them.</summary>
    private void ReadCode()
    {
        if (_nesting == MaxNesting)
        {
            _scanner.Seek(_kinds.Length);
            return;
        }

        _nesting++;
        Menu menu = _menu;
        Take(WordKind.Sign);
        ReadCommands();
        if (!_scanner.IsAtEnd)
        {
            Take(WordKind.Sign);
            Place = new NoPlace(_kinds.Length);
        }

        _menu = menu;
        _nesting--;
    }

    /// <summary>Reads a path and the command at its end.</summary>
    private void ReadCommand()
    {
        int start = _scanner.Offset;
        bool isMarked = _scanner.TryTake(':');
        bool isAbsolute = !isMarked && _scanner.TryTake('/');
        bool startsCommand = !isAbsolute;
        Paint(start, _scanner.Offset, isMarked ? WordKind.Command : WordKind.Menu);
        Menu menu = isMarked || isAbsolute ? _grammar.Root : _menu;
        _scanner.SkipBlanks();
        while (true)
        {
            if (_scanner.IsAtEnd)
            {
                Place = new CommandPlace(_kinds.Length, menu, startsCommand, isMarked);
                _menu = menu;
                return;
            }

            if (_scanner.IsAtCommandEnd)
            {
                _menu = menu;
                return;
            }

            int at = _scanner.Offset;
            if (_scanner.Current == '.' && _scanner.Next == '.')
            {
                _scanner.Advance(2);
                Paint(at, _scanner.Offset, WordKind.Menu);
                Place = new NoPlace(_kinds.Length);
                menu = menu.Parent ?? _grammar.Root;
            }
            else if (!TryReadCommandWord(ref menu, startsCommand, isMarked))
            {
                return;
            }

            startsCommand = false;
            isMarked = false;
            bool endsHere = _scanner.IsAtEnd;
            _scanner.SkipBlanks();
            int slash = _scanner.Offset;
            if (_scanner.TryTake('/'))
            {
                Paint(slash, _scanner.Offset, WordKind.Menu);
                _scanner.SkipBlanks();
            }

            if (endsHere)
            {
                // The cursor stands behind the word: it is that word which is completed.
                _menu = menu;
                return;
            }
        }
    }

    /// <summary>Reads one word of a path; false where the command's arguments follow it, or nothing that can be read.</summary>
    private bool TryReadCommandWord(ref Menu menu, bool startsCommand, bool isMarked)
    {
        int start = _scanner.Offset;
        string word = _scanner.ReadCommandName();
        if (_scanner.IsAtEnd)
        {
            Place = new CommandPlace(start, menu, startsCommand, isMarked);
        }

        switch (word.Length == 0 ? null : _grammar.Find(word, menu, startsCommand, isMarked))
        {
            case Menu child:
                Paint(start, _scanner.Offset, WordKind.Menu);
                menu = child;
                return true;
            case MenuCommand command:
                Paint(start, _scanner.Offset, WordKind.Command);
                ReadMenuArguments(menu, command);
                return false;
            case LanguageCommand command:
                Paint(start, _scanner.Offset, WordKind.Command);
                ReadLanguageArguments(command);
                return false;
            default:
                bool mayStillBecome = _scanner.IsAtEnd && CommandNames.Of(_grammar, menu, startsCommand, isMarked)
                    .Any(n => Matching.Fits(n.Name, word));
                PassOverWhere(word.Length + _scanner.ReadBareWord().Length == 0);
                Paint(start, _scanner.Offset, mayStillBecome ? WordKind.Plain : WordKind.Unknown);
                PassOverRest();
                return false;
        }
    }

    /// <summary>Goes to the next argument; false at the command's end.</summary>
    private bool SkipToArgument()
    {
        _scanner.SkipBlanks();
        return !_scanner.IsAtCommandEnd && _scanner.Current != ')';
    }

    /// <summary>Passes over what is left of a command that makes no sense.</summary>
    private void PassOverRest()
    {
        while (SkipToArgument())
        {
            int start = _scanner.Offset;
            ReadValue(null);
            PassOverWhere(_scanner.Offset == start);
        }

        if (_scanner.IsAtEnd && Place is CommandPlace { Start: var at } && at == _kinds.Length)
        {
            Place = new NoPlace(_kinds.Length);
        }
    }

    private void PassOverWhere(bool isStuck)
    {
        if (isStuck)
        {
            PassOver();
        }
    }

    private void PassOver()
    {
        if (!_scanner.IsAtEnd)
        {
            Take(WordKind.Unknown);
        }
    }

    private void Take(WordKind kind)
    {
        int start = _scanner.Offset;
        _scanner.Advance();
        Paint(start, start + 1, kind);
    }

    private void Paint(int start, int end, WordKind kind) => Array.Fill(_kinds, kind, start, Math.Max(0, end - start));
}
