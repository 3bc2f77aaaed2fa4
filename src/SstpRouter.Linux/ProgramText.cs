using System.Globalization;
using SstpRouter.Linux.Interop;

namespace SstpRouter.Linux;

/// <summary>The program's own code in memory, and that of its libraries.</summary>
public static class ProgramText
{
    private const int DontNeed = 4; // MADV_DONTNEED, madvise(2)

    /// <summary>
    /// Takes code and constants out of this process's memory. What is used comes back at once, from the page cache; what
    /// was only used once, as most of a start is, stays out, and is the first that a machine in need of memory reuses.
    /// </summary>
    public static void GiveBack()
    {
        try
        {
            GiveBack(File.ReadLines("/proc/self/smaps"));
        }
        catch (IOException)
        {
            // No descriptor is left, or no /proc is there: it only would have been nice.
        }
    }

    private static void GiveBack(IEnumerable<string> smaps)
    {
        (nuint Start, nuint End)? mapping = null;
        foreach (string line in smaps)
        {
            // proc(5): "start-end permissions offset device inode path", and then what is in it, line by line.
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!fields[0].EndsWith(':'))
            {
                mapping = fields.Length >= 6 && fields[1] is ("r-xp" or "r--p") && fields[5][0] == '/' ? Range(fields[0]) : null;
            }
            else if (mapping is { } found && fields is ["Anonymous:", "0", ..])
            {
                // Of a file, and nothing of it was changed since it was read.
                _ = Libc.Advise(found.Start, found.End - found.Start, DontNeed);
            }
        }
    }

    private static (nuint Start, nuint End) Range(string text)
    {
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        return (
            nuint.Parse(text.AsSpan(0, dash), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            nuint.Parse(text.AsSpan(dash + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }
}
