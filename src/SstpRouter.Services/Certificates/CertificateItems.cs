using System.Collections.Concurrent;
using System.Globalization;
using SstpRouter.Certificates;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.Services.Certificates;

/// <summary>A certificate that was read, and what it says.</summary>
internal sealed record KnownCertificate(StoredCertificate Certificate, CertificateDescription About);

/// <summary>The items of <c>/certificate</c> and the files that belong to them, which are named by the item's id. A template has no file.</summary>
/// <remarks>Members may be called from any thread.</remarks>
internal sealed class CertificateItems(Menu menu, ConfigurationStore store, CertificateDirectory directory)
{
    private readonly ConcurrentDictionary<ulong, KnownCertificate> _known = new();

    public Menu Menu => menu;

    public ConfigurationStore Store => store;

    public CertificateDirectory Directory => directory;

    /// <summary>The name of an item's file.</summary>
    public static string Key(ulong id) => id.ToString("X", CultureInfo.InvariantCulture);

    public static bool IsTemplate(IPropertySource item) => item.IsYes("is-template");

    /// <summary>The item of that name, or null.</summary>
    public Item? Find(StoreSnapshot snapshot, string name) => snapshot.Items(menu).FirstOrDefault(i => i.Text("name") == name);

    /// <summary>The certificates that can be read, with their items.</summary>
    public IEnumerable<(Item Item, KnownCertificate Known)> All(StoreSnapshot snapshot) =>
        snapshot.Items(menu).Where(i => !IsTemplate(i)).Select(i => (i, Load(i.Id)!)).Where(p => p.Item2 is not null);

    /// <summary>The certificate of an item; null for a template, and where its file cannot be read.</summary>
    public KnownCertificate? Load(ulong id) => Load(id, out _);

    /// <summary>The same with the reason, in words for the user.</summary>
    public KnownCertificate? Load(ulong id, out string? fault)
    {
        fault = null;
        if (_known.TryGetValue(id, out KnownCertificate? known))
        {
            return known;
        }

        try
        {
            if (directory.Load(Key(id)) is { } certificate)
            {
                return Remember(id, certificate);
            }

            fault = "its file is missing: import it again";
        }
        catch (Exception exception) when (exception is ImportError or IOException or UnauthorizedAccessException)
        {
            fault = exception.Message + ": import it again";
        }

        return null;
    }

    /// <summary>Stores the certificate of an item.</summary>
    /// <exception cref="ScriptError">It cannot be written.</exception>
    public void Save(ulong id, StoredCertificate certificate)
    {
        try
        {
            directory.Save(Key(id), certificate);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ScriptError.Failure("the certificate could not be saved: " + exception.Message);
        }

        Remember(id, certificate);
    }

    /// <summary>Deletes what was stored for an item.</summary>
    public void Forget(ulong id)
    {
        directory.Remove(Key(id));
        directory.RemoveList(Key(id));
        _known.TryRemove(id, out _);
    }

    /// <summary>Adds certificates with their items: files first, so that an item never stands without its file; where the items are refused the
    /// files go again.</summary>
    /// <param name="items">The values of each item and its certificate.</param>
    public void Add(IEnumerable<(KeyValuePair<string, Value>[] Values, StoredCertificate Certificate)> items)
    {
        var saved = new List<ulong>();
        try
        {
            store.Commit(draft =>
            {
                foreach ((KeyValuePair<string, Value>[] values, StoredCertificate certificate) in items)
                {
                    Item item = draft.Add(menu, values);
                    saved.Add(item.Id);
                    Save(item.Id, certificate);
                }
            });
        }
        catch (ScriptError)
        {
            saved.ForEach(Forget);
            throw;
        }
    }

    /// <summary>The one item that an argument names.</summary>
    /// <param name="invocation">The command.</param>
    /// <param name="argument">The argument: a name, a number or an id.</param>
    /// <exception cref="ScriptError">None or several were given, or there is none such.</exception>
    public Item One(CommandInvocation invocation, string argument) => Some(invocation, argument) is [Item one]
        ? one
        : throw ScriptError.Failure($"{invocation.Command.Name} takes one certificate at a time");

    /// <summary>The items that an argument names.</summary>
    /// <exception cref="ScriptError">None was given, or there is none such.</exception>
    public IReadOnlyList<Item> Some(CommandInvocation invocation, string argument)
    {
        bool isReference = argument is not ("numbers" or "number");
        if (isReference && invocation[argument] is null)
        {
            throw new ScriptError("missing value(s) of argument(s) " + argument);
        }

        // SelectedRows knows one argument; any other that names items is read as if it were that one.
        GivenArgument[] given = [.. invocation.Arguments.Where(a => a.Name == argument).Select(a => a with { Name = "numbers" })];
        var asked = new CommandInvocation
        {
            Menu = menu,
            Command = invocation.Command,
            Session = invocation.Session,
            Arguments = given,
            Position = invocation.Position,
        };
        try
        {
            StoreSnapshot now = store.Current;
            return [.. SelectedRows.Of(store, asked).Select(r => now.Find(menu, r.Id) ?? throw ScriptError.NoSuchItem())];
        }
        catch (ScriptError error) when (isReference && error.Text == ScriptError.NoSuchItem().Text)
        {
            throw new ScriptError("input does not match any value of " + argument); // it is a reference, as in any other menu
        }
    }

    /// <summary>Refuses a name that another item has, before something slow is done for it.</summary>
    public void RequireFree(string name, ulong? except = null)
    {
        if (store.Current.Items(menu).Any(i => i.Id != except && i.Text("name") == name))
        {
            throw ScriptError.Failure(menu.Property("name")!.DuplicateText);
        }
    }

    private KnownCertificate Remember(ulong id, StoredCertificate certificate) =>
        _known[id] = new KnownCertificate(certificate, CertificateDescription.Of(certificate.Der));
}
