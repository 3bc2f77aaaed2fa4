using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Tests.History;

namespace SstpRouter.RouterOs.Tests.PowerCuts;

/// <summary>A working day at a router, the same for the same seed: changes of every kind that the store writes down.</summary>
internal static class StoreScript
{
    public const int Steps = 24;

    /// <summary>Runs it in a directory; a failure of the disk ends it.</summary>
    /// <param name="seed">Which day.</param>
    /// <param name="directory">The state directory.</param>
    /// <param name="operations">The disk.</param>
    /// <param name="done">Called after each step that was confirmed, with its number from 1; 0 once the router has started.</param>
    public static void Run(int seed, string directory, FileOperations operations, Action<int> done)
    {
        var random = new Random(seed);
        HistoryDesk? desk = new(directory, operations);
        try
        {
            done(0);
            for (int step = 1; step <= Steps; step++)
            {
                if (random.Next(12) == 0)
                {
                    desk.Dispose();
                    desk = null;
                    desk = new HistoryDesk(directory, operations);
                }
                else
                {
                    Step(desk, random);
                }

                done(step);
            }
        }
        finally
        {
            desk?.Dispose();
        }
    }

    /// <summary>What a router that starts in a directory holds.</summary>
    public static string StateIn(string directory)
    {
        using var desk = new HistoryDesk(directory, FileOperations.OfDisk);
        return desk.Everything();
    }

    private static void Step(HistoryDesk desk, Random random)
    {
        string name = "n" + random.Next(6);
        string other = "n" + random.Next(6);
        int kind = random.Next(20);
        int number = random.Next(1000);
        try
        {
            switch (kind)
            {
                case 0:
                    desk.Store.Import("import.rsc", $"/ppp secret\nadd name=i{number}\nadd nmae=bad\nset [find name={name}] comment=imported", desk.Admin);
                    break;
                case 1:
                    desk.History.SafeMode.Take(desk.Admin);
                    break;
                case 2:
                    desk.History.SafeMode.Release(desk.Admin);
                    break;
                case 3:
                    desk.History.SafeMode.Unroll(desk.Admin);
                    break;
                case 4:
                    Menu secrets = desk.Root.Find("ppp/secret")!;
                    if (desk.Store.Current.Items(secrets) is [var first, _, ..])
                    {
                        desk.Store.Commit(draft => draft.Move(secrets, first.Id, before: null), desk.Admin);
                    }

                    break;
                default:
                    desk.Type(kind switch
                    {
                        5 => "/undo",
                        6 => "/redo",
                        7 => "/system commit arm",
                        8 => "/system commit confirm",
                        9 => "/system commit revert",
                        10 => $"/ppp secret remove {name}",
                        11 => $"/ppp secret set [find] comment=\"{number} for all\"",
                        12 => $"/ppp secret set {name} name={other} password={number}",
                        13 => $"/ppp profile add name={name}",
                        14 => $"/ppp profile set {name} name={other}",
                        15 => $"/ppp secret set {name} profile={other}",
                        _ => $"/ppp secret add name={name} comment=\"line\\nbreak #{number}\"",
                    });
                    break;
            }
        }
        catch (ScriptError)
        {
            // Refused, as it would be on any day: a name that is not there, nothing to undo.
        }
    }
}
