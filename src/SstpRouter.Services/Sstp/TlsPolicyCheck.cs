using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Storage;
using SstpRouter.Tls;

namespace SstpRouter.Services.Sstp;

/// <summary>Tries a TLS policy when it is set, so that one that can never work is refused at the prompt and not found in the log.</summary>
internal static class TlsPolicyCheck
{
    public static void Client(Item item, StoreSnapshot snapshot, TlsPolicies policies) => Try(item, snapshot, policies, () =>
    {
        using TlsContext _ = TlsContext.ForClient(policies.ForClient(item, snapshot, ServerPins.Like(item)));
    });

    public static void Server(Item settings, StoreSnapshot snapshot, TlsPolicies policies) => Try(settings, snapshot, policies, () =>
    {
        using TlsContext _ = TlsContext.ForServer(policies.ForServer(settings, snapshot));
    });

    // An imported configuration names certificates that come later: until then nothing is dialled or served with it.
    private static void Try(Item item, StoreSnapshot snapshot, TlsPolicies policies, Action make)
    {
        if (!policies.HasCertificateOf(item, snapshot))
        {
            return;
        }

        try
        {
            make();
        }
        catch (TlsPolicyException exception)
        {
            throw ScriptError.Failure(exception.Message);
        }
    }
}
