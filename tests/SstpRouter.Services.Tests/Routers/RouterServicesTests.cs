using SstpRouter.Certificates;
using SstpRouter.Linux;
using SstpRouter.RouterOs.Schema;
using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Routers;

[Collection(OneAtATime.Name)]
public sealed class RouterServicesTests
{
    [RootFact]
    public void Every_menu_and_every_command_is_served() => RunningRouter.Run(router =>
    {
        Assert.All(router.Desk.Root.SelfAndDescendants().Where(m => m.NeedsState), m => Assert.NotNull(m.State));
        Assert.All(router.Desk.Root.SelfAndDescendants().SelectMany(m => m.Commands), c => Assert.NotNull(c.Run));
    });

    [RootFact]
    public void A_menu_that_nothing_serves_stops_the_start() => Assert.Equal(
        "nothing serves the menu /ip/extra",
        FailedStart(root => root.Find("ip")!.Add(new Menu("extra", MenuKind.Items, "") { NeedsState = true })));

    [RootFact]
    public void A_command_that_nothing_serves_stops_the_start() => Assert.Equal(
        "nothing serves the command extra in /ip", FailedStart(root => root.Find("ip")!.Add(new MenuCommand("extra", ""))));

    [RootFact]
    public void Every_menu_prints_on_an_empty_router() => RunningRouter.Run(router =>
    {
        foreach (Menu menu in router.Desk.Root.SelfAndDescendants().Where(m => m.Command("print") is not null))
        {
            router.Type(menu.Path + " print");
        }
    });

    private static string FailedStart(Action<Menu> change)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("router-start-");
        try
        {
            using NetworkNamespace space = NetworkNamespace.Create();
            return space.Run(() =>
            {
                var desk = new Desk();
                change(desk.Root);
                return Assert.Throws<InvalidOperationException>(
                    () => new RouterServices(desk.Root, desk.Store, desk.Log, new CertificateDirectory(directory.FullName), workers: 1)).Message;
            });
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
