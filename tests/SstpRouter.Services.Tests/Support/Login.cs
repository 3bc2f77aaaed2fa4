using System.Security.Cryptography;
using SstpRouter.Ppp;

namespace SstpRouter.Services.Tests.Support;

/// <summary>What a caller shows to a server, made by a real client and a real server that sit face to face.</summary>
internal static class Login
{
    public static PppAuthenticationAttempt Attempt(
        string user, string password, PppAuthenticationMethods method = PppAuthenticationMethods.MsChap2)
    {
        var client = new PppSession(
            new PppSessionOptions { Role = PppRole.Client, UserName = user, Password = password }, RandomNumberGenerator.Fill);
        var server = new PppSession(new PppSessionOptions { Role = PppRole.Server, Methods = method }, RandomNumberGenerator.Fill);
        client.Start(0);
        server.Start(0);
        for (int turn = 0; turn < 100; turn++)
        {
            while (client.TryTake(out PppOutput? said))
            {
                if (said is PppOutput.Frame frame)
                {
                    server.Receive(frame.Bytes, 0);
                }
            }

            while (server.TryTake(out PppOutput? said))
            {
                switch (said)
                {
                    case PppOutput.AuthenticationRequested requested:
                        return requested.Attempt;
                    case PppOutput.Frame frame:
                        client.Receive(frame.Bytes, 0);
                        break;
                }
            }
        }

        throw new InvalidOperationException("the client showed no credentials");
    }
}
