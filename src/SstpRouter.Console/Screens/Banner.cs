namespace SstpRouter.Console.Screens;

/// <summary>What a user sees first.</summary>
public static class Banner
{
    /// <summary>The product and the keys that one must know.</summary>
    /// <param name="product">The product and its version, one line.</param>
    public static string Text(string product) => $"""

          {product}

        [F1]            Gives the list of available commands
        command [F1]    Gives help on the command and list of arguments

        [Tab]           Completes the command/word. If the input is ambiguous,
                        a second [Tab] gives possible options

        /               Move up to base level
        ..              Move up one level
        /command        Use command at the base level


        """;
}
