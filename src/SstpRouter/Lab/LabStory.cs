using SstpRouter.Control;

namespace SstpRouter.Lab;

/// <summary>The lab did not come to its end; the message says at which step and why.</summary>
internal sealed class LabFailure(string message) : Exception(message);

/// <summary>What the lab types on the two routers, and what must come of it.</summary>
internal sealed class LabStory(LabRouter branch, LabRouter hq, LabScreen screen)
{
    private const string CertificateFile = "hq.pem";

    private static readonly TimeSpan UpLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(100);

    /// <summary>Names, addresses, the lines of the manual, the ping, the screens.</summary>
    /// <param name="withCertificate">True where the server gets a self-signed certificate.</param>
    /// <exception cref="LabFailure">A step did not work.</exception>
    public void Tell(bool withCertificate)
    {
        screen.Step("names, and addresses on the cable between the two");
        Type(hq, "/system identity set name=hq");
        Type(hq, "/ip address add address=192.168.62.2/24 interface=ether1");
        Type(branch, "/system identity set name=branch");
        Type(branch, "/ip address add address=192.168.62.1/24 interface=ether1");
        if (withCertificate)
        {
            screen.Step("a self-signed certificate for head office");
            hq.WriteFile(CertificateFile, LabCertificate.Rsa("hq").Pem);
            Type(hq, $"/certificate import file-name={CertificateFile} name=hq passphrase=\"\"");
            Type(hq, "/interface sstp-server server set certificate=hq");
        }

        screen.Step("head office answers");
        Type(hq, "ppp secret add local-address=10.0.0.1 name=MT-User password=StrongPass remote-address=10.0.0.5 service=sstp");
        Type(hq, "interface sstp-server server set default-profile=default-encryption enabled=yes");

        screen.Step("the branch dials");
        Type(branch, "interface sstp-client add connect-to=192.168.62.2 disabled=no name=sstp-out1 password=StrongPass profile=default-encryption user=MT-User");
        WaitUntilRunning();

        screen.Step("ping through the tunnel, both ways");
        Ping(branch, "10.0.0.1");
        Ping(hq, "10.0.0.5");

        screen.Step("what the two show");
        Type(branch, "interface sstp-client print");
        Type(branch, "interface sstp-client monitor sstp-out1 once");
        Type(branch, "ip address print");
        Type(branch, "ip route print");
        Type(hq, "interface sstp-server server print");
        Type(hq, "interface sstp-server print");
        Type(hq, "ppp active print");
    }

    private void WaitUntilRunning()
    {
        DateTime limit = DateTime.UtcNow + UpLimit;
        while (Ask(branch, ":put [/interface sstp-client get sstp-out1 running]").Trim() != "true")
        {
            if (DateTime.UtcNow > limit)
            {
                throw new LabFailure($"the tunnel did not come up within {UpLimit.TotalSeconds:0} s");
            }

            Thread.Sleep(AskAgain);
        }
    }

    private void Ping(LabRouter from, string address)
    {
        if (!Type(from, $"ping {address} count=3 interval=200ms").Contains("received=3 ", StringComparison.Ordinal))
        {
            throw new LabFailure($"{address} did not answer every ping from {from.Name}");
        }
    }

    private static string Ask(LabRouter router, string command)
    {
        var answer = new System.Text.StringBuilder();
        router.Client.Run(command, text => answer.Append(text));
        return answer.ToString();
    }

    private string Type(LabRouter router, string command)
    {
        screen.Typed(router.Client.Prompt, command);
        var answer = new System.Text.StringBuilder();
        CommandOutcome outcome = router.Client.Run(command, text =>
        {
            answer.Append(text);
            screen.Raw(text);
        });
        return outcome.Error.Length == 0 ? answer.ToString() : throw new LabFailure($"{router.Name}: {command}\n{outcome.Error}");
    }
}
