using System.Globalization;
using System.Text;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Storage;

/// <summary>Runs configurations one command a line: the lines that exports and the store's own files consist of.</summary>
internal static class ScriptRunning
{
    /// <summary>Runs each line, reports those that fail and goes on.</summary>
    public static void EachStatement(Menu root, ISession session, string text, Action<ScriptFault> report)
    {
        Menu current = root;
        string[] lines = text.Replace("\r\n", "\n").Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            int start = i;
            string source = lines[i];
            while (source.EndsWith('\\') && i + 1 < lines.Length)
            {
                source = source[..^1] + lines[++i].TrimStart(' ');
            }

            if (source.Trim() is not { Length: > 0 } command || command[0] == '#')
            {
                continue;
            }

            Menu before = current;
            try
            {
                current = Run(root, current, command, session);
            }
            catch (ScriptError error)
            {
                report(new ScriptFault(before, string.Join('\n', lines[start..(i + 1)]), start + 1, error));
            }
        }
    }

    private static Menu Run(Menu root, Menu current, string line, ISession session)
    {
        var words = new Queue<string>(Words(line));
        Menu menu = line[0] == '/' ? root : current;
        MenuCommand? command = null;
        while (command is null && words.TryDequeue(out string? path))
        {
            foreach (string word in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                if (menu.Children.FirstOrDefault(c => c.Name == word) is { } child)
                {
                    menu = child;
                }
                else
                {
                    command = menu.Command(word) ?? throw new ScriptError("bad command name " + word);
                }
            }
        }

        if (command is null)
        {
            return menu;
        }

        var given = new List<GivenArgument>();
        foreach (string text in words)
        {
            given.Add(Argument(command, text, given.Count));
        }

        command.Run!(new CommandInvocation { Menu = menu, Command = command, Session = session, Arguments = given });
        return current;
    }

    private static GivenArgument Argument(MenuCommand command, string word, int index)
    {
        int equals = word.IndexOf('=');
        bool isNegated = equals < 0 && word.StartsWith('!') && command.TakesNegation;
        string name = equals > 0 ? word[..equals] : isNegated ? word[1..] : index < command.UnnamedArguments.Count ? command.UnnamedArguments[index] : word;
        return command.Argument(name) is null
            ? throw new ScriptError("expected end of command")
            : new GivenArgument(name, isNegated ? Value.Nothing : Value.Of(equals > 0 ? word[(equals + 1)..] : word), isNegated, default);
    }

    private static IEnumerable<string> Words(string line)
    {
        var word = new StringBuilder();
        for (int i = 0; i < line.Length;)
        {
            if (line[i] == ' ')
            {
                i++;
                continue;
            }

            word.Clear();
            while (i < line.Length && line[i] != ' ')
            {
                if (line[i] == '"')
                {
                    i = Quoted(line, i + 1, word);
                }
                else
                {
                    word.Append(line[i++]);
                }
            }

            yield return word.ToString();
        }
    }

    private static int Quoted(string line, int i, StringBuilder word)
    {
        var bytes = new List<byte>();
        for (; i < line.Length && line[i] != '"'; i++)
        {
            if (line[i] != '\\' || i + 1 >= line.Length)
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(line, i, char.IsHighSurrogate(line[i]) ? 2 : 1));
                i += char.IsHighSurrogate(line[i]) ? 1 : 0;
            }
            else if (i + 2 < line.Length && byte.TryParse(line.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte code))
            {
                bytes.Add(code);
                i += 2;
            }
            else
            {
                bytes.Add(line[++i] switch { 'n' => (byte)'\n', 'r' => (byte)'\r', 't' => (byte)'\t', '_' => (byte)' ', var c => (byte)c });
            }
        }

        word.Append(Encoding.UTF8.GetString([.. bytes]));
        return i < line.Length ? i + 1 : throw new ScriptError("expected closing quote");
    }
}
