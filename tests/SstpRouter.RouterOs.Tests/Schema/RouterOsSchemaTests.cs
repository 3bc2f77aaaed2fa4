using System.Runtime.CompilerServices;
using SstpRouter.RouterOs.Interpretation.Commands;
using SstpRouter.RouterOs.Language.Syntax;
using SstpRouter.RouterOs.Menus;
using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.RouterOs.Tests.Schema;

/// <summary>Every menu offers RouterOS's commands with RouterOS's arguments, but for what <c>differences.txt</c> gives a reason for.</summary>
public class RouterOsSchemaTests
{
    private const string Reference = "routeros-7.20.8.txt";
    private const string Reviewed = "differences.txt";

    [Fact]
    public void Menus_differ_from_RouterOS_only_where_a_reason_is_given()
    {
        string[] unlisted = [.. Differences().Where(d => !Lines().Any(l => l.Covers(d)))];

        Assert.True(unlisted.Length == 0, $"not in {Reviewed}:\n{string.Join('\n', unlisted)}");
    }

    [Fact]
    public void No_reason_outlives_its_difference()
    {
        string[] differences = [.. Differences()];
        string[] stale = [.. Lines().Where(l => !differences.Any(l.Covers)).Select(l => l.Difference)];

        Assert.True(stale.Length == 0, $"no longer so, take them out of {Reviewed}:\n{string.Join('\n', stale)}");
    }

    [Fact]
    public void Each_difference_has_a_reason() => Assert.All(Lines(), l => Assert.True(l.Reason.Length > 10, l.Difference));

    /// <summary>One line a difference: <c>- MENU COMMAND [ARGUMENT]</c> for what RouterOS has and we have not, <c>+</c> for what only we have.</summary>
    private static IEnumerable<string> Differences()
    {
        Dictionary<string, Dictionary<string, HashSet<string>>> theirs = ReadReference();
        foreach ((string menu, Dictionary<string, HashSet<string>> ours) in OurMenus())
        {
            Dictionary<string, HashSet<string>> known = theirs.GetValueOrDefault(menu) ?? [];
            if (known.Count == 0 && !theirs.ContainsKey(menu))
            {
                yield return $"+ {menu}";
                continue;
            }

            foreach (string command in known.Keys.Union(ours.Keys).Order(StringComparer.Ordinal))
            {
                HashSet<string>? their = known.GetValueOrDefault(command);
                HashSet<string>? our = ours.GetValueOrDefault(command);
                if (their is null || our is null)
                {
                    yield return $"{(our is null ? '-' : '+')} {menu} {command}";
                    continue;
                }

                foreach (string argument in their.Union(our).Order(StringComparer.Ordinal))
                {
                    if (!(their.Contains(argument) && our.Contains(argument)))
                    {
                        yield return $"{(their.Contains(argument) ? '-' : '+')} {menu} {command} {argument}";
                    }
                }
            }
        }
    }

    private static IEnumerable<(string Menu, Dictionary<string, HashSet<string>> Commands)> OurMenus()
    {
        Menu root = RouterMenus.Build();
        using var store = ConfigurationStore.InMemory(root);
        StandardVerbs.Attach(root, store);
        PrintVerb.Attach(root, store);
        foreach (Menu menu in root.SelfAndDescendants())
        {
            var commands = menu.Commands.ToDictionary(
                c => c.Name,
                c => c.Arguments.Where(a => !a.IsOlderSpelling).Select(a => a.Name).Concat(c.TakesWhere ? ["where"] : []).ToHashSet());
            if (menu == root)
            {
                foreach (LanguageCommand command in LanguageCommands.All)
                {
                    commands.Add(command.Name, [.. command.Arguments.Select(a => a.Name)]);
                }
            }

            yield return (menu.Path, commands);
        }
    }

    private static Dictionary<string, Dictionary<string, HashSet<string>>> ReadReference()
    {
        var menus = new Dictionary<string, Dictionary<string, HashSet<string>>>();
        Dictionary<string, HashSet<string>> commands = [];
        foreach (string line in Read(Reference))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (line[0] == '/')
            {
                commands = menus[line] = [];
            }
            else
            {
                commands[words[0]] = [.. words[1..]];
            }
        }

        return menus;
    }

    private static List<ReviewedLine> Lines() => [.. Read(Reviewed).Select(l => l.Split(" -- ", 2)).Select(p => new ReviewedLine(p[0].TrimEnd(), p.Length > 1 ? p[1].Trim() : ""))];

    private static IEnumerable<string> Read(string name, [CallerFilePath] string file = "") =>
        File.ReadLines(Path.Combine(Path.GetDirectoryName(file)!, name)).Where(l => l.Trim().Length > 0 && l[0] != '#');

    /// <summary>A line of the reviewed file; a word <c>*</c> stands for any.</summary>
    private sealed record ReviewedLine(string Difference, string Reason)
    {
        public bool Covers(string difference)
        {
            string[] mine = Difference.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string[] words = difference.Split(' ');
            return mine.Length == words.Length && mine.Zip(words).All(p => p.First == "*" || p.First == p.Second);
        }
    }
}
