using SstpRouter.Certificates;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.Services.Certificates;

/// <summary><c>/certificate create-certificate-request</c> and <c>sign-certificate-request</c>.</summary>
internal sealed class RequestCommands
{
    private const string RequestName = "certificate-request.pem";
    private const string KeyName = "certificate-request_key.pem";
    private const string ResponseName = "certificate-response.pem";

    private readonly CertificateItems _items;
    private readonly UserFiles _files;
    private readonly TimeProvider _clock;

    public RequestCommands(CertificateItems items, UserFiles files, TimeProvider clock)
    {
        _items = items;
        _files = files;
        _clock = clock;
        items.Menu.Command("create-certificate-request")!.Run = Create;
        items.Menu.Command("sign-certificate-request")!.Run = Sign;
    }

    private Value Create(CommandInvocation invocation)
    {
        Item template = _items.One(invocation, "template");
        if (!CertificateItems.IsTemplate(template))
        {
            throw ScriptError.Failure($"certificate <{template.Text("name")}> is no template");
        }

        string passphrase = ExportCommand.Passphrase(invocation, "key-passphrase") ?? throw new ScriptError("missing value(s) of argument(s) key-passphrase");
        string? challenge = invocation["challenge-passphrase"]?.ToText() is { Length: > 0 } given ? given : null;
        CertificateTemplate wish = TemplateItem.Read(template);
        (byte[] request, byte[] sealedKey) = SlowWork.Run(invocation.Session, cancellation =>
        {
            byte[] key = KeyGeneration.Make(template.Text("key-size"), cancellation);
            try
            {
                return (Signing(() => SigningRequests.Make(wish, key, challenge)), CertificateExport.EncryptedKeyPem(key, passphrase));
            }
            finally
            {
                System.Security.Cryptography.CryptographicOperations.ZeroMemory(key);
            }
        });
        _files.Write(KeyName, sealedKey);
        _files.Write(RequestName, request);
        return Value.Nothing;
    }

    private Value Sign(CommandInvocation invocation)
    {
        string file = invocation["file-name"]?.ToText() ?? throw new ScriptError("missing value(s) of argument(s) file-name");
        Item authority = SignCommand.AuthorityOf(invocation, _items) ?? throw new ScriptError("missing value(s) of argument(s) ca");
        int days = (int)((NumberValue)Parsed(invocation, "days-valid")).Number;
        string digest = Parsed(invocation, "digest-algorithm").ToText();
        byte[] request = _files.Read(file, SigningRequests.LargestFile);
        AnsweredRequest answer;
        try
        {
            answer = Signing(() => SigningRequests.Answer(
                request, _items.Load(authority.Id)!.Certificate, days, digest, OwnRevocationLists.UrlOf(authority), _clock.GetUtcNow()));
        }
        catch (ImportError error)
        {
            throw ScriptError.Failure($"{file}: {error.Message}");
        }

        _items.Add(
        [
            ([
                new("name", Value.Of(FreeName(answer.Certificate, file))),
                new("trusted", Value.Of(false)),
                new("ca", Value.Of(authority.Text("name"))),
                new("req-fingerprint", Value.Of(answer.RequestFingerprint)),
            ], answer.Certificate),
        ]);
        _files.Write(ResponseName, CertificateExport.Pem(answer.Certificate));
        return Value.Nothing;
    }

    /// <summary>The value of an argument, or what the property of that name has by default.</summary>
    private Value Parsed(CommandInvocation invocation, string name)
    {
        Property property = _items.Menu.Property(name)!;
        return invocation[name] is { } given ? property.Type.Parse(given, name, _items.Store.References) : property.Default!;
    }

    private string FreeName(StoredCertificate certificate, string file)
    {
        string wish = CertificateDescription.Of(certificate.Der).CommonName is { Length: > 0 } common ? common : Path.GetFileName(file);
        string free = wish;
        for (int i = 1; _items.Find(_items.Store.Current, free) is not null; i++)
        {
            free = $"{wish}_{i}";
        }

        return free;
    }

    private static T Signing<T>(Func<T> sign)
    {
        try
        {
            return sign();
        }
        catch (SigningError error)
        {
            throw ScriptError.Failure(error.Message);
        }
    }
}
