using System.Collections.Concurrent;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.Services.Certificates.Acme;

/// <summary><c>/certificate enable-ssl-certificate</c>, <c>add-acme</c> and <c>acme-renew</c>.</summary>
internal sealed class AcmeCommands
{
    private readonly CertificateItems _items;
    private readonly AcmeItems _managed;
    private readonly IAcmeIssuer _issuer;
    private readonly Action _changed;

    /// <param name="items">All certificates.</param>
    /// <param name="managed">Those of ACME.</param>
    /// <param name="issuer">Gets certificates.</param>
    /// <param name="changed">Told when there is something else to be renewed some day.</param>
    public AcmeCommands(CertificateItems items, AcmeItems managed, IAcmeIssuer issuer, Action changed)
    {
        _items = items;
        _managed = managed;
        _issuer = issuer;
        _changed = changed;
        items.Menu.Command("enable-ssl-certificate")!.Run = Enable;
        items.Menu.Command("add-acme")!.Run = Add;
        items.Menu.Command("acme-renew")!.Run = Renew;
    }

    private Value Enable(CommandInvocation invocation)
    {
        if (Given(invocation, "dns-name") is null)
        {
            throw ScriptError.Failure("dns-name is needed: there is no cloud DDNS name here that could stand in for it");
        }

        return Get(invocation, "dns-name", name: null);
    }

    private Value Add(CommandInvocation invocation)
    {
        if (Given(invocation, "domain-names") is null)
        {
            throw new ScriptError("missing value(s) of argument(s) domain-names");
        }

        return Get(invocation, "domain-names", Given(invocation, "name"));
    }

    private Value Get(CommandInvocation invocation, string namesArgument, string? name)
    {
        AcmeRequest request = Read(invocation, namesArgument);
        Item? before = _managed.Find(request);
        if (name is not null)
        {
            _items.RequireFree(name);
            before = null;
        }

        Run(invocation, request, issued =>
        {
            if (before is not null)
            {
                _managed.Replace(before.Id, issued);
                return before.Text("name");
            }

            string free = name ?? FreeName(request.Names[0]);
            _managed.Add(free, request, issued);
            return free;
        });
        return Value.Nothing;
    }

    private Value Renew(CommandInvocation invocation)
    {
        foreach (Item item in _items.Some(invocation, "numbers"))
        {
            if (!AcmeItems.IsManaged(item))
            {
                throw ScriptError.Failure($"certificate <{item.Text("name")}> did not come by ACME");
            }

            Run(invocation, RequestOf(item), issued =>
            {
                _managed.Replace(item.Id, issued);
                return item.Text("name");
            });
        }

        return Value.Nothing;
    }

    private static AcmeRequest RequestOf(Item item)
    {
        try
        {
            return AcmeItems.RequestOf(item);
        }
        catch (AcmeError error)
        {
            throw ScriptError.Failure(error.Message);
        }
    }

    /// <summary>Gets a certificate, shows each step, and stores what came.</summary>
    private void Run(CommandInvocation invocation, AcmeRequest request, Func<IssuedCertificate, string> store)
    {
        ISession session = invocation.Session;
        using var steps = new BlockingCollection<string>();
        Task<IssuedCertificate> issuing = Task.Run(async () =>
        {
            try
            {
                return await _issuer.Issue(request, steps.Add, session.Cancellation).ConfigureAwait(false);
            }
            finally
            {
                steps.CompleteAdding();
            }
        });
        foreach (string step in steps.GetConsumingEnumerable())
        {
            Show(session, step);
        }

        try
        {
            string name = store(issuing.GetAwaiter().GetResult());
            _changed();
            Show(session, $"[success] certificate <{name}> updated");
        }
        catch (AcmeError error)
        {
            throw ScriptError.Failure(error.Message);
        }
        catch (OperationCanceledException)
        {
            throw new ScriptError("interrupted");
        }
    }

    private static void Show(ISession session, string step)
    {
        NameValueLayout.Write(session.Output, [("progress", step)]);
        session.Output.Flush();
    }

    private AcmeRequest Read(CommandInvocation invocation, string namesArgument)
    {
        string? id = Given(invocation, "eab-kid");
        string? hmacKey = Given(invocation, "eab-hmac-key");
        if (id is null != hmacKey is null)
        {
            throw ScriptError.Failure("eab-kid and eab-hmac-key go together");
        }

        string directory = Given(invocation, "directory-url") ?? AcmeRequest.UsualDirectory;
        if (!Uri.TryCreate(directory, UriKind.Absolute, out Uri? url) || url.Scheme != Uri.UriSchemeHttps)
        {
            throw ScriptError.Failure("directory-url begins with https://");
        }

        return new AcmeRequest(url, Parsed(() => AcmeRequest.ReadNames(Names(invocation[namesArgument]!)), e => e))
        {
            External = id is null ? null : Parsed(() => ExternalAccount.Read(id, hmacKey!), _ => "eab-hmac-key is no base64url"),
            ResetsKey = invocation["reset-private-key"] is { } reset
                && Types.YesNo.Parse(reset, "reset-private-key", _items.Store.References) is BooleanValue { IsTrue: true },
        };
    }

    private static T Parsed<T>(Func<T> parse, Func<string, string> words)
    {
        try
        {
            return parse();
        }
        catch (FormatException exception)
        {
            throw ScriptError.Failure(words(exception.Message));
        }
    }

    private static string Names(Value given) =>
        given is ArrayValue list ? string.Join(',', list.Entries.Select(e => e.Value.ToText())) : given.ToText();

    private static string? Given(CommandInvocation invocation, string name) =>
        invocation[name] is { } value && Names(value) is { Length: > 0 } text ? text : null;

    private string FreeName(string wish)
    {
        string free = wish;
        for (int i = 1; _items.Find(_items.Store.Current, free) is not null; i++)
        {
            free = $"{wish}_{i}";
        }

        return free;
    }
}
