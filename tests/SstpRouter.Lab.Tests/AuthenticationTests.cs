using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests;

/// <summary>Each authentication method alone, between two real routers.</summary>
public class AuthenticationTests
{
    [RootTheory]
    [InlineData("pap", "sent PAP AuthReq")]
    [InlineData("chap", "sent CHAP Response")]
    [InlineData("mschap1", "sent CHAP Response")]
    [InlineData("mschap2", "sent CHAP Response")]
    public void Each_method_alone_brings_the_tunnel_up(string method, string login)
    {
        using var network = new TwoRouters("--debug");
        network.Hq.Exec($"/interface sstp-server server set authentication={method}");

        network.Dial();

        network.Branch.Ping("10.0.0.1");
        Assert.True(network.Branch.Program.Count($"<auth {method}>") >= 2, "it was asked for and agreed to");
        Assert.Equal(1, network.Branch.Program.Count(login));
        // A password in the clear to a server that nobody verified is allowed, as the manual has it, and warned about.
        Assert.Equal(method == "pap" ? 1 : 0, network.Branch.Program.Count("sstp,ppp,warning sstp-out1: the password went by PAP"));
        Assert.Equal(0, network.Branch.Program.Count("StrongPass"));
        Assert.Equal(0, network.Hq.Program.Count("StrongPass"));
    }
}
