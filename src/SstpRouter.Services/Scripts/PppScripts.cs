using System.Net;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Logging;
using SstpRouter.RouterOs.Menus.Scripts;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.Services.Scripts;

/// <summary>Runs <c>on-up</c> and <c>on-down</c> of a profile when a link that uses it comes up and goes.</summary>
internal sealed class PppScripts(Menu root, ConfigurationStore store, ScriptLibrary library, ScriptJobs jobs, RouterLog log)
{
    // What RouterOS calls the router itself.
    private const string Owner = "*sys";

    private readonly Menu _profiles = root.Find("ppp/profile")!;

    /// <summary>A link carries traffic.</summary>
    public void Up(PppLink link) => Run("on-up", link);

    /// <summary>A link that was up is gone.</summary>
    public void Down(PppLink link) => Run("on-down", link);

    private void Run(string property, PppLink link)
    {
        string text = store.Current.Items(_profiles).FirstOrDefault(p => p.Text("name") == link.Profile)?.Text(property) ?? "";
        if (text.Length == 0)
        {
            return;
        }

        string name = $"{property} of profile {link.Profile}";
        try
        {
            (string script, string source, Policies policies) = library.Find(name, text, ScriptPolicies.OfEvents);
            jobs.Start(new ScriptJob { Type = "ppp", Name = script, Owner = Owner, Policies = policies, Source = source, Variables = link.Variables() });
        }
        catch (ScriptError error)
        {
            log.Write("script,error", $"executing script {text.Trim()} from ppp failed, please check it manually: {error.Text}");
        }
    }
}

/// <summary>A PPP link as its scripts see it.</summary>
/// <param name="Profile">The profile that it uses.</param>
/// <param name="Interface">The id of its interface, for <c>/interface get $interface name</c>.</param>
/// <param name="User">The user.</param>
/// <param name="LocalAddress">Our address in it, or null.</param>
/// <param name="RemoteAddress">The peer's, or null.</param>
/// <param name="CallerId">The address that the caller calls from.</param>
/// <param name="CalledId">The address that was called.</param>
internal sealed record PppLink(
    string Profile, ulong Interface, string User, IPAddress? LocalAddress, IPAddress? RemoteAddress, string CallerId, string CalledId)
{
    /// <summary>The variables of its scripts; those with a hyphen are read as <c>$"remote-address"</c>.</summary>
    public (string Name, Value Value)[] Variables() =>
    [
        ("user", Value.Of(User)),
        ("local-address", Shown(LocalAddress)),
        ("remote-address", Shown(RemoteAddress)),
        ("caller-id", Value.Of(CallerId)),
        ("called-id", Value.Of(CalledId)),
        ("interface", new IdValue(Interface)),
    ];

    private static Value Shown(IPAddress? address) => address is null ? Value.Of("") : new AddressValue(address);
}
