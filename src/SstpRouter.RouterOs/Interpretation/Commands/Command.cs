using SstpRouter.RouterOs.Language.Syntax;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Interpretation.Commands;

/// <summary>A command of the language and what it does.</summary>
/// <param name="Name">The name as typed behind the colon.</param>
/// <param name="UnnamedCount">How many arguments, from the first, take values without a name.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Run">What it does.</param>
internal sealed record Command(string Name, int UnnamedCount, (string Name, ArgumentForm Form)[] Arguments, Func<Call, Value> Run)
    : LanguageCommand(Name, UnnamedCount, Arguments)
{
    /// <summary>A command that only makes a value of values.</summary>
    public static Command Of(string name, string[] arguments, Func<Call, Value> run) =>
        new(name, arguments.Length, [.. arguments.Select(a => (a, ArgumentForm.Value))], run);
}
