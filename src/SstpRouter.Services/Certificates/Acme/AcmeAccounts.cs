using System.Security.Cryptography;
using System.Text;
using SstpRouter.Certificates;

namespace SstpRouter.Services.Certificates.Acme;

/// <summary>The keys of the router's accounts, one for each authority, kept beside the other private keys.</summary>
internal sealed class AcmeAccounts(CertificateDirectory directory)
{
    /// <summary>The key of the account with an authority, or null where there is none yet.</summary>
    /// <exception cref="AcmeError">It cannot be read.</exception>
    public AcmeAccountKey? Find(Uri authority)
    {
        try
        {
            if (directory.LoadKey(NameOf(authority)) is not { } stored)
            {
                return null;
            }

            try
            {
                return AcmeAccountKey.Open(stored);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(stored);
            }
        }
        catch (Exception exception) when (exception is ImportError or CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new AcmeError("account key", $"the account's key cannot be read: {exception.Message}; make another with reset-private-key=yes");
        }
    }

    /// <summary>Keeps the key of an account that the authority knows.</summary>
    /// <exception cref="AcmeError">It cannot be written.</exception>
    public void Keep(Uri authority, AcmeAccountKey key)
    {
        byte[] pkcs8 = key.ToPkcs8();
        try
        {
            directory.SaveKey(NameOf(authority), pkcs8);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AcmeError("account key", $"the account's key could not be saved: {exception.Message}");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    private static string NameOf(Uri authority) => "acme-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(authority.AbsoluteUri)))[..32];
}
