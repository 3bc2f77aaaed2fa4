using System.Runtime.CompilerServices;

namespace SstpRouter.Tls.Tests.Golden;

/// <summary>Compares a table with the file that says what it shall be. <c>GOLDEN_UPDATE=1</c> writes the files anew.</summary>
internal static class GoldenText
{
    public static void Check(string name, string text, [CallerFilePath] string file = "")
    {
        var folder = Path.GetDirectoryName(file)!;
        while (!Directory.Exists(Path.Combine(folder, "Golden")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }
        var path = Path.Combine(folder, "Golden", name);
        if (Environment.GetEnvironmentVariable("GOLDEN_UPDATE") == "1")
        {
            File.WriteAllText(path, text);
        }
        Assert.True(File.Exists(path), $"There is no {path}; run once with GOLDEN_UPDATE=1 and look at what it wrote.");
        Assert.Equal(File.ReadAllText(path), text);
    }
}
