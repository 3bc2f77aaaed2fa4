namespace SstpRouter.Lab.Tests.Harness;

/// <summary>The network of the manual's example: head office at 192.168.62.2, a branch at 192.168.62.1, a cable.</summary>
internal sealed class TwoRouters : IDisposable
{
    /// <summary>The lines of the manual, as they stand there.</summary>
    public const string SecretLine = "ppp secret add local-address=10.0.0.1 name=MT-User password=StrongPass remote-address=10.0.0.5 service=sstp";
    public const string ServerLine = "interface sstp-server server set default-profile=default-encryption enabled=yes";
    public const string ClientLine = "interface sstp-client add connect-to=192.168.62.2 disabled=no name=sstp-out1 password=StrongPass profile=default-encryption user=MT-User";

    public TwoRouters(params string[] options)
    {
        Host.Connect(Hq.Host, Branch.Host);
        Hq.StartWithoutWaiting(options);
        Branch.Start(options);
        Hq.Program.WaitForLine("router is ready");
        Hq.Exec("/ip address add address=192.168.62.2/24 interface=ether1");
        Branch.Exec("/ip address add address=192.168.62.1/24 interface=ether1");
    }

    public Router Hq { get; } = new("hq");

    public Router Branch { get; } = new("branch");

    /// <summary>Types the manual's example, and waits until the tunnel is up.</summary>
    /// <param name="more">What else the client is told.</param>
    public void Dial(string more = "")
    {
        Hq.Exec(SecretLine);
        Hq.Exec(ServerLine);
        Branch.Exec($"{ClientLine} {more}");
        Branch.WaitUntilRunning();
    }

    /// <summary>Gives head office a certificate that signs itself.</summary>
    public void CertifyHq()
    {
        Hq.ImportCertificate("hq");
        Hq.Exec("/interface sstp-server server set certificate=hq");
    }

    public void Dispose()
    {
        Branch.Dispose();
        Hq.Dispose();
    }
}
