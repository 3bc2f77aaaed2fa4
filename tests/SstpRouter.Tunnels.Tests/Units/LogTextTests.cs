namespace SstpRouter.Tunnels.Tests.Units;

public sealed class LogTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("MT-User", "MT-User")]
    [InlineData("Büro Süd@example.com", "Büro Süd@example.com")]
    [InlineData("a\nuser root logged in", "a\\0Auser root logged in")]
    [InlineData("\r\u001B[2J", "\\0D\\1B[2J")]
    [InlineData("\u0085", "\\85")]
    public void Control_characters_are_escaped_and_all_else_stays(string sent, string logged) =>
        Assert.Equal(logged, LogText.Escape(sent));

    [Fact]
    public void A_name_of_128_characters_is_whole() =>
        Assert.Equal(new string('x', 128), LogText.Escape(new string('x', 128)));

    [Fact]
    public void A_longer_one_is_cut() =>
        Assert.Equal(new string('x', 128) + "...", LogText.Escape(new string('x', 4083)));

    [Fact]
    public void The_cut_leaves_no_half_of_a_character() =>
        Assert.Equal(new string('x', 127) + "...", LogText.Escape(new string('x', 127) + "\U0001F600tail"));
}
