namespace SstpRouter.Ppp.Tests;

/// <summary>What a peer writes comes into the log as one bounded line that hides nothing.</summary>
public sealed class PeerTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("MT-User", "MT-User")]
    [InlineData("Büro Süd@example.com", "Büro Süd@example.com")]
    [InlineData("a\nuser root logged in", "a\\0Auser root logged in")]
    [InlineData("\r\u001B[2J", "\\0D\\1B[2J")]
    [InlineData("a\0b\u007F", "a\\00b\\7F")]
    [InlineData("\u0085", "\\C2\\85")]
    [InlineData("two\u2028lines\u2029", "two\\E2\\80\\A8lines\\E2\\80\\A9")]
    [InlineData("\u202Ederevoc\u2066", "\\E2\\80\\AEderevoc\\E2\\81\\A6")]
    public void What_could_forge_or_hide_a_line_is_escaped_and_all_else_stays(string sent, string logged) =>
        Assert.Equal(logged, PeerText.Clean(sent));

    [Fact]
    public void Half_of_a_character_is_none() => Assert.Equal("a\uFFFD", PeerText.Clean("a\uD83D"));

    [Fact]
    public void Bytes_that_are_no_utf8_are_no_text() => Assert.Equal("\uFFFDa", PeerText.Clean([0xFF, 0x61]));

    [Fact]
    public void A_text_of_128_characters_is_whole() =>
        Assert.Equal(new string('x', 128), PeerText.Clean(new string('x', 128)));

    [Fact]
    public void A_longer_one_is_cut() =>
        Assert.Equal(new string('x', 128) + "...", PeerText.Clean(new string('x', 4083)));

    [Fact]
    public void The_cut_leaves_no_half_of_a_character() =>
        Assert.Equal(new string('x', 127) + "...", PeerText.Clean(new string('x', 127) + "\U0001F600tail"));
}
