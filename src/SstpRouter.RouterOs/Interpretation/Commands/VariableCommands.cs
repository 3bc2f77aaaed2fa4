using SstpRouter.RouterOs.Interpretation.Operations;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Language.Syntax;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Interpretation.Commands;

/// <summary>The commands that declare variables and change them.</summary>
internal static class VariableCommands
{
    private static readonly (string, ArgumentForm)[] Arguments =
        [("name", ArgumentForm.Variable), ("value", ArgumentForm.Value), ("do", ArgumentForm.Code)];

    public static IReadOnlyList<Command> All { get; } =
    [
        new("local", 2, Arguments, Local),
        new("global", 2, Arguments, Global),
        new("set", 2, Arguments, Set),
        Command.Of("parse", ["value"], call => new CodeValue(call.CodeOf(call["value"]))),
        new("nothing", 0, [], _ => Value.Nothing),
    ];

    private static Value Local(Call call)
    {
        Value value = NewValue(call) ?? Value.Nothing;
        call.Evaluator.Scope.DeclareLocal(call.Text("name"), value);
        return Value.Nothing;
    }

    private static Value Global(Call call)
    {
        call.Evaluator.Scope.DeclareGlobal(call.Text("name"), NewValue(call));
        return Value.Nothing;
    }

    private static Value Set(Call call)
    {
        Value? value = NewValue(call);
        if (call.Expression("name") is BinaryExpression { Operator: Operator.Element } element)
        {
            SetElement(call, element, value);
        }
        else
        {
            call.Evaluator.Scope.Set(call.Text("name"), value);
        }

        return Value.Nothing;
    }

    private static Value? NewValue(Call call) => call.Has("do") ? new CodeValue(call.Code("do")) : call.Optional("value");

    /// <summary>Puts a value into an array: the array around it is replaced, and so on out to the variable.</summary>
    private static void SetElement(Call call, BinaryExpression element, Value? value)
    {
        Value key = call.Evaluator.Evaluate(element.Right);
        Value changed = Arrays.With(call.Evaluator.Evaluate(element.Left), key, value);
        switch (element.Left)
        {
            case VariableExpression variable:
                call.Evaluator.Scope.Set(variable.Name, changed);
                break;
            case BinaryExpression { Operator: Operator.Element } outer:
                SetElement(call, outer, changed);
                break;
            default:
                throw new ScriptError("expected variable name", element.Left.Position);
        }
    }
}
