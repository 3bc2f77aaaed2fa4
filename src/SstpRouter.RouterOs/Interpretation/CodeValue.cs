using SstpRouter.RouterOs.Language.Syntax;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Interpretation;

/// <summary>Commands as a value: a function that <c>$name</c> calls.</summary>
/// <param name="Block">The commands.</param>
internal sealed record CodeValue(Block Block) : Value
{
    /// <inheritdoc/>
    public override string TypeName => "code";

    /// <inheritdoc/>
    public override long Size => 16 + Block.Text.Length;

    /// <inheritdoc/>
    public override string ToText() => Block.Text;
}
