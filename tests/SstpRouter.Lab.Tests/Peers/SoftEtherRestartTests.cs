using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests.Peers;

/// <summary>A server that others made, killed and started again.</summary>
public sealed class SoftEtherRestartTests
{
    [SoftEtherFact]
    public void A_killed_server_is_noticed_and_the_tunnel_is_back_when_it_is()
    {
        using var network = new SoftEther();
        using Router branch = network.AddBranch(out string server, out string client);
        branch.Exec($"/interface sstp-client add name=out connect-to={server} password={SoftEther.Password} {SoftEther.Client}");
        branch.WaitUntilRunning("out");

        network.Kill();

        branch.Program.WaitForLine("out: terminating... - ");
        branch.Program.WaitForLine("out: disconnected");
        Assert.False(branch.IsRunning("out"));
        network.Start();
        branch.WaitUntilRunning("out");
        SoftEther.WaitForFarEnd(branch);
        Assert.Single(network.SessionsFrom(client));
    }
}
