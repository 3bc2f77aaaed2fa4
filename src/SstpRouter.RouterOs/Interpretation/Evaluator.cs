using System.Runtime.CompilerServices;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Language.Syntax;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Interpretation;

/// <summary>Carries the commands of one script out.</summary>
internal sealed partial class Evaluator
{
    // A function that calls itself without end is told so long before the stack is full.
    private const int MaxCalls = 100;

    private readonly Action<Menu> _enter;
    private readonly GlobalVariables _globals;
    private readonly MemoryBudget _budget = new(MemoryBudget.Usual);
    private Scope _scope;
    private Value? _returned;
    private readonly BusyClock? _clock;
    private int _calls;
    private int _checks;

    public Evaluator(Grammar grammar, ISession session, GlobalVariables globals, Action<Menu> enter)
    {
        Grammar = grammar;
        Session = session;
        _globals = globals;
        _enter = enter;
        _clock = (session as ScriptSession)?.Clock;
        _scope = new Scope(null, globals, _budget, seesAllGlobals: true);
    }

    public Grammar Grammar { get; }

    public ISession Session { get; }

    public Scope Scope => _scope;

    /// <summary>See <see cref="CommandInvocation.LeaveOut"/>.</summary>
    public Action<GivenArgument, string>? LeaveOut { get; set; }

    /// <summary>Runs a whole script; paths entered on its outermost level stay entered.</summary>
    /// <param name="block">The script.</param>
    /// <param name="variables">Variables that it starts with.</param>
    public Value RunScript(Block block, params ReadOnlySpan<(string Name, Value Value)> variables)
    {
        RequireStack(); // a script may run itself
        foreach ((string name, Value value) in variables)
        {
            _scope.DeclareLocal(name, value);
        }

        Value last = Value.Nothing;
        foreach (Statement statement in block.Statements)
        {
            last = RunNext(statement);
            if (_returned is not null)
            {
                return TakeReturned();
            }
        }

        return last;
    }

    /// <summary>Runs one command of a script's outermost level.</summary>
    public Value RunNext(Statement statement)
    {
        Value value = Execute(statement);
        if (statement is EnterMenuStatement entering)
        {
            _enter(entering.Menu);
        }

        return value;
    }

    /// <summary>Runs commands in a scope of their own.</summary>
    /// <param name="block">The commands.</param>
    /// <param name="variables">Variables that the scope starts with.</param>
    /// <returns>What the last command returned.</returns>
    public Value Execute(Block block, params ReadOnlySpan<(string Name, Value Value)> variables)
    {
        RequireStack();
        Scope outer = _scope;
        _scope = Scope.Inside(outer);
        try
        {
            foreach ((string name, Value value) in variables)
            {
                _scope.DeclareLocal(name, value);
            }

            Value last = Value.Nothing;
            foreach (Statement statement in block.Statements)
            {
                last = Execute(statement);
                if (_returned is not null)
                {
                    break;
                }
            }

            return last;
        }
        finally
        {
            _scope.Dispose();
            _scope = outer;
        }
    }

