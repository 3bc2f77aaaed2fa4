using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests;

public sealed class ReconcilerTests
{
    private readonly Desk _desk = new();
    private readonly List<string> _faults = [];

    [Fact]
    public void A_service_that_throws_keeps_no_other_from_following()
    {
        var broken = new Follower(_desk.Menu("ip/pool")) { Failure = new InvalidOperationException("broken") };
        var sound = new Follower(_desk.Menu("ip/pool"));
        Follow(broken, sound);

        _desk.Type("/ip pool add name=p ranges=10.0.0.1");

        Assert.Equal((1, 1), (broken.Calls, sound.Calls));
        Assert.Contains("Follower: System.InvalidOperationException: broken", Assert.Single(_faults));
    }

    [Fact]
    public void A_change_goes_to_those_whose_menus_it_touches_and_once_however_many_items_it_has()
    {
        var pools = new Follower(_desk.Menu("ip/pool"));
        var secrets = new Follower(_desk.Menu("ppp/secret"), _desk.Menu("ppp/profile"));
        _desk.Type("/ppp secret add name=a; /ppp secret add name=b");
        Follow(pools, secrets);

        _desk.Type("/ppp secret set [find] comment=x");

        Assert.Equal((0, 1), (pools.Calls, secrets.Calls));
    }

    [Fact]
    public void What_one_service_refuses_no_service_follows()
    {
        var first = new Follower(_desk.Menu("ip/pool"));
        var strict = new Follower(_desk.Menu("ip/pool")) { Refusal = ScriptError.Failure("not here") };
        Follow(first, strict);

        Assert.Equal("failure: not here", _desk.Refused("/ip pool add name=p ranges=10.0.0.1"));

        Assert.Equal((0, 0), (first.Calls, strict.Calls));
        Assert.Empty(_desk.Rows("ip/pool"));
    }

    [Fact]
    public void At_start_all_follow_in_their_order_whatever_throws()
    {
        var order = new List<string>();
        var first = new Follower { Failure = new InvalidOperationException("broken"), Follows = () => order.Add("first") };
        var second = new Follower { Follows = () => order.Add("second") };

        new Reconciler([first, second], _faults.Add).ApplyAll(_desk.Now);

        Assert.Equal(["first", "second"], order);
        Assert.Single(_faults);
    }

    private void Follow(params IRouterService[] services) => _desk.Store.Subscribe(new Reconciler(services, _faults.Add));

    private sealed class Follower(params Menu[] menus) : IRouterService
    {
        public IReadOnlyCollection<Menu> Menus => menus;

        public Exception? Failure { get; init; }

        public ScriptError? Refusal { get; init; }

        public Action? Follows { get; init; }

        public int Calls { get; private set; }

        public void Prepare(IReadOnlyList<ItemChange> changes, StoreSnapshot after)
        {
            if (Refusal is not null)
            {
                throw Refusal;
            }
        }

        public void Reconcile(StoreSnapshot snapshot)
        {
            Calls++;
            Follows?.Invoke();
            if (Failure is not null)
            {
                throw Failure;
            }
        }
    }
}
