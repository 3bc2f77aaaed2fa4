using System.Globalization;
using SstpRouter.Commands;

namespace SstpRouter.Bench;

/// <summary>What the user asked of the benchmark.</summary>
/// <param name="Time">How long each test measures.</param>
/// <param name="Groups">The parts to run, in their order.</param>
/// <param name="IsJson">For programs instead of people.</param>
internal sealed record BenchOptions(TimeSpan Time, IReadOnlyList<string> Groups, bool IsJson)
{
    private const double UsualSeconds = 3;
    private const double FewestSeconds = 0.1;
    private const double MostSeconds = 600;

    /// <summary>What <see cref="Options"/> must know to read them.</summary>
    public static string[] Known => ["--seconds", "--only", "--json!"];

    /// <summary>Reads the command line.</summary>
    /// <exception cref="MisuseException">A value makes no sense.</exception>
    public static BenchOptions Read(Options options)
    {
        options.RequireNoWords();
        return new BenchOptions(TimeSpan.FromSeconds(Seconds(options["--seconds"])), Only(options["--only"]), options.Has("--json"));
    }

    private static double Seconds(string? given) => given is null
        ? UsualSeconds
        : double.TryParse(given, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
            && seconds is >= FewestSeconds and <= MostSeconds
                ? seconds
                : throw new MisuseException("--seconds takes a number, 0.1..600");

    private static string[] Only(string? given)
    {
        string[] all = [.. BenchGroups.All.Select(g => g.Name)];
        string[] wanted = given is null ? all : given.Split(',', StringSplitOptions.TrimEntries);
        return wanted.FirstOrDefault(w => !all.Contains(w)) is { } unknown
            ? throw new MisuseException($"--only takes {string.Join(", ", all)}, and not \"{unknown}\"")
            : [.. all.Where(wanted.Contains)];
    }
}
