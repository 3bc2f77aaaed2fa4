namespace SstpRouter.RouterOs.Tests.Assistance;

/// <summary>A letter for each character: <c>m</c>enu, <c>c</c>ommand, <c>a</c>rgument, <c>=</c> sign, <c>$</c> variable, <c>"</c> text,
/// <c>#</c> comment, <c>?</c> unknown, <c>.</c> plain.</summary>
public sealed class ColourTests : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData("/ppp/secret/add name=alice", "mmmmmmmmmmmmccc.aaaa=.....")]
    [InlineData("/ppp secret print detail", "mmmm.mmmmmm.ccccc.aaaaaa")]
    [InlineData("/ppp secret print where name=x", "mmmm.mmmmmm.ccccc.ccccc.aaaa=.")]
    [InlineData("/ppp secret print where !disabled name~\"a\"", "mmmm.mmmmmm.ccccc.ccccc.=aaaaaaaa.aaaa=\"\"\"")]
    [InlineData("/ppp secret set [find name=x] comment=\"a $b\"", "mmmm.mmmmmm.ccc.=cccc.aaaa=.=.aaaaaaa=\"\"\"$$\"")]
    [InlineData(":put (1 + $x); # done", "cccc.=..=.$$==.######")]
    [InlineData(":foreach i in={1;2} do={ :put $i }", "cccccccc.$.aa==.=.=.aa==.cccc.$$.=")]
    [InlineData("/ppp .. ip", "mmmm.mm.mm")]
    public void Each_word_has_the_colour_of_what_it_is(string text, string colours) => Assert.Equal(colours, Letters(text));

    [Theory]
    [InlineData("/pppp", "m????")]
    [InlineData("/pp", "mmm")]
    [InlineData("/i", "m.")]
    [InlineData("/ppp secret foo bar", "mmmm.mmmmmm.???....")]
    [InlineData("/ppp secret add nam", "mmmm.mmmmmm.ccc....")]
    [InlineData("/ppp secret add foo", "mmmm.mmmmmm.ccc.???")]
    [InlineData("/ppp secret add foo=1", "mmmm.mmmmmm.ccc.???=.")]
    [InlineData("/ppp secret print where foo=1", "mmmm.mmmmmm.ccccc.ccccc.???=.")]
    [InlineData(":PUT x", "c???..")]
    public void A_word_that_can_mean_nothing_is_unknown_and_one_that_still_can_is_not(string text, string colours) =>
        Assert.Equal(colours, Letters(text));

    private string Letters(string text) =>
        string.Concat(_desk.Assistant.Colours(text, _desk.Root).Select(k => ".mca=$\"#?"[(int)k]));
}
