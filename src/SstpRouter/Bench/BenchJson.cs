using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SstpRouter.Bench;

/// <summary>A report for programs: the rows by their ids, which stay from release to release.</summary>
internal static class BenchJson
{
    // µ stays µ.
    private static readonly JsonWriterOptions ForEyesToo = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(BenchReport report)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, ForEyesToo))
        {
            json.WriteStartObject();
            json.WriteString("version", report.Version);
            json.WriteNumber("processors", report.Board.Processors);
            json.WriteString("model", report.Board.Model);
            json.WriteString("kernel", report.Board.Kernel);
            json.WriteNumber("seconds", report.Seconds);
            json.WriteString("cipher", report.CipherRow);
            json.WriteStartArray("rows");
            foreach (BenchRow row in report.Rows)
            {
                WriteRow(json, report, row);
            }

            json.WriteEndArray();
            json.WriteString("bottleneck", Bottleneck.Of(report));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.ToArray()) + "\n";
    }

    private static void WriteRow(Utf8JsonWriter json, BenchReport report, BenchRow row)
    {
        json.WriteStartObject();
        json.WriteString("id", row.Id);
        json.WriteNumber("value", Rounded(row.Value));
        json.WriteString("unit", row.Unit);
        json.WriteStartObject("ratios");
        foreach ((Limit limit, double ratio) in report.Ratios(row))
        {
            json.WriteNumber(limit.Id, Rounded(ratio));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static double Rounded(double value) => Math.Round(value, 4);
}
