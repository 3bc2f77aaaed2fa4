using System.Collections.Immutable;
using SstpRouter.RouterOs.Language.Syntax;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Language;

internal sealed partial class Parser
{
    /// <summary>Reads the arguments of a language command: values without a name in order, the others by name.</summary>
    private LanguageStatement ParseLanguageCommand(int start, LanguageCommand command, SourcePosition position)
    {
        Menu? menu = _menu;
        ImmutableDictionary<string, Expression> arguments = ImmutableDictionary<string, Expression>.Empty;
        while (SkipToArgument())
        {
            SourcePosition argumentPosition = _scanner.Position;
            (string Name, ArgumentForm Form)? argument = TryTakeName(command) ?? NextUnnamed(command, arguments);
            if (argument is not { } found || arguments.ContainsKey(found.Name))
            {
                throw ExpectedEnd(argumentPosition);
            }

            arguments = arguments.Add(found.Name, ParseForm(found.Form));
        }

        return new LanguageStatement(_scanner.Source, start, _scanner.Offset, command, position, menu, arguments);
    }

    /// <summary>Reads <c>name=</c> of a known argument; where something else stands, nothing is read.</summary>
    private (string Name, ArgumentForm Form)? TryTakeName(LanguageCommand command)
    {
        int start = _scanner.Offset;
        string word = _scanner.ReadCommandName();
        if (word.Length > 0 && _scanner.Current == '='
            && Grammar.FindName(word, [.. command.Arguments.Select(a => a.Name)]) is { } name)
        {
            _scanner.Advance();
            return Array.Find(command.Arguments, a => a.Name == name);
        }

        _scanner.Seek(start);
        return null;
    }

    private static (string Name, ArgumentForm Form)? NextUnnamed(LanguageCommand command, ImmutableDictionary<string, Expression> given)
    {
        foreach ((string Name, ArgumentForm Form) argument in command.Arguments.AsSpan(0, command.UnnamedCount))
        {
            if (!given.ContainsKey(argument.Name))
            {
                return argument;
            }
        }

        return null;
    }

    private Expression ParseForm(ArgumentForm form)
    {
        if (form == ArgumentForm.Code)
        {
            SkipBlanksBeforeBrace();
        }

        return form switch
        {
            ArgumentForm.Code when _scanner.Current == '{' => ParseCode(),
            ArgumentForm.Variable => ParseVariables(),
            _ => ParseValue(isText: false),
        };
    }

    /// <summary>Skips the blanks of <c>do= {</c>; any other value has to follow its name at once.</summary>
    private void SkipBlanksBeforeBrace()
    {
        int here = _scanner.Offset;
        _scanner.SkipBlanks();
        if (_scanner.Current != '{')
        {
            _scanner.Seek(here);
        }
    }

    /// <summary>Reads <c>x</c> (also as <c>$x</c>), <c>k,v</c>, <c>"a-b"</c>, or an element <c>($a->"k")</c> to assign to.</summary>
    private Expression ParseVariables()
    {
        SourcePosition position = _scanner.Position;
        if (_scanner.Current is '"' or '(')
        {
            return ParseValue(isText: false);
        }

        // :set $x 1 is no documented form, but a common one.
        _scanner.TryTake('$');
        string names = _scanner.ReadWhile(c => char.IsAsciiLetterOrDigit(c) || c == ',');
        if (names.Length == 0)
        {
            throw _scanner.SyntaxError();
        }

        if (!_scanner.IsAtBlank && !_scanner.IsAtCommandEnd)
        {
            throw _scanner.SyntaxError();
        }

        return new LiteralExpression(position, Value.Of(names));
    }
}
