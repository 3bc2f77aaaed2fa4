using System.Collections.Concurrent;
using SstpRouter.Ppp;
using SstpRouter.Tunnels.Recording;
using SstpRouter.Tunnels.Tests.Support;

namespace SstpRouter.Tunnels.Tests.Recording;

/// <summary>The files of recordings.</summary>
public sealed class RecordingDirectoryTests : IDisposable
{
    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("sstp-router-test-");
    private readonly ConcurrentQueue<string> _trouble = new();

    private string Records => Path.Combine(_place.FullName, "records");

    private string[] Files => [.. Directory.GetFiles(Records, "*.rec").Order(StringComparer.Ordinal)];

    [Fact]
    public void A_file_is_written_while_the_tunnel_lasts_and_is_its_owners_alone()
    {
        using var directory = new RecordingDirectory(Records, _trouble.Enqueue);
        TunnelRecording recording = directory.Begin("sstp-out1 to 192.0.2.1:443", new PppSessionOptions(), 1_000);
        recording.Started(1_000);

        // Nothing was closed or disposed: what a crash would leave is there.
        Await.True(() => Directory.Exists(Records) && Files is [var file] && File.ReadAllText(file).EndsWith("\n0 start\n", StringComparison.Ordinal), "the line is written");
        recording.HungUp(PppCloseReason.UserRequest, 1_500);
        Await.True(() => File.ReadAllText(Files[0]).EndsWith("\n500 close UserRequest\n", StringComparison.Ordinal), "the next line is written");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Files[0]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Records));
        Assert.Matches(@"^\d{8}T\d{6}\.\d{3}Z-client-000001\.rec$", Path.GetFileName(Files[0]));
        Assert.StartsWith(TunnelRecording.Version + "\n# sstp-out1 to 192.0.2.1:443, 2", File.ReadAllText(Files[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_newest_are_kept_and_files_of_others_are_left_alone()
    {
        Directory.CreateDirectory(Records);
        string kept = Path.Combine(Records, "report.rec");
        File.WriteAllText(kept, "");
        using (var directory = new RecordingDirectory(Records, _trouble.Enqueue))
        {
            TunnelRecording first = directory.Begin("first", new PppSessionOptions(), 0);
            for (int i = 0; i < RecordingDirectory.MaximumFiles + 5; i++)
            {
                directory.Begin("one more", new PppSessionOptions { Role = PppRole.Server }, 0).Ended("hung-up", 0);
                Thread.Yield();
            }

            Await.True(() => Files is [.., var newest, _] && newest.Contains("-000206", StringComparison.Ordinal), "all are written");

            // Its file is gone and does not come back without its beginning.
            first.Ended("hung-up", 1);
        }

        Assert.Equal(RecordingDirectory.MaximumFiles + 1, Files.Length);
        Assert.Contains(kept, Files);
        Assert.DoesNotContain(Files, f => f.EndsWith("-000001.rec", StringComparison.Ordinal));
        Assert.Empty(_trouble);
    }

    [Fact]
    public void A_directory_that_cannot_be_written_is_an_error_at_once()
    {
        string file = Path.Combine(_place.FullName, "file");
        File.WriteAllText(file, "");

        IOException error = Assert.Throws<IOException>(() => new RecordingDirectory(file, _trouble.Enqueue));

        Assert.StartsWith($"cannot record into {file}: ", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("cannot record into /proc/nothing: ", Assert.Throws<IOException>(() => new RecordingDirectory("/proc/nothing", _trouble.Enqueue)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_goes_away_is_told_once_and_tunnels_go_on()
    {
        using var directory = new RecordingDirectory(Records, _trouble.Enqueue);
        Directory.Delete(Records);

        directory.Begin("one", new PppSessionOptions(), 0).Started(0);
        directory.Begin("two", new PppSessionOptions(), 0).Started(0);
        directory.Dispose();

        Assert.StartsWith("a recording cannot be written: ", Assert.Single(_trouble), StringComparison.Ordinal);
    }

    public void Dispose() => _place.Delete(recursive: true);
}
