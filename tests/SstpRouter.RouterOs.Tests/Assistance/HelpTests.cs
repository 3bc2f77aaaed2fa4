using SstpRouter.RouterOs.Assistance;

namespace SstpRouter.RouterOs.Tests.Assistance;

public sealed class HelpTests : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void A_menu_lists_its_menus_and_commands_with_what_they_are_for() => Assert.Equal(
        ["active -- Users that are connected now", "profile -- What PPP users and tunnels have in common", "secret -- Users that may connect, their passwords and addresses",
            "export -- Print the configuration as a script, or save it in a file"],
        Lines("/ppp "));

    [Fact]
    public void A_word_that_is_being_typed_narrows_the_list() => Assert.Equal(["profile -- PPP profile of the user"], Lines("/ppp secret add prof"));

    [Fact]
    public void Every_command_of_the_language_has_its_line() =>
        Assert.DoesNotContain(_desk.Assistant.Help(":", _desk.Root), c => c.Description.Length == 0);

    [Theory]
    [InlineData("/ppp secret add disabled=", "Disabled ::= yes | no")]
    [InlineData("/interface sstp-client add port=", "Port ::= 1..65535")]
    [InlineData("/ppp secret print where disabled=", "Disabled ::= yes | no")]
    [InlineData("/ping 192.0.2.1 count=", "Count ::= Number of requests; without end where not given")]
    public void A_value_shows_its_form(string typed, string line)
    {
        Candidate help = Assert.Single(_desk.Assistant.Help(typed, _desk.Root));
        Assert.Equal(("", line), (help.Name, help.Description));
    }

    [Theory]
    [InlineData("/ppp secret add name=a password=x", true)]
    [InlineData("/ppp secret add name=a pass=x", true)]
    [InlineData(":if (true) do={ /ppp secret set [find] password=x }", true)]
    [InlineData("/ppp secret add name=a profile=default", false)]
    [InlineData("/ppp secret print where password=x", false)]
    public void A_line_with_a_sensitive_value_is_known(string line, bool isSensitive) =>
        Assert.Equal(isSensitive, _desk.Assistant.IsSensitive(line, _desk.Root));

    [Theory]
    [InlineData("/ppp secret print", true)]
    [InlineData("/ppp secret print detail where name=x", true)]
    [InlineData("/ppp secret print without-paging", false)]
    [InlineData("/ppp secret export", false)]
    [InlineData(":put 1", false)]
    public void Print_is_paged_unless_it_says_otherwise(string line, bool isPaged) => Assert.Equal(isPaged, _desk.Assistant.PagesOf(line, _desk.Root) is not null);

    private string[] Lines(string typed) => [.. _desk.Assistant.Help(typed, _desk.Root).Select(c => $"{c.Name} -- {c.Description}")];
}
