using System.Net;
using System.Net.Sockets;
using SstpRouter.Certificates;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.Services.Certificates;

/// <summary><c>/certificate sign</c>: a template becomes the certificate that it describes.</summary>
internal sealed class SignCommand
{
    private readonly CertificateItems _items;
    private readonly OwnRevocationLists _lists;
    private readonly TimeProvider _clock;

    public SignCommand(CertificateItems items, OwnRevocationLists lists, TimeProvider clock)
    {
        _items = items;
        _lists = lists;
        _clock = clock;
        items.Menu.Command("sign")!.Run = Run;
    }

    private Value Run(CommandInvocation invocation)
    {
        Item template = _items.One(invocation, "number");
        string name = invocation["name"]?.ToText() is { Length: > 0 } given ? given : template.Text("name");
        if (!CertificateItems.IsTemplate(template))
        {
            throw ScriptError.Failure($"certificate <{template.Text("name")}> is signed already");
        }

        _items.RequireFree(name, template.Id);
        string? host = HostOf(invocation["ca-crl-host"]);
        Item? authority = AuthorityOf(invocation);
        StoredCertificate made = Make(invocation.Session, template, authority);
        if (host is not null && !CertificateDescription.Of(made.Der).IsAuthority)
        {
            throw ScriptError.Failure("ca-crl-host is for authorities: the key-usage lacks key-cert-sign");
        }

        Put(template, name, authority, host, made);
        _lists.Update();
        NameValueLayout.Write(invocation.Session.Output, [("progress", "done")]);
        return Value.Nothing;
    }

    /// <summary>The authority that the argument <c>ca</c> names, or null where it was not given.</summary>
    internal static Item? AuthorityOf(CommandInvocation invocation, CertificateItems items)
    {
        if (invocation["ca"] is null)
        {
            return null;
        }

        Item authority = items.One(invocation, "ca");
        return items.Load(authority.Id) is not { } known ? throw ScriptError.Failure($"the CA <{authority.Text("name")}> is not signed itself")
            : authority.Text("revoked").Length > 0 ? throw ScriptError.Failure($"the CA <{authority.Text("name")}> is revoked")
            : known.Certificate.PrivateKeyPkcs8 is null ? throw ScriptError.Failure("the CA has no private key here")
            : authority;
    }

    private Item? AuthorityOf(CommandInvocation invocation) => AuthorityOf(invocation, _items);

    private StoredCertificate Make(ISession session, Item template, Item? authority)
    {
        CertificateTemplate wish = TemplateItem.Read(template);
        StoredCertificate? signer = authority is null ? null : _items.Load(authority.Id)!.Certificate;
        try
        {
            return SlowWork.Run(session, cancellation =>
            {
                byte[] key = KeyGeneration.Make(template.Text("key-size"), cancellation);
                DateTimeOffset now = _clock.GetUtcNow();
                return signer is null
                    ? CertificateSigning.SelfSigned(wish, key, now)
                    : CertificateSigning.Issued(wish, key, signer, OwnRevocationLists.UrlOf(authority!), now);
            });
        }
        catch (SigningError error)
        {
            throw ScriptError.Failure(error.Message);
        }
    }

    private void Put(Item template, string name, Item? authority, string? host, StoredCertificate made)
    {
        try
        {
            _items.Store.Commit(draft =>
            {
                if (draft.Snapshot.Find(_items.Menu, template.Id) is not { } now || !ReferenceEquals(now, template))
                {
                    throw ScriptError.Failure($"template <{template.Text("name")}> was changed meanwhile, nothing was signed");
                }

                var values = new Dictionary<string, Value> { ["name"] = Value.Of(name), ["trusted"] = Value.Of(template.IsYes("trusted")) };
                if (authority is not null)
                {
                    values["ca"] = Value.Of((draft.Snapshot.Find(_items.Menu, authority.Id) ?? throw ScriptError.NoSuchItem()).Text("name"));
                }

                if (host is not null)
                {
                    values["ca-crl-host"] = Value.Of(host);
                }

                _items.Save(template.Id, made);
                draft.Replace(template with { Values = System.Collections.Immutable.ImmutableDictionary.CreateRange(values) });
            });
        }
        catch (ScriptError)
        {
            if (_items.Store.Current.Find(_items.Menu, template.Id) is not { } still || CertificateItems.IsTemplate(still))
            {
                _items.Forget(template.Id);
            }

            throw;
        }
    }

    /// <summary>A host as it stands in an address: a name or an IPv4 address, an IPv6 address in brackets, a port where one is given.</summary>
    private static string? HostOf(Value? given)
    {
        if (given?.ToText() is not { Length: > 0 } host)
        {
            return null;
        }

        host = IPAddress.TryParse(host, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{host}]" : host;
        return Uri.TryCreate($"http://{host}/", UriKind.Absolute, out Uri? url) && url.PathAndQuery == "/" && url.UserInfo.Length == 0
            && host.All(c => c is > ' ' and <= '~')
            ? host
            : throw new ScriptError("invalid value for argument ca-crl-host");
    }
}
