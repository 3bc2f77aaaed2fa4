namespace SstpRouter.Commands;

/// <summary>The command line was not understood; the message says what is wrong with it.</summary>
internal sealed class MisuseException(string message) : Exception(message);

/// <summary>The options and words behind a verb: <c>--name VALUE</c>, <c>--name=VALUE</c>, bare <c>--name</c>, and words.</summary>
internal sealed class Options
{
    private const char BareMark = '!';

    private readonly Dictionary<string, string> _values = [];

    /// <summary>Reads a command line.</summary>
    /// <param name="arguments">What stands behind the verb.</param>
    /// <param name="known">The options that the verb knows; one that takes no value ends with <c>!</c>.</param>
    /// <exception cref="MisuseException">An option is unknown or lacks its value.</exception>
    public Options(IReadOnlyList<string> arguments, params string[] known)
        : this(arguments, known, leadingOnly: false)
    {
    }

    private Options(IReadOnlyList<string> arguments, string[] known, bool leadingOnly)
    {
        var words = new List<string>();
        for (int i = 0; i < arguments.Count; i++)
        {
            bool isOption = arguments[i].StartsWith("--", StringComparison.Ordinal) || known.Contains(arguments[i]);
            if (!isOption || (leadingOnly && words.Count > 0))
            {
                words.Add(arguments[i]);
                continue;
            }

            string[] parts = arguments[i].Split('=', 2);
            if (known.Contains(parts[0] + BareMark))
            {
                _values[parts[0]] = "";
            }
            else if (!known.Contains(parts[0]))
            {
                throw new MisuseException($"there is no option {parts[0]} here; see sstp-router --help");
            }
            else if (parts.Length == 2)
            {
                _values[parts[0]] = parts[1];
            }
            else if (++i < arguments.Count)
            {
                _values[parts[0]] = arguments[i];
            }
            else
            {
                throw new MisuseException($"{parts[0]} needs a value");
            }
        }

        Words = words;
    }

    /// <summary>What is no option, in order.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The value of an option, or null.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Options only before the first word; what follows belongs to the words, whatever it looks like.</summary>
    public static Options Leading(IReadOnlyList<string> arguments, params string[] known) => new(arguments, known, leadingOnly: true);

    /// <summary>True where the option was given.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>Refuses words where a verb takes none.</summary>
    public void RequireNoWords()
    {
        if (Words.Count > 0)
        {
            throw new MisuseException($"{Words[0]} is not expected here; see sstp-router --help");
        }
    }
}
