namespace SstpRouter.RouterOs.Interpretation;

/// <summary>What became of a script that was run command by command.</summary>
public sealed class RunReport
{
    /// <summary>How many commands it had on its outermost level, failed ones included.</summary>
    public int Commands { get; internal set; }

    /// <summary>The failures in the order of the script; none where everything was carried out.</summary>
    public List<StatementFailure> Failures { get; } = [];
}
