using SstpRouter.RouterOs.Menus;
using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.Commands;

/// <summary><c>reference</c>: prints the documentation of every menu.</summary>
internal static class ReferenceCommand
{
    public static int Run(Options options)
    {
        options.RequireNoWords();
        Menu root = RouterMenus.Build();
        using var store = ConfigurationStore.InMemory(root);
        StandardVerbs.Attach(root, store);
        PrintVerb.Attach(root, store);
        System.Console.Out.Write(MenuReference.Of(root));
        return 0;
    }
}
