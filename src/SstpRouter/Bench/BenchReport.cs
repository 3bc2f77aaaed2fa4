namespace SstpRouter.Bench;

/// <summary>All that a run has found out.</summary>
/// <param name="Version">The program's.</param>
/// <param name="Board">The machine.</param>
/// <param name="Seconds">How long each test measured.</param>
internal sealed record BenchReport(string Version, Board Board, double Seconds)
{
    private readonly List<BenchRow> _rows = [];

    public IReadOnlyList<BenchRow> Rows => _rows;

    /// <summary>The row of the cipher that the tunnel agreed on.</summary>
    public string CipherRow { get; set; } = "cipher/aes-256-gcm-16k";

    /// <summary>How busy the machine was with one stream, 0 to 1; null where that was not measured.</summary>
    public double? Busy { get; set; }

    /// <summary>Adds a row; what could not be measured has none.</summary>
    public void Add(string id, string title, double value, string unit, params Limit[] limits)
    {
        if (value > 0 && double.IsFinite(value))
        {
            _rows.Add(new BenchRow(id, title, value, unit, limits));
        }
    }

    /// <summary>The figure of a row, or null where it was not measured.</summary>
    public double? Value(string id) => _rows.FirstOrDefault(r => r.Id == id)?.Value;

    /// <summary>A row's ratios to those of its limits that were measured.</summary>
    public IEnumerable<(Limit Limit, double Ratio)> Ratios(BenchRow row)
    {
        foreach (Limit limit in row.Limits)
        {
            if (Value(limit.Id) is > 0 and { } other)
            {
                yield return (limit, row.Value / other);
            }
        }
    }
}
