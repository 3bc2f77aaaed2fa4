using SstpRouter.Lab.Tests.Golden;
using SstpRouter.Lab.Tests.Harness;
using Xunit.Abstractions;

namespace SstpRouter.Lab.Tests;

/// <summary>The program's own verbs, without a tunnel.</summary>
public sealed class CommandTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("sstp-router-test-");

    [Fact]
    public void Version_says_what_the_program_was_built_with()
    {
        Finished done = RunningProgram.Router(["--version"]);

        output.WriteLine($"{RouterBinary.Path}: {done.Output}");
        Assert.Equal(0, done.Status);
        Assert.Matches(RouterBinary.IsNative ? @"^sstp-router \d+\.\d+\.\d+ \(net\d+\.0, native" : @"^sstp-router \d+\.\d+\.\d+ \(net\d+\.0, JIT", done.Output);
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("fly", 2)]
    [InlineData("run --fast", 2)]
    [InlineData("run --state", 2)]
    [InlineData("run --state /dev/null/state", 1)]
    [InlineData("run --workers none --state /dev/null/state", 2)]
    [InlineData("exec", 2)]
    [InlineData("exec --state /nowhere /interface print", 1)]
    [InlineData("cli --state /nowhere", 1)]
    [InlineData("check", 2)]
    [InlineData("check /nowhere", 1)]
    [InlineData("lab there", 2)]
    public void A_wrong_command_line_gets_an_error_on_stderr_and_a_status(string line, int status)
    {
        Finished done = RunningProgram.Router(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(status, done.Status);
        Assert.Equal("", done.Output);
        Assert.StartsWith("sstp-router: ", done.Error);
        Assert.DoesNotContain("   at ", done.Error);
        Assert.True(line.Length == 0 || done.Error.Count(c => c == '\n') == 1, "one line: " + done.Error);
    }

    [Fact]
    public void Check_is_content_with_a_configuration_of_which_every_line_has_effect()
    {
        string file = Write("good.rsc", """
            /system identity set name=branch
            /interface sstp-client
            add connect-to=192.168.62.2 disabled=no name=sstp-out1 password=StrongPass \
                profile=default-encryption user=MT-User
            /ip address add address=192.168.62.1/24 interface=ether1
            """);

        Finished done = RunningProgram.Router(["check", file]);

        Assert.Equal(new Finished(0, "good.rsc: every line has effect\n", ""), done);
    }

    [Fact]
    public void Check_names_every_line_without_effect()
    {
        string file = Write("bad.rsc", BadConfiguration.Text);

        Finished done = RunningProgram.Router(["check", file]);

        Assert.Equal(1, done.Status);
        Assert.Equal(
            "bad.rsc: 7 of 12 commands have effect; 1 unknown menu(s) or command(s) with 0 command(s) in them, 2 property(s) left out, 4 refused\n",
            done.Output);
        Screen.Check("check-errors", done.Error);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private string Write(string name, string text)
    {
        string path = Path.Combine(_directory.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
