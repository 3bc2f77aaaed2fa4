using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.Services.Certificates;

/// <summary><c>/certificate add</c> and <c>remove</c>.</summary>
internal sealed class TemplateCommands
{
    private const string CopyFrom = "copy-from";

    private readonly CertificateItems _items;

    public TemplateCommands(CertificateItems items)
    {
        _items = items;
        items.Menu.Command("add")!.Run = Add;
        items.Menu.Command("remove")!.Run = Remove;
    }

    private Value Add(CommandInvocation invocation)
    {
        var values = invocation[CopyFrom] is null ? [] : Copied(_items.One(invocation, CopyFrom));
        return _items.Store.Commit<Value>(draft =>
        {
            foreach (GivenArgument given in invocation.Arguments.Where(a => a.Name != CopyFrom))
            {
                Property property = _items.Menu.Property(given.Name)!;
                values.Remove(property.Name);
                Value value = given.IsNegated ? Value.Nothing : property.Type.Parse(given.Value, property.Name, draft.References);
                if (value is not (NothingValue or TextValue { Content.Length: 0 }))
                {
                    values[property.Name] = value;
                }
            }

            values["is-template"] = Value.Of(true);
            values["name"] = NameOf(values, draft.Snapshot);
            return new IdValue(draft.Add(_items.Menu, values).Id);
        });
    }

    private Value NameOf(Dictionary<string, Value> values, StoreSnapshot snapshot)
    {
        if (values.TryGetValue("name", out Value? name))
        {
            return name;
        }

        string wish = values.GetValueOrDefault("common-name")?.ToText()
            ?? throw ScriptError.Failure("At least one field specifying certificate name must be set!");
        string free = wish;
        for (int i = 1; _items.Find(snapshot, free) is not null; i++)
        {
            free = $"{wish}_{i}";
        }

        return Value.Of(free);
    }

    /// <summary>What a template says, or what a certificate was made of.</summary>
    private Dictionary<string, Value> Copied(Item item)
    {
        IPropertySource source = CertificateItems.IsTemplate(item) ? item : _items.Store.Rows(_items.Menu).First(r => r.Id == item.Id);
        var copied = new Dictionary<string, Value>();
        foreach (string name in TemplateItem.Properties.Where(n => !CertificateItems.IsTemplate(item) || item.IsSet(n)))
        {
            if (source[name] is { } value and not NothingValue and not TextValue { Content.Length: 0 } and not ArrayValue { Entries.Length: 0 })
            {
                Reread(copied, name, value);
            }
        }

        return copied;
    }

    // A certificate may hold what no template can: it is left out rather than refused later.
    private void Reread(Dictionary<string, Value> copied, string name, Value value)
    {
        try
        {
            copied[name] = _items.Menu.Property(name)!.Type.Parse(value, name, _items.Store.References);
        }
        catch (ScriptError)
        {
            return;
        }
    }

    private Value Remove(CommandInvocation invocation)
    {
        IReadOnlyList<Item> selected = _items.Some(invocation, "numbers");
        _items.Store.Commit(draft =>
        {
            var gone = new HashSet<ulong>();
            foreach (Item item in selected)
            {
                RemoveWithIssued(draft, item, gone);
            }
        });
        return Value.Nothing;
    }

    private void RemoveWithIssued(StoreDraft draft, Item item, HashSet<ulong> gone)
    {
        if (!gone.Add(item.Id))
        {
            return;
        }

        foreach (Item issued in draft.Snapshot.Items(_items.Menu).Where(i => i.Text("ca") == item.Text("name")).ToList())
        {
            RemoveWithIssued(draft, issued, gone);
        }

        draft.Remove(_items.Menu, item.Id);
    }
}
