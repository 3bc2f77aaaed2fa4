namespace SstpRouter.RouterOs.Assistance;

/// <summary>One line of help for each command of the language.</summary>
internal static class LanguageHelp
{
    private static readonly Dictionary<string, string> Lines = new()
    {
        ["beep"] = "Produce beep",
        ["convert"] = "Convert text from one form to another",
        ["delay"] = "Wait for a span of time",
        ["deserialize"] = "Make values of JSON or DSV text",
        ["do"] = "Execute commands once, or until a condition fails",
        ["environment"] = "The global variables",
        ["error"] = "Stop with an error",
        ["execute"] = "Run a script in the background",
        ["exit"] = "Stop the script",
        ["find"] = "Find an element's place in text or an array",
        ["for"] = "Execute commands for each number of a range",
        ["foreach"] = "Execute commands for each element of an array",
        ["global"] = "Declare a global variable",
        ["grep"] = "Find lines in text",
        ["if"] = "Execute commands where a condition holds",
        ["import"] = "Run the commands of a file",
        ["jobname"] = "The name of the script that runs",
        ["len"] = "The length of text or an array",
        ["local"] = "Declare a local variable",
        ["log"] = "Write a line to the log",
        ["nothing"] = "The value nothing",
        ["onerror"] = "Execute commands, and others where they fail",
        ["parse"] = "Make a function of text",
        ["pick"] = "Part of text or of an array",
        ["put"] = "Write a value to the console",
        ["range"] = "An array of the numbers of a range",
        ["resolve"] = "Look a DNS name up",
        ["retry"] = "Execute commands until they succeed",
        ["return"] = "Return a value from a function",
        ["rndnum"] = "A random number",
        ["rndstr"] = "Random text",
        ["serialize"] = "Make JSON or DSV text of values",
        ["set"] = "Change a variable",
        ["terminal"] = "Commands for the terminal",
        ["time"] = "How long commands take",
        ["timestamp"] = "The time since 1970",
        ["toarray"] = "Convert to an array",
        ["tobool"] = "Convert to a truth value",
        ["tocrlf"] = "Convert line ends to CR LF",
        ["toid"] = "Convert to an internal id",
        ["toip"] = "Convert to an IPv4 address",
        ["toip6"] = "Convert to an IPv6 address",
        ["tolf"] = "Convert line ends to LF",
        ["tonsec"] = "Convert a time to nanoseconds",
        ["tonum"] = "Convert to a number",
        ["tostr"] = "Convert to text",
        ["totime"] = "Convert to a time",
        ["typeof"] = "The type of a value",
        ["while"] = "Execute commands while a condition holds",
    };

    /// <summary>The line; empty for a command without one.</summary>
    public static string Of(string command) => Lines.GetValueOrDefault(command, "");
}
