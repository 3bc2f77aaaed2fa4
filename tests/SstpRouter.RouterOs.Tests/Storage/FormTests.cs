using System.Runtime.CompilerServices;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Tests.History;

namespace SstpRouter.RouterOs.Tests.Storage;

public class FormTests
{
    public static TheoryData<int> OldForms => [.. Enumerable.Range(0, StateForm.Current)];

    [Theory]
    [MemberData(nameof(OldForms))]
    public void Files_of_each_older_form_are_read_and_brought_to_this_one(int form)
    {
        using var folder = new StateFolder();
        foreach (string file in Directory.GetFiles(Path.Combine(Here(), "Forms", $"form-{form}")))
        {
            File.Copy(file, folder[Path.GetFileName(file)]);
        }

        string old = folder.Read("config.rsc");
        using (var desk = new HistoryDesk(folder))
        {
            Assert.Equal(
                $"config.rsc: was saved by an earlier version (form {form}) and is now in form {StateForm.Current}",
                Assert.Single(desk.Store.Notices).ToString());
            Assert.Equal("*2:bob:x *5:dora:", desk.Secrets());
            Assert.Equal("a b\"$\n\n", desk.Type(":put [/ppp secret get bob password]"));
            Assert.Equal("hq\n00:05:00\n", desk.Type(":put [/system identity get name]\n:put [/ppp profile get default idle-timeout]"));
            Assert.Contains("name=office ranges=10.0.0.2-10.0.0.9", desk.Type("/ip pool export"));
            desk.Type("/ppp secret add name=new");
            Assert.EndsWith("*6:new:", desk.Secrets());
        }

        Assert.Contains($"\n#. form {StateForm.Current}\n", folder.Read("config.rsc"));
        Assert.Equal(old, folder.Read("config-previous.rsc"));
        using var again = new HistoryDesk(folder);
        Assert.Empty(again.Store.Notices);
        Assert.Equal("*2:bob:x *5:dora: *6:new:", again.Secrets());
    }

    [Fact]
    public void A_damaged_snapshot_falls_back_to_files_of_the_older_form_too()
    {
        using var folder = new StateFolder();
        foreach (string file in Directory.GetFiles(Path.Combine(Here(), "Forms", "form-0")))
        {
            File.Copy(file, folder[Path.GetFileName(file)]);
        }

        using (var desk = new HistoryDesk(folder))
        {
            desk.Type("/ppp secret add name=new");
        }

        folder.Write("config.rsc", folder.Read("config.rsc")[..60]);

        using var again = new HistoryDesk(folder);
        Assert.Contains(again.Store.Notices, n => n.Text.Contains("the last whole state is used instead"));
        Assert.Equal("*2:bob:x *5:dora: *6:new:", again.Secrets());
    }

    [Fact]
    public void Files_of_a_later_form_are_read_as_far_as_they_are_understood()
    {
        using var folder = new StateFolder();
        folder.Write("config.rsc", "#. generation 4\n#. form 99\n/ppp secret\nadd .id=*1 name=alice\nadd .id=*2 name=bob aura=blue\n#. end\n");

        using var desk = new HistoryDesk(folder);

        Assert.Equal("*1:alice:", desk.Secrets());
        Assert.Contains(desk.Store.Notices, n => n.Text == "was saved by a later version (form 99): what this one does not know has no effect");
        Assert.Contains("name=bob aura=blue", folder.Read("rejected.rsc"));
    }

    [Fact]
    public void A_file_takes_the_steps_from_its_form_on_one_after_the_other()
    {
        Func<string, string>[] steps = [t => t + "a", t => t + "b", t => t + "c"];

        Assert.Equal("xabc", StateForm.Modernise("x", 0, steps));
        Assert.Equal("xbc", StateForm.Modernise("x", 1, steps));
        Assert.Equal("x", StateForm.Modernise("x", 3, steps));
        Assert.Equal("x", StateForm.Modernise("x", 7, steps));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("/ppp secret", 0)]
    [InlineData("#. form 1", 1)]
    [InlineData("#. form 12\nx", 12)]
    [InlineData("#. generation 3\n#. form 2\nx", 2)]
    [InlineData("#. form x\n", 0)]
    public void The_form_stands_in_a_line_of_its_own(string text, int form) => Assert.Equal(form, StateForm.Of(text));

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
