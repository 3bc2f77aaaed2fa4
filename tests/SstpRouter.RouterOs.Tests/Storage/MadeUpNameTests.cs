namespace SstpRouter.RouterOs.Tests.Storage;

/// <summary>Names that <c>add</c> makes up: the lowest number that nothing is called by.</summary>
public sealed class MadeUpNameTests : IDisposable
{
    private readonly TestRouter _router = TestRouter.InMemory();

    [Fact]
    public void Numbers_count_up_and_pass_over_names_that_were_given()
    {
        _router.Run("/interface sstp-client add connect-to=a user=u name=sstp-out2");

        Assert.Equal("sstp-out1 sstp-out3 sstp-out4", Added(3));
    }

    [Fact]
    public void A_number_is_free_again_once_its_item_is_removed()
    {
        Added(5);
        _router.Run("/interface sstp-client remove sstp-out2,sstp-out4");

        Assert.Equal("sstp-out2 sstp-out4 sstp-out6", Added(3));
    }

    [Fact]
    public void A_number_is_free_again_once_its_item_is_called_otherwise()
    {
        Added(5);
        _router.Run("/interface sstp-client set sstp-out3 name=office");
        _router.Run("/interface sstp-client set sstp-out1 comment=first");

        Assert.Equal("sstp-out3 sstp-out6", Added(2));
    }

    [Fact]
    public void A_name_that_only_looks_like_a_number_is_none()
    {
        _router.Run("/interface sstp-client add connect-to=a user=u name=sstp-out01");

        Assert.Equal("sstp-out1 sstp-out2", Added(2));
    }

    [Fact]
    public void What_was_refused_takes_no_number()
    {
        Added(1);
        _router.Refusal("/interface sstp-client add connect-to=a user=u profile=nowhere");

        Assert.Equal("sstp-out2", Added(1));
    }

    public void Dispose() => _router.Dispose();

    private string Added(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ =>
    {
        _router.Run(":global id [/interface sstp-client add connect-to=a user=u]");
        return _router.Store.Current.Items(_router["interface/sstp-client"])[^1]["name"]!.ToText();
    }));
}
