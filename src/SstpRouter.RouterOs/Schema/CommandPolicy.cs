using SstpRouter.RouterOs.Language;

namespace SstpRouter.RouterOs.Schema;

/// <summary>Which policies a command needs, and what of an item a user may see.</summary>
public static class CommandPolicy
{
    /// <summary>What stands in the place of a password or key for a user without <see cref="Policies.Sensitive"/>.</summary>
    public const string Hidden = "*****";

    // The commands that only look, in whichever menu they are; what is not among them may change something.
    private static readonly string[] Looking = ["print", "get", "find", "export", "monitor", "monitor-traffic"];

    /// <summary>What a user needs to run a command: what it says itself, else reading or the menu's own policies for a change.</summary>
    public static Policies Of(Menu menu, MenuCommand command) =>
        command.Requires ?? (Looking.Contains(command.Name) ? Policies.Read : menu.ChangePolicies);

    /// <summary>Refuses a command that the session's user may not run.</summary>
    /// <exception cref="ScriptError"><c>not enough permissions (9)</c>.</exception>
    public static void Require(Menu menu, MenuCommand command, ISession session)
    {
        if (!session.Policies.HasFlag(Of(menu, command)))
        {
            throw Denied();
        }
    }

    /// <summary>The refusal.</summary>
    public static ScriptError Denied() => new("not enough permissions (9)");

    /// <summary>Hides the passwords and keys of rows from a user who may not see them, in conditions as well.</summary>
    public static IReadOnlyList<Row> Visible(Menu menu, IReadOnlyList<Row> rows, ISession session)
    {
        if (!session.Policies.HasFlag(Policies.Sensitive))
        {
            foreach (Property property in menu.Properties.Where(p => p.IsSensitive))
            {
                foreach (Row row in rows.Where(r => r[property.Name] is { } value && value.ToText().Length > 0))
                {
                    row.Show(property.Name, Values.Value.Of(Hidden));
                }
            }
        }

        return rows;
    }
}
