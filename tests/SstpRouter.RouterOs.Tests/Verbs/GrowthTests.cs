using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Menus;
using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.RouterOs.Tests.Verbs;

/// <summary>What ten thousand items cost, counted in bytes that are allocated: time says nothing on a busy machine.</summary>
public sealed class GrowthTests : IDisposable
{
    private const int Part = 1000;
    private const int Parts = 10;

    private readonly StringWriter _output = new();
    private readonly ConfigurationStore _store;
    private readonly Interpreter _interpreter;

    public GrowthTests()
    {
        Menu root = RouterMenus.Build();
        _store = ConfigurationStore.InMemory(root);
        StandardVerbs.Attach(root, _store);
        PrintVerb.Attach(root, _store);
        _interpreter = new Interpreter(root, new Session("admin", _output, width: 80));
    }

    [Theory]
    [InlineData("/ppp secret add name=user# password=p# service=sstp profile=default-encryption comment=\"number #\"")]
    [InlineData("/ip pool add name=pool# ranges=10.0.0.2-10.0.0.9")]
    [InlineData("/ip address add address=10.0.0.1/24 interface=ether#")]
    [InlineData("/interface sstp-client add name=office# connect-to=vpn.example user=u")]
    [InlineData("/interface sstp-client add connect-to=vpn.example user=u")]
    [InlineData("/interface sstp-client add name=to# connect-to=vpn.example user=u; /ip address add address=10.0.0.1/32 interface=to#")]
    [InlineData("/ppp profile add name=group#; /ppp secret add name=user# profile=group#")]
    [InlineData("/ppp secret add name=user#; /ppp secret set user# comment=x; :if ([/ppp secret get user# comment] != \"x\") do={:error wrong}")]
    public void An_item_costs_the_ten_thousandth_time_what_it_costs_the_first(string line)
    {
        long[] costs = [.. Enumerable.Range(0, Parts).Select(part => CostOf(() =>
            Run(Enumerable.Range(part * Part, Part).Select(i => line.Replace("#", i.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)))))];

        // The trees that hold the items grow a little deeper; anything that looked at all items would cost ten times as much.
        Assert.True(costs[^1] < costs[1] * 2, string.Join(' ', costs));
    }

    [Fact]
    public void A_screen_of_ten_thousand_items_costs_ten_times_one_of_a_thousand()
    {
        long small = 0;
        for (int part = 0; part < Parts; part++)
        {
            Run(Enumerable.Range(part * Part, Part).Select(i => $"/ppp secret add name=user{i} service=sstp"));
            small = part == 0 ? PrintingCost() : small;
        }

        long large = PrintingCost();
        Assert.InRange(large, small * Parts / 2, small * Parts * 2);
        Assert.Equal((Part * Parts) + 2, _output.ToString().Split('\n').Length - 1);
    }

    public void Dispose() => _store.Dispose();

    private long PrintingCost()
    {
        _interpreter.Run("/ppp secret print");
        return CostOf(() =>
        {
            _output.GetStringBuilder().Clear();
            _interpreter.Run("/ppp secret print");
        });
    }

    private void Run(IEnumerable<string> lines) => _interpreter.Run(string.Join('\n', lines));

    private static long CostOf(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
