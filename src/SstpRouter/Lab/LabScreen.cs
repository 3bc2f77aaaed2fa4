namespace SstpRouter.Lab;

/// <summary>What the lab shows: steps, typed lines with their output, log lines. Safe for several threads.</summary>
internal sealed class LabScreen(TextWriter output, bool colours)
{
    private readonly Lock _gate = new();

    /// <summary>The width that the routers print for.</summary>
    public const int Width = 100;

    /// <summary>Who shows log lines while a line is being typed; null where they are just written.</summary>
    public Action<string>? Aside { get; set; }

    public void Step(string text) => Line("\n" + Paint("1", "== " + text));

    public void Typed(string prompt, string command) => Line(Paint("32", prompt) + command);

    public void Log(string router, string line) => (Aside ?? Line)(Paint("2", $"{router,6} | {line}"));

    public void Error(string text) => Line(Paint("31", text));

    public void Line(string text)
    {
        lock (_gate)
        {
            output.WriteLine(text);
            output.Flush();
        }
    }

    public void Raw(string text)
    {
        lock (_gate)
        {
            output.Write(text);
            output.Flush();
        }
    }

    private string Paint(string code, string text) => colours ? $"\e[{code}m{text}\e[m" : text;
}
