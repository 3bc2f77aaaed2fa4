using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Schema;

/// <summary>A command of a menu: its name, its arguments, and what it does.</summary>
public sealed class MenuCommand
{
    /// <summary>Declares a command.</summary>
    /// <param name="name">The name as typed.</param>
    /// <param name="description">One sentence for help and reference.</param>
    public MenuCommand(string name, string description)
    {
        Name = name;
        Description = description;
    }

    /// <summary>The name as typed.</summary>
    public string Name { get; }

    /// <summary>One sentence for help and reference.</summary>
    public string Description { get; }

    /// <summary>The arguments it knows, in the order of help and of unnamed values beyond the first.</summary>
    public IReadOnlyList<CommandArgument> Arguments { get; init; } = [];

    /// <summary>The arguments that take values without a name, first to last (<c>numbers</c>; <c>numbers value-name</c> for get; <c>address</c> for /ping).</summary>
    public IReadOnlyList<string> UnnamedArguments { get; init; } = [];

    /// <summary>True where <c>where</c> and a condition may follow (print, find, export). For <c>find</c> the condition may come without the word.</summary>
    public bool TakesWhere { get; init; }

    /// <summary>True where the condition needs no <c>where</c> before it (<c>find name=x</c>).</summary>
    public bool WhereIsImplied { get; init; }

    /// <summary>True where <c>!name</c> may stand among the arguments (set, add).</summary>
    public bool TakesNegation { get; init; }

    /// <summary>What a user needs to run it; null: what commands of that name and menu usually need (<see cref="CommandPolicy"/>).</summary>
    public Policies? Requires { get; init; }

    /// <summary>What it does; attached at start where a service does it. A command without it makes the start fail.</summary>
    public Func<CommandInvocation, Value>? Run { get; set; }

    /// <summary>The argument of that exact name, or null.</summary>
    public CommandArgument? Argument(string name)
    {
        foreach (CommandArgument argument in Arguments)
        {
            if (argument.Name == name)
            {
                return argument;
            }
        }

        return null;
    }
}

/// <summary>An argument that a command knows.</summary>
/// <param name="Name">The name as typed.</param>
/// <param name="Description">One sentence for help and reference.</param>
/// <param name="IsBare">True where the name stands alone (<c>once</c>, <c>detail</c>, <c>as-value</c>); <c>name=yes</c> is accepted as well.</param>
/// <param name="Property">The property that it sets, where it sets one.</param>
/// <param name="IsOlderSpelling">True where it is only understood, for the sake of old configurations, and offered nowhere.</param>
/// <param name="IsScript">True where the value is the text of a script, which may stand in braces.</param>
/// <param name="IsCode">True where the value is code that the command runs while it goes on, as part of the script that it stands in
/// (<see cref="CommandInvocation.RunCode"/>).</param>
public sealed record CommandArgument(
    string Name, string Description, bool IsBare = false, Property? Property = null, bool IsOlderSpelling = false, bool IsScript = false, bool IsCode = false)
{
    /// <summary>True where <c>{ ... }</c> is the text of a script.</summary>
    public bool TakesScript => IsScript || Property is not null;
}

/// <summary>An argument as it was given.</summary>
/// <param name="Name">The full name, never the abbreviation.</param>
/// <param name="Value">The value; true for a bare name; <see cref="Values.Value.Nothing"/> for <c>!name</c>.</param>
/// <param name="IsNegated">True for <c>!name</c>.</param>
/// <param name="Position">Where it stands.</param>
public sealed record GivenArgument(string Name, Value Value, bool IsNegated, SourcePosition Position);

/// <summary>One command about to run.</summary>
public sealed class CommandInvocation
{
    /// <summary>The menu in which the command was found.</summary>
    public required Menu Menu { get; init; }

    /// <summary>The command.</summary>
    public required MenuCommand Command { get; init; }

    /// <summary>Who asks, and where the output goes.</summary>
    public required ISession Session { get; init; }

    /// <summary>What was given, in the order of the line, each name at most once.</summary>
    public required IReadOnlyList<GivenArgument> Arguments { get; init; }

    /// <summary>The condition behind <c>where</c>, or null.</summary>
    public Func<IPropertySource, bool>? Where { get; init; }

    /// <summary>Where the command word stands.</summary>
    public SourcePosition Position { get; init; }

    /// <summary>The line as it was typed, for the log and the history; sensitive values are masked.</summary>
    public string Text { get; init; } = "";

    /// <summary>Told of a property that cannot have the value that was given, with the reason, so that the command goes on without it; null where
    /// such a value refuses the command.</summary>
    public Action<GivenArgument, string>? LeaveOut { get; init; }

    /// <summary>Runs the value of an argument that is code, with variables of its own beside those of the script that the command stands in;
    /// false once that script is to end. Null where nothing runs code.</summary>
    public Func<Value, IReadOnlyList<(string Name, Value Value)>, bool>? RunCode { get; init; }

    /// <summary>The value of an argument, or null where it was not given.</summary>
    public Value? this[string name]
    {
        get
        {
            foreach (GivenArgument argument in Arguments)
            {
                if (argument.Name == name)
                {
                    return argument.Value;
                }
            }

            return null;
        }
    }

    /// <summary>True where a bare argument was given, or given as yes.</summary>
    public bool Has(string name) => this[name] is { } value && value is not BooleanValue { IsTrue: false };
}
