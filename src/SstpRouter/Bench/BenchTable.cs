using System.Globalization;
using System.Text;

namespace SstpRouter.Bench;

/// <summary>A report for people.</summary>
internal static class BenchTable
{
    private const int TitleWidth = 40;
    private const int ValueWidth = 9;
    private const int UnitWidth = 8;

    public static string Write(BenchReport report)
    {
        var text = new StringBuilder();
        Board board = report.Board;
        string model = board.Model.Length > 0 ? $" ({board.Model})" : "";
        text.Append(report.Version).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"{board.Processors} processor(s){model}, Linux {board.Kernel}, {report.Seconds} s a test\n");
        foreach (BenchGroup group in BenchGroups.All)
        {
            BenchRow[] rows = [.. report.Rows.Where(r => r.Group == group.Name)];
            if (rows.Length == 0)
            {
                continue;
            }

            text.Append('\n').Append(group.Title).Append('\n');
            foreach (BenchRow row in rows)
            {
                text.Append(Line(report, row).TrimEnd()).Append('\n');
            }
        }

        return text.Append('\n').Append(Bottleneck.Of(report)).Append('\n').ToString();
    }

    private static string Line(BenchReport report, BenchRow row)
    {
        string ratios = string.Join(", ", report.Ratios(row).Select(r => $"{Figure(r.Ratio)} {r.Limit.Text}"));
        return $"  {row.Title.PadRight(TitleWidth)}{Figure(row.Value).PadLeft(ValueWidth)} {row.Unit.PadRight(UnitWidth)}{ratios}";
    }

    /// <summary>Three digits that count, which is more than two runs agree in.</summary>
    private static string Figure(double value) => value.ToString(
        value switch
        {
            < 0.1 => "0.000",
            < 10 => "0.00",
            < 100 => "0.0",
            _ => "0",
        },
        CultureInfo.InvariantCulture);
}
