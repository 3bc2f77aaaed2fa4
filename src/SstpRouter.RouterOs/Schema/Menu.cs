namespace SstpRouter.RouterOs.Schema;

/// <summary>What a menu holds.</summary>
public enum MenuKind
{
    /// <summary>Only other menus and commands.</summary>
    Container,

    /// <summary>A list of items, added and removed by the user or by the system.</summary>
    Items,

    /// <summary>One set of values that always exists.</summary>
    Settings,
}

/// <summary>The layout that a plain <c>print</c> uses.</summary>
public enum PrintLayout
{
    /// <summary>One row an item under a header.</summary>
    Table,

    /// <summary>A property list an item, wrapped at the terminal's width.</summary>
    Detail,

    /// <summary>Right-aligned <c>name: value</c> lines.</summary>
    Settings,

    /// <summary>The log's own lines.</summary>
    Log,
}

/// <summary>A flag letter of a menu: <c>X - disabled</c>.</summary>
/// <param name="Letter">The letter as printed in a row.</param>
/// <param name="Name">Its meaning, lower case.</param>
/// <param name="Group">Flags of one group exclude each other and share a column; the legend joins them by a comma.</param>
public sealed record MenuFlag(char Letter, string Name, int Group);

/// <summary>One menu of the tree: what it holds, how it is printed, which commands it has.</summary>
/// <remarks>The tree is built once at start and then completed by what serves it (<see cref="State"/>, <see cref="MenuCommand.Run"/>).</remarks>
public sealed class Menu
{
    private readonly List<Menu> _children = [];
    private readonly List<MenuCommand> _commands = [];
    private Dictionary<string, Property>? _propertiesByName;

    /// <summary>Declares a menu.</summary>
    /// <param name="name">The last word of its path; empty for the root.</param>
    /// <param name="kind">What it holds.</param>
    /// <param name="description">One sentence for help and reference.</param>
    public Menu(string name, MenuKind kind, string description)
    {
        Name = name;
        Kind = kind;
        Description = description;
    }

    /// <summary>The last word of the path; empty for the root.</summary>
    public string Name { get; }

    /// <summary>What it holds.</summary>
    public MenuKind Kind { get; }

    /// <summary>One sentence for help and reference.</summary>
    public string Description { get; }

    /// <summary>The menu above; null for the root.</summary>
    public Menu? Parent { get; private set; }

    /// <summary>The path in v7 form: <c>/interface/sstp-client</c>; <c>/</c> for the root.</summary>
    public string Path => Parent is null ? "/" : (Parent.Parent is null ? "" : Parent.Path) + "/" + Name;

    /// <summary>The path as <c>export</c> writes it: <c>/interface sstp-client</c>.</summary>
    public string ExportPath => "/" + Path[1..].Replace('/', ' ');

    /// <summary>The menus below, in the order of help.</summary>
    public IReadOnlyList<Menu> Children => _children;

    /// <summary>The commands, standard ones included.</summary>
    public IReadOnlyList<MenuCommand> Commands => _commands;

    /// <summary>The properties in the order of the detail layout.</summary>
    public IReadOnlyList<Property> Properties { get; init; } = [];

    /// <summary>The flags in the order of their columns.</summary>
    public IReadOnlyList<MenuFlag> Flags { get; init; } = [];

    /// <summary>The layout of a plain <c>print</c>.</summary>
    public PrintLayout DefaultLayout { get; init; } = PrintLayout.Table;

    /// <summary>The properties of the table layout, in order; empty: all.</summary>
    public IReadOnlyList<string> TableColumns { get; init; } = [];

    /// <summary>False where the user can neither add nor remove (<c>/log</c>, <c>/ip/route</c> while it is print-only).</summary>
    public bool IsWritable { get; init; } = true;

    /// <summary>False where items are made another way than by <c>add</c>, as certificates are by <c>import</c>.</summary>
    public bool CanAdd { get; init; } = true;

    /// <summary>True where <c>remove</c> ends a dynamic item (disconnects a session) although the menu is not writable.</summary>
    public bool CanRemoveDynamic { get; init; }

    /// <summary>True where dynamic rows print without an item number, as routes do.</summary>
    public bool DynamicRowsUnnumbered { get; init; }

    /// <summary>True where <c>export</c> leaves the menu out (certificates, users).</summary>
    public bool IsExported { get; init; } = true;

    /// <summary>The place of this menu among others in an <c>export</c>: menus that define names come first (0), those that refer to them later (1), each in path order.</summary>
    public int ExportRank { get; init; }

    /// <summary>What an item is called in log and history texts: <c>ppp secret &lt;alice&gt; added</c>.</summary>
    public string ItemNoun { get; init; } = "item";

    /// <summary>True where rows come from the running system and a service must be attached; start fails otherwise.</summary>
    public bool NeedsState { get; init; }

    /// <summary>Items that always exist, such as the two built-in profiles; they cannot be removed.</summary>
    public IReadOnlyList<BuiltInItem> BuiltIns { get; init; } = [];

