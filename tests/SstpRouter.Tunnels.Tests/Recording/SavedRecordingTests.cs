namespace SstpRouter.Tunnels.Tests.Recording;

/// <summary>Recordings that were made by the program itself, replayed. A call that went wrong in the field becomes a test by adding its file.</summary>
public sealed class SavedRecordingTests
{
    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.rec").Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Recordings");

    [Theory]
    [MemberData(nameof(Names))]
    public void It_replays_to_the_same_outcome(string name)
    {
        Replay replay = new(File.ReadAllText(Path.Combine(Folder, name)));

        Assert.NotEmpty(replay.Expected);
        Assert.Equal(replay.Expected, replay.Run());
    }
}
