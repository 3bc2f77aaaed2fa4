using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Language.Syntax;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Assistance;

/// <content>What stands behind a command's name.</content>
internal sealed partial class LineReading
{
    private void ReadMenuArguments(Menu menu, MenuCommand command)
    {
        // What stands in brackets among the arguments is looked up in the command's own menu: set [find] ...
        Menu outer = _menu;
        _menu = menu;
        var given = new HashSet<string>();
        Calls.Add((command, given));
        while (SkipToArgument())
        {
            int start = _scanner.Offset;
            if (command.TakesWhere && Operators.IsAt(_scanner.Source.Text, start, "where"))
            {
                _scanner.Advance("where".Length);
                Paint(start, _scanner.Offset, WordKind.Command);
                if (_scanner.IsAtEnd)
                {
                    Place = new ArgumentPlace(start, menu, command, given, IsNegated: false);
                    break;
                }

                ReadCondition(menu);
            }
            else if (command.WhereIsImplied)
            {
                ReadCondition(menu);
            }
            else
            {
                ReadArgument(menu, command, given);
            }

            PassOverWhere(_scanner.Offset == start);
        }

        if (_scanner.IsAtEnd && (_kinds.Length == 0 || _scanner.Source.Text[^1] is ' ' or '\t') && Place is not ConditionPlace and not ComparedPlace)
        {
            Place = command.WhereIsImplied
                ? new ConditionPlace(_kinds.Length, menu)
                : new ArgumentPlace(_kinds.Length, menu, command, given, IsNegated: false);
        }

        _menu = outer;
    }

    private void ReadArgument(Menu menu, MenuCommand command, HashSet<string> given)
    {
        int start = _scanner.Offset;
        if (_scanner.Current is '"' or '$' or '(' or '[' or '{')
        {
            ReadUnnamed(menu, command, given);
            return;
        }

        bool isNegated = command.TakesNegation && _scanner.TryTake('!');
        Paint(start, _scanner.Offset, WordKind.Sign);
        int wordStart = _scanner.Offset;
        string word = _scanner.ReadBareWord();
        if (_scanner.IsAtEnd)
        {
            Place = new ArgumentPlace(wordStart, menu, command, [.. given], isNegated);
        }

        if (!isNegated && _scanner.Current == '=')
        {
            string? name = Grammar.FindName(word, [.. command.Arguments.Select(a => a.Name)]);
            Paint(start, _scanner.Offset, name is null ? WordKind.Unknown : WordKind.Argument);
            Take(WordKind.Sign);
            CommandArgument? argument = name is null ? null : command.Argument(name);
            given.Add(name ?? word);
            if (argument is { IsCode: true } && _scanner.Current == '{')
            {
                ReadCode();
                return;
            }

            ReadValue(argument is null ? null : at => new ValuePlace(at, menu, argument));
            return;
        }

        // While a word is typed it may still become any argument; then a bare one, or a value without a name.
        string? bare = Grammar.FindName(word, [.. command.Arguments.Where(a => a.IsBare || isNegated).Select(a => a.Name)]);
        bool isUnnamed = bare != word && !isNegated && NextUnnamed(command, given) is not null;
        if (isUnnamed)
        {
            _scanner.Seek(start);
            ReadUnnamed(menu, command, given);
        }
        else if (bare is not null)
        {
            given.Add(bare);
            Paint(wordStart, _scanner.Offset, WordKind.Argument);
        }
        else
        {
            bool mayStillBecome = _scanner.IsAtEnd
                && (command.Arguments.Any(a => Matching.Fits(a.Name, word)) || (command.TakesWhere && Matching.Fits("where", word)));
            Paint(wordStart, _scanner.Offset, mayStillBecome ? WordKind.Plain : WordKind.Unknown);
        }
    }

    private void ReadUnnamed(Menu menu, MenuCommand command, HashSet<string> given)
    {
        string[] before = [.. given];
        string? name = NextUnnamed(command, given);
        if (name is not null)
        {
            given.Add(name);
        }

        ReadValue(at => new ArgumentPlace(at, menu, command, before, IsNegated: false));
    }

    private static string? NextUnnamed(MenuCommand command, HashSet<string> given) =>
        command.UnnamedArguments.FirstOrDefault(name => !given.Contains(name));

