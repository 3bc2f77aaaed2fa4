using System.Runtime.CompilerServices;

namespace SstpRouter.Lab.Tests.Golden;

/// <summary>Compares what people see with the file that says what they shall see. <c>GOLDEN_UPDATE=1</c> writes the files anew.</summary>
internal static class Screen
{
    public static void Check(string name, string screen)
    {
        string path = Path.Combine(Folder(), name + ".golden");
        if (Environment.GetEnvironmentVariable("GOLDEN_UPDATE") == "1")
        {
            File.WriteAllText(path, screen);
        }

        Assert.True(File.Exists(path), $"There is no {path}; run once with GOLDEN_UPDATE=1 and look at what it wrote.");
        Assert.Equal(File.ReadAllText(path), screen);
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
