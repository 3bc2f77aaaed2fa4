using System.Collections.Immutable;
using SstpRouter.RouterOs.Language.Syntax;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Language;

internal sealed partial class Parser
{
    /// <summary>Reads a path, in either form, and the command at its end.</summary>
    private Statement ParseCommand(int start)
    {
        bool isAbsolute = _scanner.TryTake('/');

        // /:put is what older scripts say for :put from any menu.
        bool isMarked = _scanner.TryTake(':');
        isAbsolute &= !isMarked;
        bool startsCommand = !isAbsolute;
        _scanner.SkipBlanks();
        Menu? menu = isMarked || isAbsolute ? _grammar.Root : _menu;
        if (isAbsolute && _scanner.IsAtCommandEnd)
        {
            return Enter(start, _grammar.Root);
        }

        while (true)
        {
            if (_scanner.Current == '.' && _scanner.Next == '.')
            {
                _scanner.Advance(2);
                menu = menu?.Parent ?? _grammar.Root;
            }
            else
            {
                SourcePosition position = _scanner.Position;
                string word = _scanner.ReadCommandName();
                if (word.Length == 0)
                {
                    throw new CommandFault("expected command name", position);
                }

                // Behind a lost path only the language's own commands still mean something, and of those not the ones that nearly every menu has.
                object? found = _grammar.Find(word, menu ?? _grammar.Root, startsCommand, isMarked);
                if (menu is null && (found is not LanguageCommand || (!isMarked && word is "set" or "find")))
                {
                    throw new CommandFault(_lostPath!.Error, FailureKind.BehindUnknownMenu);
                }

                switch (found)
                {
                    case Menu child:
                        menu = child;
                        break;
                    case MenuCommand command:
                        return ParseMenuCommand(start, menu!, command, position);
                    case LanguageCommand command:
                        return ParseLanguageCommand(start, command, position);
                    default:
                        bool losesPath = (isAbsolute || menu == _grammar.Root) && LooksLikePath(start);
                        throw new CommandFault(new ScriptError("bad command name " + word, position), FailureKind.UnknownMenu, losesPath);
                }
            }

            startsCommand = false;
            isMarked = false;
            _scanner.SkipBlanks();
            if (_scanner.TryTake('/'))
            {
                _scanner.SkipBlanks();
            }

            if (_scanner.IsAtCommandEnd)
            {
                return Enter(start, menu!);
            }

            if (_scanner.Current == '{' && menu is not null)
            {
                return ParseBlockIn(start, menu);
            }
        }
    }

    /// <summary>Reads <c>/ip address { commands }</c>: the menu holds for the block alone.</summary>
    private BlockStatement ParseBlockIn(int start, Menu menu)
    {
        (Menu? outer, LostPath? lostPath) = (_menu, _lostPath);
        (_menu, _lostPath) = (menu, null);
        BlockStatement block = ParseBlockStatement(start);
        (_menu, _lostPath) = (outer, lostPath);
        return block;
    }

    private EnterMenuStatement Enter(int start, Menu menu)
    {
        _menu = menu;
        _lostPath = null;
        return new EnterMenuStatement(_scanner.Source, start, _scanner.Offset, menu);
    }

    /// <summary>True for words alone: an unknown menu would send the lines behind it to whatever menu stood before.</summary>
    private bool LooksLikePath(int start)
    {
        int end = BalancedText.EndOfCommand(_scanner.Source.Text, start);
        return end >= 0 && !_scanner.Source.Text.AsSpan(start, end - start).ContainsAny("=\"$[({");
    }

    private CommandStatement ParseMenuCommand(int start, Menu menu, MenuCommand command, SourcePosition position)
    {
        // What stands in brackets among the arguments is looked up in the command's own menu: set [find] ...
        (Menu? outer, LostPath? lostPath) = (_menu, _lostPath);
        (_menu, _lostPath) = (menu, null);
        var arguments = ImmutableArray.CreateBuilder<MenuArgument>();
        Expression? condition = null;
        while (condition is null && SkipToArgument())
        {
            if (command.TakesWhere && TryTakeWhere())
            {
                condition = ParseCondition(menu);
            }
            else if (command.WhereIsImplied && !IsAtNamedArgument(command, menu))
            {
                condition = ParseCondition(menu);
            }
            else
            {
                SourcePosition argumentPosition = _scanner.Position;
                if (IsTolerant && TryLeaveOut(command, menu))
                {
                    continue;
                }

                MenuArgument argument = ParseArgument(command, arguments);
                if (arguments.Any(a => a.Argument.Name == argument.Argument.Name))
                {
                    throw ExpectedEnd(argumentPosition);
                }

                arguments.Add(argument);
            }
        }

        (_menu, _lostPath) = (outer, lostPath);
        return new CommandStatement(
            _scanner.Source, start, _scanner.Offset, menu, command, position, arguments.ToImmutable(), condition);
    }

