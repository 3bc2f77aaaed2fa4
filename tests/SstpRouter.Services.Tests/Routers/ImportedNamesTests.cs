using System.Net.Sockets;
using SstpRouter.RouterOs.Interpretation;
using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Routers;

/// <summary>No export holds certificates, nor the interfaces of the hardware: what names them is taken as it is and waits for them.</summary>
[Collection(OneAtATime.Name)]
public sealed class ImportedNamesTests
{
    private const string Export = """
        # jul/21/2023 09:42:42 by RouterOS 6.48.6
        /interface sstp-client
        add certificate=branch connect-to=192.0.2.1 disabled=no name=hq user=u
        /interface sstp-server server
        set certificate=server enabled=yes force-aes=yes port=4443
        /ip address
        add address=192.168.62.2/24 interface=ether1 network=192.168.62.0
        """;

    [RootFact]
    public void A_configuration_is_taken_whole_although_certificates_and_interfaces_come_later() => RunningRouter.Run(router =>
    {
        Assert.Empty(router.Desk.Store.Import("v6.rsc", Export, new Session("admin", TextWriter.Null)));

        Assert.Contains(";;; no key for certificate found (6)\n", router.Type("/interface sstp-client print"));
        Assert.Contains("certificate: server\n", router.Type("/interface sstp-server server print"));
        Assert.Contains("I - INVALID", router.Type("/ip address print"));
        Assert.False(Answers(4443), "it serves without the certificate that it was given");
        Assert.Contains("input does not match any value of certificate", router.Desk.Refused("/interface sstp-server server set certificate=nowhere"));

        router.PlugIn("ether1");
        router.WaitFor("the address is set", () => router.AddressesOf("ether1").Contains("192.168.62.2/24"));
        router.Type("/certificate add name=server common-name=server key-size=prime256v1; /certificate sign server");
        router.WaitFor("the server listens", () => Answers(4443));
    });

    private static bool Answers(int port)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            return client.Connected;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
