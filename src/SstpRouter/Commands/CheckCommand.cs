using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Menus;
using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.Commands;

/// <summary><c>check</c>: reads a configuration file without a router and says which lines would have no effect.</summary>
internal static class CheckCommand
{
    public static int Run(Options options)
    {
        if (options.Words is not [var file])
        {
            throw new MisuseException("check needs one file: sstp-router check FILE");
        }

        Menu root = RouterMenus.Build();
        using var store = ConfigurationStore.InMemory(root);
        StandardVerbs.Attach(root, store);
        PrintVerb.Attach(root, store);
        var session = new Session("check", System.Console.Out);
        LoadReport report = store.Import(Path.GetFileName(file), File.ReadAllText(file), session);
        foreach (string line in report.Lines())
        {
            System.Console.Error.WriteLine(line);
        }

        System.Console.Out.WriteLine(report.Summary());
        return report.Count == 0 ? 0 : 1;
    }
}