    /// <summary>Items that a router has before it is configured; unlike <see cref="BuiltIns"/> they can be renamed and removed.</summary>
    public IReadOnlyList<BuiltInItem> FirstItems { get; init; } = [];

    /// <summary>False where changes are not undone, because more than the configuration changes with them: certificates have files.</summary>
    public bool HasHistory { get; init; } = true;

    /// <summary>What log and history call an item, with properties in braces (<c>ppp secret &lt;{name}&gt;</c>); null: its noun.</summary>
    public string? HistoryName { get; init; }

    /// <summary>What a user needs to change the menu.</summary>
    public Policies ChangePolicies { get; init; } = Policies.Write;

    /// <summary>What a user needs beside <see cref="ChangePolicies"/> to touch an item: whatever it may do itself, so that nobody has a script
    /// do what he may not; null: nothing.</summary>
    public Func<IPropertySource, Policies>? NeededFor { get; init; }

    /// <summary>Looks at an item as a whole before it is stored and refuses by throwing; null: nothing to look at.</summary>
    public Action<IPropertySource, IReferenceScope>? Check { get; init; }

    /// <summary>The properties in which no two items may be equal all at once, and the refusal of a second such item without <c>failure: </c>;
    /// null: there are none.</summary>
    public (IReadOnlyList<string> Properties, string DuplicateText)? UniqueTogether { get; init; }

    /// <summary>Rewrites the arguments of <c>add</c> and <c>set</c> before they are read, where an older spelling is still accepted
    /// (<c>connect-to=host:port</c> of v6 becomes <c>connect-to</c> and <c>port</c>); null: nothing to rewrite.</summary>
    public Func<IReadOnlyList<GivenArgument>, IReadOnlyList<GivenArgument>>? Normalise { get; set; }

    /// <summary>What <c>add</c> and <c>set</c> take beside the properties and <see cref="Normalise"/> turns into some of them.</summary>
    public IReadOnlyList<CommandArgument> OtherSpellings { get; init; } = [];

    /// <summary>The counters that <c>print stats</c> shows behind the item's name, in order; empty: the menu knows no <c>stats</c>.</summary>
    public IReadOnlyList<string> StatsColumns { get; init; } = [];

    /// <summary>What <c>print stats-detail</c> shows between the name and the counters; empty: the menu knows no <c>stats-detail</c>.</summary>
    public IReadOnlyList<string> StatsDetails { get; init; } = [];

    /// <summary>What the running system shows in this menu; attached at start.</summary>
    public IMenuState? State { get; set; }

    /// <summary>Puts a menu below this one.</summary>
    /// <returns>This menu, so that a tree reads as one expression.</returns>
    public Menu Add(Menu child)
    {
        child.Parent = this;
        _children.Add(child);
        return this;
    }

    /// <summary>Gives the menu a command; one of the same name is replaced, so that a menu may have its own <c>print</c>.</summary>
    public Menu Add(MenuCommand command)
    {
        _commands.RemoveAll(c => c.Name == command.Name);
        _commands.Add(command);
        return this;
    }

    /// <summary>The property of that exact name, or null.</summary>
    public Property? Property(string name)
    {
        _propertiesByName ??= Properties.ToDictionary(p => p.Name, StringComparer.Ordinal);
        return _propertiesByName.GetValueOrDefault(name);
    }

    /// <summary>The properties whose values must be unique in their group.</summary>
    internal IReadOnlyList<Property> UniqueProperties => field ??= [.. Properties.Where(p => p.UniqueIn is not null)];

    /// <summary>The command of that exact name, or null.</summary>
    public MenuCommand? Command(string name)
    {
        foreach (MenuCommand command in _commands)
        {
            if (command.Name == name)
            {
                return command;
            }
        }

        return null;
    }

    /// <summary>The menu right below this one of that exact name, or null.</summary>
    public Menu? Child(string name)
    {
        foreach (Menu child in _children)
        {
            if (child.Name == name)
            {
                return child;
            }
        }

        return null;
    }

    /// <summary>The menu at a v7 path seen from here (<c>interface/sstp-client</c>, leading <c>/</c> allowed at the root), or null.</summary>
    public Menu? Find(string path)
    {
        Menu? menu = this;
        foreach (string word in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            menu = menu.Child(word);
            if (menu is null)
            {
                return null;
            }
        }

        return menu;
    }

    /// <summary>This menu and all below it, parents first.</summary>
    public IEnumerable<Menu> SelfAndDescendants()
    {
        yield return this;
        foreach (Menu child in _children)
        {
            foreach (Menu menu in child.SelfAndDescendants())
            {
                yield return menu;
            }
        }
    }
}

/// <summary>An item that exists from the start.</summary>
/// <param name="Id">Its id (<c>*0</c> is 0, <c>*FFFFFFFE</c> is 0xFFFFFFFE).</param>
/// <param name="Values">Its values.</param>
public sealed record BuiltInItem(ulong Id, IReadOnlyDictionary<string, Values.Value> Values);