    private static void RequireStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new ScriptError("too many nested commands");
        }
    }

    /// <summary>Calls a function: it sees its arguments and the globals that it declares.</summary>
    public Value Call(CodeValue function, IReadOnlyList<(string? Name, Value Value)> arguments)
    {
        if (++_calls > MaxCalls)
        {
            _calls--;
            throw new ScriptError("maximum function call depth reached");
        }

        Scope outer = _scope;
        _scope = new Scope(null, _globals, _budget, seesAllGlobals: false);
        try
        {
            int position = 0;
            foreach ((string? name, Value value) in arguments)
            {
                _scope.DeclareLocal(name ?? (++position).ToString(System.Globalization.CultureInfo.InvariantCulture), value);
            }

            Execute(function.Block);
            return _returned is null ? Value.Nothing : TakeReturned();
        }
        finally
        {
            _scope.Dispose();
            _scope = outer;
            _calls--;
        }
    }

    /// <summary>Runs a text as a script of its own, whose output goes elsewhere.</summary>
    public void RunApart(string script, TextWriter output)
    {
        string name = (Session as ScriptSession)?.Name ?? "";
        _ = new Interpreter(Grammar.Root, new ScriptSession(name, Session, output: output), _globals).Run(script);
    }

    /// <summary>True once <c>:return</c> ran: loops end then.</summary>
    public bool IsReturning => _returned is not null;

    /// <summary>Ends the function or script that runs.</summary>
    public void Return(Value value) => _returned = value;

    /// <summary>Throws where the user has interrupted or the script has computed for too long; loops ask each time round.</summary>
    public void CheckInterruption()
    {
        // Asking for the time costs more than most commands.
        if (Session.Cancellation.IsCancellationRequested || (_clock is not null && (++_checks & 0xFF) == 0))
        {
            ThrowIfOver();
        }
    }

    /// <summary>Throws where the script must end, whatever it would do about an error.</summary>
    public void ThrowIfOver()
    {
        if (Session.Cancellation.IsCancellationRequested)
        {
            throw new ScriptError("interrupted");
        }

        if (_clock is { IsOver: true })
        {
            throw new ScriptError("script computes for too long without a pause, use :delay in its loops");
        }
    }

    /// <summary>Waits, unless the user interrupts.</summary>
    public void Wait(TimeSpan time)
    {
        if (Session is ScriptSession { SkipsDelays: true })
        {
            CheckInterruption();
            return;
        }

        // The longest that a wait handle takes; a script that waits longer waits again and again.
        var longest = TimeSpan.FromDays(20);
        _clock?.Stop();
        for (TimeSpan left = time; left > TimeSpan.Zero && !Session.Cancellation.IsCancellationRequested; left -= longest)
        {
            Session.Cancellation.WaitHandle.WaitOne(left < longest ? left : longest);
        }

        _clock?.Start();
        CheckInterruption();
    }

    private Value TakeReturned()
    {
        Value value = _returned!;
        _returned = null;
        return value;
    }

    private Value Execute(Statement statement)
    {
        CheckInterruption();
        switch (statement)
        {
            case BlockStatement block:
                return Execute(block.Block);
            case CommandStatement command:
                return Execute(command);
            case LanguageStatement command:
                return ((Commands.Command)command.Command).Run(new Commands.Call(this, command));
            case CallStatement call:
                return Execute(call);
            case FailedStatement failed:
                throw failed.Error;
            default:
                return Value.Nothing;
        }
    }

    private Value Execute(CallStatement call)
    {
        Value target = Evaluate(call.Target);
        var arguments = new List<(string?, Value)>(call.Arguments.Length);
        foreach ((string? name, Expression value) in call.Arguments)
        {
            arguments.Add((name, Evaluate(value)));
        }

        return target is CodeValue function ? Call(function, arguments)
            : arguments.Count == 0 ? target
            : throw new ScriptError("expected end of command", call.Arguments[0].Value.Position);
    }

    private Value Execute(CommandStatement statement)
    {
        var given = new List<GivenArgument>(statement.Arguments.Length);
        foreach (MenuArgument argument in statement.Arguments)
        {
            Value value = argument.IsNegated ? Value.Nothing : argument.Value is null ? Value.Of(true) : Evaluate(argument.Value);
            SourcePosition position = statement.Source.PositionOf(argument.Start);
            given.Add(new GivenArgument(argument.Argument.Name, value, argument.IsNegated, position));
        }

        CommandPolicy.Require(statement.Menu, statement.Command, Session);
        var invocation = new CommandInvocation
        {
            Menu = statement.Menu,
            Command = statement.Command,
            Session = Session,
            Arguments = given,
            Where = statement.Condition is { } condition ? row => IsTrueFor(condition, row) : null,
            Position = statement.CommandPosition,
            Text = MaskedText(statement),
            LeaveOut = LeaveOut,
            RunCode = (code, variables) => RunCode(code, [.. variables], statement.Menu),
        };
        if (statement.Command.Run is not { } run)
        {
            throw ScriptError.Failure($"{statement.Command.Name} is not available here");
        }

        _clock?.Stop();
        try
        {
            return run(invocation);
        }
        catch (ScriptError error)
        {
            error.Locate(statement.Menu.Parent is null ? "/" + statement.Command.Name : $"{statement.Menu.Path}/{statement.Command.Name}", invocation.Position);
            throw;
        }
        finally
        {
            _clock?.Start();
        }
    }

    /// <summary>Runs code that a command was given, in the midst of that command.</summary>
    /// <returns>False once it has ended the script, by <c>:return</c> or because the user interrupts.</returns>
    private bool RunCode(Value code, (string Name, Value Value)[] variables, Menu menu)
    {
        _clock?.Start();
        try
        {
            Execute(code is CodeValue read ? read.Block : new Parser(new SourceText(code.ToText()), Grammar, menu).ParseScript(), variables);
            return !IsReturning && !Session.Cancellation.IsCancellationRequested;
        }
        finally
        {
            _clock?.Stop();
        }
    }

    /// <summary>The command as typed, with passwords and keys hidden.</summary>
    private static string MaskedText(CommandStatement statement)
    {
        var text = new System.Text.StringBuilder();
        int copied = statement.Start;
        foreach (MenuArgument argument in statement.Arguments)
        {
            if (argument.Argument.Property is { IsSensitive: true } && argument.Value is not null)
            {
                text.Append(statement.Source.Text, copied, argument.ValueStart - copied).Append("*****");
                copied = argument.End;
            }
        }

        return text.Append(statement.Source.Text, copied, statement.End - copied).ToString().Trim();
    }
}
