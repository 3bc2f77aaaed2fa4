using SstpRouter.RouterOs.Language.Syntax;

namespace SstpRouter.RouterOs.Interpretation.Commands;

/// <summary>All commands of the language, in the order of help.</summary>
internal static class LanguageCommands
{
    public static IReadOnlyList<LanguageCommand> All { get; } =
    [
        .. ControlCommands.All,
        .. VariableCommands.All,
        .. TextCommands.All,
        .. Conversion.Commands,
        .. EncodingCommands.All,
        .. SerializingCommands.All,
    ];
}