    private MenuArgument ParseArgument(MenuCommand command, IReadOnlyList<MenuArgument> given)
    {
        int start = _scanner.Offset;
        SourcePosition position = _scanner.Position;
        if (_scanner.Current is '"' or '$' or '(' or '[' or '{' or '<')
        {
            return ParseUnnamed(command, given, start, position);
        }

        bool isNegated = command.TakesNegation && _scanner.TryTake('!');
        string word = _scanner.ReadBareWord();
        if (word.Length == 0)
        {
            throw _scanner.Current is '\'' or '\\' ? _scanner.SyntaxError() : ExpectedEnd(position);
        }

        bool isAssigned = !isNegated && _scanner.Current == '=';
        if (!isNegated && !isAssigned)
        {
            // A bare name, unless a value without a name is still expected here; the exact name always wins.
            IReadOnlyList<string> bare = [.. command.Arguments.Where(a => a.IsBare).Select(a => a.Name)];
            bool isValue = !bare.Contains(word) && NextUnnamed(command, given) is not null;
            if (isValue || Grammar.FindName(word, bare) is not { } bareName)
            {
                _scanner.Seek(start);
                return ParseUnnamed(command, given, start, position);
            }

            return new MenuArgument(command.Argument(bareName)!, null, false, start, _scanner.Offset, _scanner.Offset);
        }

        if (FindArgument(command, word) is not { } argument)
        {
            throw ExpectedEnd(position);
        }

        if (isNegated)
        {
            return new MenuArgument(argument, null, true, start, _scanner.Offset, _scanner.Offset);
        }

        _scanner.Advance();
        int valueStart = _scanner.Offset;
        Expression value = ParseValueOf(argument);
        return new MenuArgument(argument, value, false, start, valueStart, _scanner.Offset);
    }

    /// <summary>Passes over <c>name=value</c> or <c>!name</c> where the command knows no such name, and keeps note of it.</summary>
    private bool TryLeaveOut(MenuCommand command, Menu menu)
    {
        int start = _scanner.Offset;
        SourcePosition position = _scanner.Position;
        bool isNegated = command.TakesNegation && _scanner.TryTake('!');
        string word = _scanner.ReadBareWord();
        bool isNamed = word.Length > 0 && (isNegated || _scanner.Current == '=');
        if (!isNamed || FindArgument(command, word) is not null)
        {
            _scanner.Seek(start);
            return false;
        }

        if (!isNegated)
        {
            _scanner.Advance();
            _ = _scanner.Current == '{' ? ParseSourceText() : ParseValue(isText: true);
        }

        LeftOut.Add(new ScriptError($"expected end of command: {menu.ExportPath} has no property {word}, it was left out", position));
        return true;
    }

    private MenuArgument ParseUnnamed(MenuCommand command, IReadOnlyList<MenuArgument> given, int start, SourcePosition position)
    {
        CommandArgument argument = NextUnnamed(command, given) ?? throw ExpectedEnd(position);
        Expression value = ParseValueOf(argument);
        return new MenuArgument(argument, value, false, start, start, _scanner.Offset);
    }

    private Expression ParseValueOf(CommandArgument argument)
    {
        if (argument.IsCode)
        {
            SkipBlanksBeforeBrace();
        }

        return _scanner.Current != '{' ? ParseValue(isText: true)
            : argument.IsCode ? ParseCode()
            : argument.TakesScript ? ParseSourceText()
            : ParseValue(isText: true);
    }

    private static CommandArgument? FindArgument(MenuCommand command, string word) =>
        command.Argument(word)
        ?? (Grammar.FindName(word, [.. command.Arguments.Select(a => a.Name)]) is { } name ? command.Argument(name) : null);

    private static CommandArgument? NextUnnamed(MenuCommand command, IReadOnlyList<MenuArgument> given)
    {
        foreach (string name in command.UnnamedArguments)
        {
            if (!given.Any(g => g.Argument.Name == name))
            {
                return command.Argument(name);
            }
        }

        return null;
    }

    /// <summary>Reads <c>{ ... }</c> as the text of a script that a property holds (<c>on-up={...}</c>).</summary>
    private LiteralExpression ParseSourceText()
    {
        CodeExpression code = ParseCode();
        return new LiteralExpression(code.Position, Values.Value.Of(code.Block.Text));
    }

    private bool TryTakeWhere()
    {
        if (!Operators.IsAt(_scanner.Source.Text, _scanner.Offset, "where"))
        {
            return false;
        }

        _scanner.Advance("where".Length);
        _scanner.SkipBlanks();
        if (_scanner.TryTake('='))
        {
            _scanner.SkipBlanks();
        }

        if (_scanner.IsAtCommandEnd)
        {
            throw new CommandFault("missing value for where", _scanner.Position);
        }

        return true;
    }

    /// <summary>True where an implied condition does not start yet: an argument of the command that no property is named like.</summary>
    private bool IsAtNamedArgument(MenuCommand command, Menu menu)
    {
        int start = _scanner.Offset;
        string word = _scanner.ReadBareWord();
        bool isArgument = (_scanner.Current == '=' || _scanner.IsAtBlank || _scanner.IsAtCommandEnd)
            && command.Argument(word) is not null && menu.Property(word) is null;
        _scanner.Seek(start);
        return isArgument;
    }
}