    /// <summary>Reads properties, operators and values up to the command's end or a closing parenthesis.</summary>
    private void ReadCondition(Menu menu)
    {
        Property? compared = null;
        while (SkipToArgument())
        {
            int start = _scanner.Offset;
            if (compared is { } property)
            {
                compared = null;
                ReadValue(at => new ComparedPlace(at, property));
            }
            else if (Operators.BinaryAt(_scanner.Source.Text, start) is var (_, length))
            {
                _scanner.Advance(length);
                Paint(start, _scanner.Offset, WordKind.Sign);
            }
            else if (_scanner.Current is '!' or '(')
            {
                Take(WordKind.Sign);
                if (_scanner.Source.Text[start] == '(')
                {
                    ReadCondition(menu);
                    TakeClosing();
                }
            }
            else if (_scanner.Current is '"' or '$' or '[' or '{')
            {
                ReadValue(null);
            }
            else
            {
                compared = ReadTested(menu);
            }

            PassOverWhere(_scanner.Offset == start);
        }

        if (_scanner.IsAtEnd && _scanner.Source.Text[^1] is ' ' or '\t' or '(' or '!')
        {
            Place = compared is { } last ? new ComparedPlace(_kinds.Length, last) : new ConditionPlace(_kinds.Length, menu);
        }
    }

    /// <summary>Reads a property and the operator behind it.</summary>
    /// <returns>The property whose value follows; null where none does.</returns>
    private Property? ReadTested(Menu menu)
    {
        int start = _scanner.Offset;
        string word = _scanner.ReadWhile(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        if (_scanner.IsAtEnd)
        {
            Place = new ConditionPlace(start, menu);
        }

        string? name = Grammar.FindName(word, [.. CommandNames.Tested(menu).Select(t => t.Name)]);
        bool isPlain = name is null && (Literal.TryParse(word) is not null || (_scanner.IsAtEnd && CommandNames.Tested(menu).Any(t => Matching.Fits(t.Name, word))));
        Paint(start, _scanner.Offset, name is not null ? WordKind.Argument : isPlain ? WordKind.Plain : WordKind.Unknown);
        int behind = _scanner.Offset;
        _scanner.SkipBlanks();
        int sign = _scanner.Offset;
        if (Operators.BinaryAt(_scanner.Source.Text, sign) is not var (op, length) || !Operators.IsComparison(op))
        {
            _scanner.Seek(behind);
            return null;
        }

        _scanner.Advance(length);
        Paint(sign, _scanner.Offset, WordKind.Sign);
        Property? property = name is null ? null : menu.Property(name);
        if (_scanner.IsAtEnd)
        {
            Place = property is null ? new NoPlace(_kinds.Length) : new ComparedPlace(_kinds.Length, property);
        }

        return property;
    }

    private void ReadLanguageArguments(LanguageCommand command)
    {
        var given = new HashSet<string>();
        while (SkipToArgument())
        {
            int start = _scanner.Offset;
            string word = _scanner.ReadCommandName();
            if (_scanner.IsAtEnd)
            {
                Place = new LanguageArgumentPlace(start, command, [.. given]);
            }

            ArgumentForm form = ArgumentForm.Value;
            if (word.Length > 0 && _scanner.Current == '=' && Grammar.FindName(word, [.. command.Arguments.Select(a => a.Name)]) is { } name)
            {
                Paint(start, _scanner.Offset, WordKind.Argument);
                Take(WordKind.Sign);
                given.Add(name);
                form = Array.Find(command.Arguments, a => a.Name == name).Form;
            }
            else
            {
                _scanner.Seek(start);
                int next = Array.FindIndex(command.Arguments, 0, command.UnnamedCount, a => !given.Contains(a.Name));
                if (next >= 0)
                {
                    given.Add(command.Arguments[next].Name);
                    form = command.Arguments[next].Form;
                }
            }

            ReadForm(form);
            PassOverWhere(_scanner.Offset == start);
        }

        if (_scanner.IsAtEnd && _kinds.Length > 0 && _scanner.Source.Text[^1] is ' ' or '\t')
        {
            Place = new LanguageArgumentPlace(_kinds.Length, command, given);
        }
    }

    private void ReadForm(ArgumentForm form)
    {
        int start = _scanner.Offset;
        switch (form)
        {
            case ArgumentForm.Code when _scanner.Current == '{':
                ReadCode();
                break;
            case ArgumentForm.Variable when _scanner.Current is not ('"' or '('):
                string names = _scanner.ReadWhile(c => char.IsAsciiLetterOrDigit(c) || c == ',');
                Paint(start, _scanner.Offset, WordKind.Variable);
                _variables.UnionWith(names.Split(',', StringSplitOptions.RemoveEmptyEntries));
                if (_scanner.IsAtEnd)
                {
                    Place = new VariablePlace(start);
                }

                break;
            default:
                ReadValue(null);
                break;
        }
    }
}
