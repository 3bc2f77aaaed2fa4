using System.Runtime.CompilerServices;

namespace SstpRouter.Services.Tests.Support;

/// <summary>Compares what people see with the file that says what they shall see. <c>GOLDEN_UPDATE=1</c> writes the files anew.</summary>
internal static class GoldenScreen
{
    public static void Check(string name, string screen)
    {
        string path = Path.Combine(Directory(), name + ".golden");
        if (Environment.GetEnvironmentVariable("GOLDEN_UPDATE") == "1")
        {
            File.WriteAllText(path, screen);
        }

        Assert.True(File.Exists(path), $"There is no {path}; run once with GOLDEN_UPDATE=1 and look at what it wrote.");
        Assert.Equal(File.ReadAllText(path), screen);
    }

    private static string Directory([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "..", "Golden");
}
