using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;
using SstpRouter.Services.Certificates;

namespace SstpRouter.Services.Users;

/// <summary>The keys of <c>/user ssh-keys</c>.</summary>
internal sealed class SshKeyRows : IMenuState
{
    private const int LargestFile = 64 * 1024;

    private readonly Menu _menu;
    private readonly ConfigurationStore _store;
    private readonly UserFiles _files;

    public SshKeyRows(Menu menu, ConfigurationStore store)
    {
        _menu = menu;
        _store = store;
        _files = new UserFiles(store);
        menu.Command("import")!.Run = Import;
    }

    /// <summary>The line of authorized_keys of an item.</summary>
    public static string LineOf(Item item) =>
        SshKey.TryRead(item.Text("key"), out SshKey? key) ? (key with { Comment = Owner(item, key) }).Line : "# " + item.Id;

    /// <summary>Refuses what is no key.</summary>
    public void Check(IReadOnlyList<ItemChange> changes)
    {
        if (changes.Any(c => c.Menu == _menu && c.After is { } item && !SshKey.TryRead(item.Text("key"), out _)))
        {
            throw ScriptError.Failure("unable to load key, it must be a public key in the format of OpenSSH: ssh-ed25519 AAAA... owner");
        }
    }

    public void Describe(Row row)
    {
        if (SshKey.TryRead(row.Text("key"), out SshKey? key))
        {
            row.Show("key-type", Value.Of(key.Kind)).Show("bits", Value.Of(key.Bits)).Show("key-owner", Value.Of(Owner(row, key)));
        }
        else
        {
            row.Fault = "this is no public key in the format of OpenSSH";
        }
    }

    public IEnumerable<Row> DynamicRows() => [];

    public bool TryRemove(ulong id) => false;

    // A line break in an owner would be another key in the file.
    private static string Owner(IPropertySource item, SshKey key) =>
        item.Text("key-owner") is { Length: > 0 } owner ? string.Concat(owner.Where(c => !char.IsControl(c))) : key.Comment;

    private Value Import(CommandInvocation command)
    {
        string file = command["public-key-file"]?.ToText() ?? throw new ScriptError("missing value(s) of argument(s) public-key-file");
        Value user = _menu.Property("user")!.Type.Parse(
            command["user"] ?? Value.Of(command.Session.UserName), "user", _store.References);
        string text = System.Text.Encoding.UTF8.GetString(_files.Read(file, LargestFile));
        if (!SshKey.TryRead(text, out SshKey? key))
        {
            throw ScriptError.Failure("unable to load key file, it must hold a public key in the format of OpenSSH: ssh-ed25519 AAAA... owner");
        }

        var values = new Dictionary<string, Value> { ["user"] = user, ["key"] = Value.Of(key.Line) };
        if (command["key-owner"]?.ToText() is { Length: > 0 } owner)
        {
            values["key-owner"] = Value.Of(owner);
        }

        return _store.Commit<Value>(draft => new IdValue(draft.Add(_menu, values).Id), command.Session);
    }
}
