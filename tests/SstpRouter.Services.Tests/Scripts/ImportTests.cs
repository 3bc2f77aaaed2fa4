using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Scripts;

public sealed class ImportTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("router-import-");
    private readonly ScriptDesk _desk;

    public ImportTests()
    {
        _desk = new ScriptDesk(Desk.In(_directory.FullName));
        Directory.CreateDirectory(Path.Combine(_directory.FullName, "files"));
        File.WriteAllText(Path.Combine(_directory.FullName, "files", "good.rsc"), "# head\n/ppp secret\nadd name=a \\\n    comment=x\nadd name=b\n");
        File.WriteAllText(Path.Combine(_directory.FullName, "files", "bad.rsc"), "/ppp secret\nadd name=a\nadd nmae=b\nadd name=c\n:if (true) do={ /nowhere print }\n");
        File.WriteAllText(Path.Combine(_directory.FullName, "files", "torn.rsc"), "/ppp secret\nadd name=a\nadd name=\"b\n");
    }

    [Fact]
    public void A_file_runs_whole() =>
        Assert.Equal(("\nScript file loaded and executed successfully\n", "a,b"), (_desk.Type("import good.rsc"), Names()));

    [Fact]
    public void The_first_error_ends_it_and_what_ran_stays()
    {
        Assert.Equal("Script Error: expected end of command (line 3 column 5)", _desk.Refused("/import file-name=bad.rsc"));
        Assert.Equal("a", Names());
    }

    [Fact]
    public void What_cannot_be_read_does_not_run_at_all()
    {
        Assert.Equal("Script Error: syntax error (line 4 column 1)", _desk.Refused("/import torn.rsc"));
        Assert.Equal("", Names());
    }

    [Fact]
    public void Verbose_says_each_command_before_it_runs()
    {
        Assert.Equal(
            "#line 2\n/ppp secret\n#line 3\nadd name=a \\\n    comment=x\n#line 5\nadd name=b\n\nScript file loaded and executed successfully\n",
            _desk.Type("/import good.rsc verbose=yes"));
        Assert.Equal("a,b", Names());
    }

    [Fact]
    public void A_dry_run_names_every_error_and_changes_nothing()
    {
        Assert.Equal("No syntax errors found in the import file", _desk.Type("/import good.rsc verbose=yes dry-run").Split('\n')[^2]);
        Assert.Equal("Script Error: found 2 error(s) in import file", _desk.Refused("/import bad.rsc verbose=yes dry-run"));
        Assert.Equal("failure: dry-run works together with verbose=yes only", _desk.Refused("/import bad.rsc dry-run"));
        Assert.Equal("", Names());
    }

    [Fact]
    public void It_may_start_further_down_and_still_counts_from_the_top()
    {
        Assert.Equal("Script Error: bad command name add (line 4 column 1)", _desk.Refused("/import bad.rsc from-line=4"));
        File.WriteAllText(Path.Combine(_directory.FullName, "files", "two.rsc"), "rubbish\n/ppp secret add name=z\n");
        _desk.Type("/import two.rsc from-line=2");
        Assert.Equal("z", Names());
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.StartsWith("failure: there is no file ", _desk.Refused("/import nothing.rsc"));

    public void Dispose()
    {
        _desk.Dispose();
        _directory.Delete(recursive: true);
    }

    private string Names() => string.Join(',', _desk.Desk.Now.Items(_desk.Desk.Menu("ppp/secret")).Select(i => i.Text("name")));
}
