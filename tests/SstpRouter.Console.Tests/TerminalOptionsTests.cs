using SstpRouter.Console.Terminals;

namespace SstpRouter.Console.Tests;

public sealed class TerminalOptionsTests
{
    [Theory]
    [InlineData("admin+ct80w")]
    [InlineData("admin+80wtc")]
    public void What_follows_a_plus_says_what_the_terminal_is_like(string login) => Assert.Equal(
        ("admin", new TerminalOptions { IsPlain = true, IsSilent = true, Width = 80 }), TerminalOptions.Parse(login));

    [Fact]
    public void The_forms_that_programs_send_are_known()
    {
        Assert.Equal(("admin", new TerminalOptions { IsPlain = true, IsSilent = true, Width = 511, Height = 4098 }), TerminalOptions.Parse("admin+ct511w4098h"));
        Assert.Equal(("a+b", new TerminalOptions { IsPlain = true, IsDumb = true, IsSilent = true, Width = 1024 }), TerminalOptions.Parse("a+b+cet1024w"));
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("+ct")]
    [InlineData("a+b")]
    [InlineData("admin+80")]
    [InlineData("admin+w")]
    [InlineData("admin+0w")]
    [InlineData("admin+99999w")]
    [InlineData("admin+80c")]
    public void What_says_nothing_of_a_terminal_belongs_to_the_name(string login) => Assert.Equal((login, new TerminalOptions()), TerminalOptions.Parse(login));
}
