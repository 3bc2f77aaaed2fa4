using System.Runtime.CompilerServices;
using SstpRouter.RouterOs.Menus;
using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.RouterOs.Tests.Menus;

/// <summary>The reference documentation is what the menus say.</summary>
public class ReferenceTests
{
    private static readonly string Text = Generate();

    [Fact]
    public void The_file_in_the_documentation_is_up_to_date()
    {
        string path = Path.Combine(Repository(), "rootfs-overlay", "usr", "share", "doc", "sstp-router", "reference.md");
        if (Environment.GetEnvironmentVariable("GOLDEN_UPDATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, Text);
        }

        Assert.True(File.ReadAllText(path) == Text, "reference.md is out of date: write what sstp-router reference prints");
    }

    [Theory]
    [InlineData("## /interface/sstp-client")]
    [InlineData("| `port` | 1..65535 | `443` | Port to connect to |")]
    [InlineData("| `connect-to` | IP address \\| DNS name |  | Address or DNS name of the SSTP server; *required* |")]
    [InlineData("| `password` | text | `\"\"` | Password of the user; *sensitive* |")]
    [InlineData("| `name` | name | `sstp-out1` | Descriptive name of the interface |")]
    [InlineData("| `disabled` | yes \\| no | `yes` | Whether the item is switched off |")]
    [InlineData("| `uptime` | time | How long the session has been connected |")]
    [InlineData("| `add` | `copy-from`, the properties | Create a new item |")]
    [InlineData("Flags: `X` disabled; `R` running")]
    public void It_says_what_the_menus_say(string line) => Assert.Contains("\n" + line + "\n", Text, StringComparison.Ordinal);

    [Fact]
    public void Every_row_of_a_table_has_as_many_cells_as_its_head()
    {
        int cells = 0;
        foreach (string line in Text.Split('\n').Where(l => l.StartsWith('|')))
        {
            int here = line.Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|');
            cells = line.StartsWith("| property", StringComparison.Ordinal) || line.StartsWith("| state", StringComparison.Ordinal)
                || line.StartsWith("| command", StringComparison.Ordinal) ? here : cells;
            Assert.Equal(cells, here);
        }
    }

    private static string Generate()
    {
        Menu root = RouterMenus.Build();
        using var store = ConfigurationStore.InMemory(root);
        StandardVerbs.Attach(root, store);
        PrintVerb.Attach(root, store);
        return MenuReference.Of(root);
    }

    private static string Repository([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../.."));
}
