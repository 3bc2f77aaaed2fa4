using System.Diagnostics;
using SstpRouter.RouterOs.Interpretation.Operations;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Language.Syntax;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Interpretation.Commands;

/// <summary>The commands that decide what runs, and how often.</summary>
internal static class ControlCommands
{
    public static IReadOnlyList<Command> All { get; } =
    [
        new("if", 1, [("condition", ArgumentForm.Value), ("do", ArgumentForm.Code), ("else", ArgumentForm.Code)], If),
        new(
            "for", 1,
            [("counter", ArgumentForm.Variable), ("from", ArgumentForm.Value), ("to", ArgumentForm.Value), ("step", ArgumentForm.Value), ("do", ArgumentForm.Code), ("on-error", ArgumentForm.Code)],
            call => Guarded(call, () => For(call))),
        new(
            "foreach", 1,
            [("counter", ArgumentForm.Variable), ("in", ArgumentForm.Value), ("do", ArgumentForm.Code), ("on-error", ArgumentForm.Code)],
            call => Guarded(call, () => ForEach(call))),
        new("while", 1, [("condition", ArgumentForm.Expression), ("do", ArgumentForm.Code)], While),
        new(
            "do", 1,
            [("command", ArgumentForm.Code), ("if", ArgumentForm.Expression), ("while", ArgumentForm.Expression), ("on-error", ArgumentForm.Code)],
            call => Guarded(call, () => Do(call))),
        new("onerror", 2, [("error", ArgumentForm.Variable), ("in", ArgumentForm.Code), ("do", ArgumentForm.Code)], OnError),
        new(
            "retry", 1,
            [("command", ArgumentForm.Code), ("delay", ArgumentForm.Value), ("max", ArgumentForm.Value), ("on-error", ArgumentForm.Code)],
            call => Guarded(call, () => Retry(call))),
        Command.Of("return", ["value"], Return),
        new("exit", 0, [], _ => throw new ScriptExit()),
        Command.Of("error", ["message"], call => throw new ScriptError(call.Text("message"))),
        Command.Of("delay", ["delay-time"], Delay),
        new("time", 1, [("command", ArgumentForm.Code)], Time),
    ];

    private static Value If(Call call)
    {
        string branch = call.Condition("condition") ? "do" : "else";
        return call.Has(branch) ? call.Evaluator.Execute(call.Code(branch)) : Value.Nothing;
    }

    private static Value For(Call call)
    {
        string name = call.Names("counter")[0];
        long from = call.Number("from", 0);
        long to = call.Number("to", 0);
        long step = call.Number("step", from <= to ? 1 : -1);
        Block block = call.Code("do");
        if (step == 0)
        {
            throw new ScriptError("invalid value for argument step");
        }

        // A counter of 128 bits cannot wrap around at the ends of the 64-bit range.
        for (Int128 i = from; step > 0 ? i <= to : i >= to; i += step)
        {
            call.Evaluator.CheckInterruption();
            call.Evaluator.Execute(block, (name, Value.Of((long)i)));
            if (call.Evaluator.IsReturning)
            {
                break;
            }
        }

        return Value.Nothing;
    }

    private static Value ForEach(Call call)
    {
        string[] names = call.Names("counter");
        Block block = call.Code("do");
        long index = 0;
        foreach (ArrayEntry entry in Arrays.Elements(call["in"]))
        {
            call.Evaluator.CheckInterruption();
            Value key = entry.Key is null ? Value.Of(index) : Value.Of(entry.Key);
            if (names is [string keyName, string valueName])
            {
                call.Evaluator.Execute(block, (keyName, key), (valueName, entry.Value));
            }
            else
            {
                call.Evaluator.Execute(block, (names[0], entry.Value));
            }

            if (call.Evaluator.IsReturning)
            {
                break;
            }

            index++;
        }

        return Value.Nothing;
    }

    private static Value While(Call call)
    {
        Block block = call.Code("do");
        while (call.Condition("condition") && !call.Evaluator.IsReturning)
        {
            call.Evaluator.CheckInterruption();
            call.Evaluator.Execute(block);
        }

        return Value.Nothing;
    }

    private static Value Do(Call call)
    {
        Block block = call.Code("command");
        if (call.Has("if") && !call.Condition("if"))
        {
            return Value.Nothing;
        }

        Value value;
        do
        {
            call.Evaluator.CheckInterruption();
            value = call.Evaluator.Execute(block);
        }
        while (call.Has("while") && !call.Evaluator.IsReturning && call.Condition("while"));

        return value;
    }

    private static Value OnError(Call call)
    {
        try
        {
            call.Evaluator.Execute(call.Code("in"));
            return Value.Of(false);
        }
        catch (ScriptError error)
        {
            call.Evaluator.ThrowIfOver();
            call.Evaluator.Execute(call.Code("do"), (call.Names("error")[0], Value.Of(error.Message)));
            return Value.Of(true);
        }
    }

    private static Value Retry(Call call)
    {
        Block block = call.Code("command");
        TimeSpan delay = call.Time("delay", TimeSpan.FromSeconds(1));
        long left = call.Number("max", 3);
        while (true)
        {
            try
            {
                return call.Evaluator.Execute(block);
            }
            catch (ScriptError) when (--left > 0)
            {
                call.Evaluator.ThrowIfOver();
                call.Evaluator.Wait(delay);
            }
        }
    }

    /// <summary>Runs <c>on-error={}</c>, where it was given, in place of a failure. Interruptions go through.</summary>
    private static Value Guarded(Call call, Func<Value> run)
    {
        try
        {
            return run();
        }
        catch (ScriptError) when (call.Has("on-error"))
        {
            call.Evaluator.ThrowIfOver();
            return call.Evaluator.Execute(call.Code("on-error"));
        }
    }

    private static Value Return(Call call)
    {
        call.Evaluator.Return(call.Optional("value") ?? Value.Nothing);
        return Value.Nothing;
    }

    private static Value Delay(Call call)
    {
        call.Evaluator.Wait(call.Time("delay-time", TimeSpan.FromSeconds(1)));
        return Value.Nothing;
    }

    private static TimeValue Time(Call call)
    {
        long start = Stopwatch.GetTimestamp();
        call.Evaluator.Execute(call.Code("command"));
        return new TimeValue(Stopwatch.GetElapsedTime(start));
    }
}
