using System.Text.Json;

namespace SstpRouter.Services.Certificates.Acme;

/// <summary>Where an authority wants to be asked what (RFC 8555 7.1.1).</summary>
/// <param name="NewNonce"><c>newNonce</c>.</param>
/// <param name="NewAccount"><c>newAccount</c>.</param>
/// <param name="NewOrder"><c>newOrder</c>.</param>
/// <param name="Terms"><c>termsOfService</c>, or null where it has none.</param>
/// <param name="NeedsExternalAccount"><c>externalAccountRequired</c>.</param>
internal sealed record AcmeDirectory(Uri NewNonce, Uri NewAccount, Uri NewOrder, string? Terms, bool NeedsExternalAccount)
{
    /// <summary>Reads the directory object.</summary>
    /// <exception cref="AcmeError">It lacks an address.</exception>
    public static AcmeDirectory Read(JsonElement directory)
    {
        JsonElement about = directory.Inner("meta");
        return new AcmeDirectory(
            directory.Address("newNonce"),
            directory.Address("newAccount"),
            directory.Address("newOrder"),
            about.Text("termsOfService"),
            about.IsTrue("externalAccountRequired"));
    }
}
