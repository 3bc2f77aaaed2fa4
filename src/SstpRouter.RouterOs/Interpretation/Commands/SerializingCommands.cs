using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SstpRouter.RouterOs.Interpretation.Operations;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Language.Syntax;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Interpretation.Commands;

/// <summary><c>:serialize</c> and <c>:deserialize</c>: values as JSON, tables as text with a delimiter.</summary>
internal static class SerializingCommands
{
    private const string KeepStrings = "json.no-string-conversion";
    private const string Pretty = "json.pretty";
    private const string ArrayOption = "dsv.array";
    private const string Plain = "dsv.plain";
    private const string Remap = "dsv.remap";

    private static readonly string[] Forms = ["dsv", "json"];

    public static IReadOnlyList<LanguageCommand> All { get; } =
    [
        Command.Of("serialize", ["value", "to", "options", "delimiter", "order"], Serialize) with { UnnamedCount = 1 },
        Command.Of("deserialize", ["value", "from", "options", "delimiter"], Deserialize) with { UnnamedCount = 1 },
    ];

    private static Value Serialize(Call call)
    {
        if (EncodingCommands.Word(call, "to", Forms, otherwise: null) == "dsv")
        {
            bool hasKeys = Options(call, Remap).Contains(Remap);
            return Value.Of(hasKeys ? DelimitedText.WriteKeyed(call["value"], Delimiter(call), Order(call)) : DelimitedText.Write(call["value"], Delimiter(call)));
        }

        string[] options = Options(call, KeepStrings, Pretty);
        var json = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(
            json, new JsonWriterOptions { Indented = options.Contains(Pretty), Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        Write(writer, call["value"], options.Contains(KeepStrings));
        writer.Flush();
        Limits.CheckText(json.WrittenCount);
        return Value.Of(Encoding.UTF8.GetString(json.WrittenSpan));
    }

    private static Value Deserialize(Call call)
    {
        if (EncodingCommands.Word(call, "from", Forms, otherwise: null) == "dsv")
        {
            return DelimitedText.Read(call.Text("value"), Delimiter(call), Options(call, ArrayOption, Plain).Contains(Plain));
        }

        string[] options = Options(call, KeepStrings);
        try
        {
            using JsonDocument json = JsonDocument.Parse(call.Text("value"), new JsonDocumentOptions { MaxDepth = ArrayValue.MaxDepth });
            return Read(json.RootElement, options.Contains(KeepStrings));
        }
        catch (JsonException)
        {
            throw ScriptError.Failure("invalid json");
        }
    }

    private static string Delimiter(Call call) => call.Text("delimiter") is { Length: >= 1 and <= 3 } delimiter
        ? delimiter
        : throw new ScriptError("invalid value for argument delimiter");

    private static string[] Order(Call call) =>
        call.Optional("order") is not { } given ? []
        : given is ArrayValue array ? [.. array.Entries.Select(e => e.Value.ToText())]
        : given.ToText().Split(',', StringSplitOptions.TrimEntries);

    private static string[] Options(Call call, params string[] known) =>
        call.Optional("options") is not { } given ? []
        : [.. (given is ArrayValue array ? array.Entries.Select(e => e.Value.ToText()) : given.ToText().Split(',', StringSplitOptions.RemoveEmptyEntries))
            .Select(word => Grammar.FindName(word, known) ?? throw new ScriptError("input does not match any value of options"))];

    private static void Write(Utf8JsonWriter writer, Value value, bool keepsStrings)
    {
        switch (value)
        {
            case ArrayValue { Entries: [{ Key: not null }, ..] } map:
                writer.WriteStartObject();
                foreach (ArrayEntry entry in map.Entries)
                {
                    writer.WritePropertyName(entry.Key!);
                    Write(writer, entry.Value, keepsStrings);
                }

                writer.WriteEndObject();
                break;
            case ArrayValue array:
                writer.WriteStartArray();
                foreach (ArrayEntry entry in array.Entries)
                {
                    Write(writer, entry.Value, keepsStrings);
                }

                writer.WriteEndArray();
                break;
            case NothingValue or NilValue:
                writer.WriteNullValue();
                break;
            case BooleanValue truth:
                writer.WriteBooleanValue(truth.IsTrue);
                break;
            case NumberValue number:
                writer.WriteNumberValue(number.Number);
                break;
            case TextValue text when !keepsStrings && Literal.ParseNumber(text.Content) is NumberValue number:
                writer.WriteNumberValue(number.Number);
                break;
            default:
                writer.WriteStringValue(value.ToText());
                break;
        }
    }

    private static Value Read(JsonElement json, bool keepsStrings) => json.ValueKind switch
    {
        JsonValueKind.Object => Arrays.Of(json.EnumerateObject().Select(p => new ArrayEntry(p.Name, Read(p.Value, keepsStrings)))),
        JsonValueKind.Array => Arrays.Of(json.EnumerateArray().Select(e => new ArrayEntry(null, Read(e, keepsStrings)))),
        JsonValueKind.True => Value.Of(true),
        JsonValueKind.False => Value.Of(false),
        // There are no fractions in the language: they stay text.
        JsonValueKind.Number => json.TryGetInt64(out long number) ? Value.Of(number) : Value.Of(json.GetRawText()),
        JsonValueKind.String => keepsStrings ? Value.Of(json.GetString()!) : Literal.Parse(json.GetString()!),
        _ => Value.Nothing,
    };
}
