using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Storage;
using SstpRouter.Services.Certificates;
using SstpRouter.Tls;

namespace SstpRouter.Services.Sstp;

/// <summary>Tries a TLS policy when it is set, so that one that can never work is refused at the prompt and not found in the log.</summary>
internal static class TlsPolicyCheck
{
    public static void Client(Item item, StoreSnapshot snapshot, CertificateService certificates) => Try(() =>
    {
        using TlsContext _ = TlsContext.ForClient(TlsWords.ClientPolicy(item, snapshot, certificates));
    });

    public static void Server(Item settings, StoreSnapshot snapshot, CertificateService certificates) => Try(() =>
    {
        using TlsContext _ = TlsContext.ForServer(TlsWords.ServerPolicy(settings, snapshot, certificates));
    });

    private static void Try(Action make)
    {
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
