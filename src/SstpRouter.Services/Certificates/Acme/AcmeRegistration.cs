using SstpRouter.Ppp;

namespace SstpRouter.Services.Certificates.Acme;

/// <summary>The account with an authority (RFC 8555 7.3).</summary>
internal sealed class AcmeRegistration(AcmeSession session, Action<string> progress)
{
    /// <summary>Finds the account of the key (RFC 8555 7.3.1).</summary>
    /// <returns>False where the authority does not know it any more.</returns>
    public async Task<bool> TryFind(CancellationToken end)
    {
        byte[] payload = AcmeJson.Write(a => a.WriteBoolean("onlyReturnExisting", true));
        AcmeAnswer answer = await session.TryPost(session.Directory.NewAccount, payload, end).ConfigureAwait(false);
        if (!answer.IsGood)
        {
            return answer.Problem() is { Type: "accountDoesNotExist" } ? false : throw answer.Problem().ToError(retryAfter: answer.RetryAfter);
        }

        session.Account = AcmeJson.Address(answer.Location, "Location");
        return true;
    }

    /// <summary>Makes an account of the key.</summary>
    /// <param name="external">The account that it is bound to, or null.</param>
    /// <param name="end">Ends it early.</param>
    public async Task Make(ExternalAccount? external, CancellationToken end)
    {
        if (session.Directory.NeedsExternalAccount && external is null)
        {
            throw new AcmeProblem("externalAccountRequired", "this authority makes accounts only for those who have one with it already").ToError();
        }

        progress(session.Directory.Terms is { } terms ? $"making an account, agreeing to the terms of {PeerText.Clean(terms)}" : "making an account");
        byte[] payload = AcmeJson.Write(account =>
        {
            account.WriteBoolean("termsOfServiceAgreed", true);
            external?.Write(account, session.Key, session.Directory.NewAccount);
        });
        AcmeAnswer answer = await session.Post(session.Directory.NewAccount, payload, end).ConfigureAwait(false);
        session.Account = AcmeJson.Address(answer.Location, "Location");
    }
}
