using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Routers;

/// <summary>Settings that can never work are refused at the prompt.</summary>
[Collection(OneAtATime.Name)]
public sealed class RefusalTests
{
    [RootFact]
    public void A_server_of_an_elliptic_certificate_cannot_do_without_forward_secrecy() => RunningRouter.Run(router =>
    {
        using var files = new PemFiles();
        router.Type($"/certificate import file-name={files.Pair("ec.pem", PemFiles.Elliptic())} name=ec");

        string told = router.Desk.Refused("/interface sstp-server server set certificate=ec pfs=no");

        Assert.StartsWith("failure: pfs=no needs a certificate with an RSA key", told, StringComparison.Ordinal);
        Assert.Equal("none\n", router.Type(":put [/interface sstp-server server get certificate]"));
        router.Type("/interface sstp-server server set certificate=ec pfs=required");
    });

    [RootFact]
    public void Nor_is_forward_secrecy_taken_from_it_afterwards() => RunningRouter.Run(router =>
    {
        using var files = new PemFiles();
        router.Type($"/certificate import file-name={files.Pair("ec.pem", PemFiles.Elliptic())} name=ec");
        router.Type("/interface sstp-server server set certificate=ec");

        Assert.StartsWith(
            "failure: pfs=no needs a certificate with an RSA key", router.Desk.Refused("/interface sstp-server server set pfs=no"), StringComparison.Ordinal);

        router.Type("/interface sstp-server server set certificate=none pfs=no");
        Assert.StartsWith(
            "failure: pfs=no needs a certificate with an RSA key", router.Desk.Refused("/interface sstp-server server set certificate=ec"), StringComparison.Ordinal);
        Assert.Equal("none\n", router.Type(":put [/interface sstp-server server get certificate]"));
    });

    [RootFact]
    public void Client_certificates_cannot_be_verified_without_one_of_our_own() => RunningRouter.Run(router =>
    {
        Assert.Equal(
            "failure: verify-client-certificate=yes needs a server certificate: set certificate= as well",
            router.Desk.Refused("/interface sstp-server server set verify-client-certificate=yes"));
        Assert.Equal("false\n", router.Type(":put [/interface sstp-server server get verify-client-certificate]"));
    });

    [RootFact]
    public void A_certificate_in_use_cannot_be_removed() => RunningRouter.Run(router =>
    {
        using var files = new PemFiles();
        router.Type($"/certificate import file-name={files.Pair("office.pem", files.Office)} name=office");
        router.Type("/interface sstp-server server set certificate=office");

        Assert.Contains("is used by /interface sstp-server server", router.Desk.Refused("/certificate remove office"));
    });

    [RootFact]
    public void What_is_not_built_is_refused_and_changes_nothing() => RunningRouter.Run(router =>
    {
        router.Type("/interface sstp-client add name=out connect-to=192.0.2.1 user=x");
        string before = router.Type("/interface sstp-client print");

        Assert.Equal("failure: mrru is not supported yet", router.Desk.Refused("/interface sstp-client set out mrru=1600"));

        Assert.Equal(before, router.Type("/interface sstp-client print"));
    });

    [RootFact]
    public void A_port_in_use_is_named_in_the_log() => RunningRouter.Run(router =>
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.IPv6Any, 443);
        taken.Server.DualMode = true;
        taken.Start();

        router.Type("/interface sstp-server server set enabled=yes");

        Assert.Contains(router.Desk.Logged("error"), m => m.StartsWith("sstp server: ", StringComparison.Ordinal));
        taken.Stop();
        router.Type("/interface sstp-server server set enabled=no; /interface sstp-server server set enabled=yes");
        Assert.Single(router.Desk.Logged("error"));
    });
}
