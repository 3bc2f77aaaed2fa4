using System.Globalization;

namespace SstpRouter.RouterOs.Tests.PowerCuts;

/// <summary>The process that is killed: <c>store-writer DIRECTORY SEED CUT</c> says each step that was confirmed.</summary>
internal static class StoreWriter
{
    public const string Verb = "store-writer";

    public static int Main(string[] arguments)
    {
        if (arguments is not [Verb, var directory, var seed, var cut])
        {
            Console.Error.WriteLine("These are tests: run them with dotnet test.");
            return 2;
        }

        int cutAt = int.Parse(cut, CultureInfo.InvariantCulture);
        var disk = new KillingDisk(cutAt, new Random(cutAt));
        StoreScript.Run(int.Parse(seed, CultureInfo.InvariantCulture), directory, disk, step =>
        {
            Console.Out.WriteLine(step.ToString(CultureInfo.InvariantCulture));
            Console.Out.Flush();
        });
        return 0;
    }
}
