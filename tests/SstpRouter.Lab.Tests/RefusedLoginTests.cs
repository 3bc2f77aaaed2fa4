using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests;

/// <summary>Logins that a server refuses: never up, the words of RouterOS on both sides, and another try.</summary>
/// <remarks>One network serves all cases: a client waits for long after a refusal, and they can wait together.</remarks>
public sealed class RefusedLoginTests(RefusedLoginTests.Network network) : IClassFixture<RefusedLoginTests.Network>
{
    [RootTheory]
    [InlineData("wrong-password", "authentication failed")]
    [InlineData("unknown-user", "authentication failed")]
    [InlineData("no-common-method", "no common authentication method: peer asks for mschap2, allowed here: pap")]
    public void The_client_says_so_and_tries_again(string client, string cause)
    {
        Router branch = network.Routers!.Branch;

        branch.Program.WaitForLine($"{client}: initializing...", count: 2);

        string[] log = branch.LogOf(client);
        Assert.Equal(
            [
                $"{client}: initializing...",
                $"{client}: connecting...",
                $"{client}: terminating... - failed to authenticate ourselves to peer",
                $"{client}: {cause}",
                $"{client}: disconnected",
                $"{client}: initializing...",
            ],
            log.Take(6));
        Assert.DoesNotContain(log, l => l.EndsWith("authenticated", StringComparison.Ordinal) || l.EndsWith(": connected", StringComparison.Ordinal));
        Assert.False(branch.IsRunning(client));
    }

    [RootTheory]
    [InlineData("MT-User")]
    [InlineData("nobody")]
    public void The_server_names_the_user(string user)
    {
        Router hq = network.Routers!.Hq;

        hq.Program.WaitForLine($": user {user} authentication failed");

        Assert.Equal(0, hq.Program.Count("logged in, "));
        Assert.Equal("", hq.Exec("/ppp active print terse"));
        Assert.Equal(["ether1", "lo"], hq.Host.KernelInterfaces());
    }

    [RootTheory]
    [InlineData("the password is wrong")]
    [InlineData("there is no secret with that name; see /ppp/secret")]
    [InlineData("no common authentication method: peer wants pap, allowed here: mschap2")]
    public void The_server_logs_the_cause_which_it_does_not_tell_the_caller(string cause)
    {
        network.Routers!.Hq.Program.WaitForLine($": {cause}");

        Assert.True(network.Routers.Hq.Program.Count(">: terminating... - failed to authenticate") > 0);
        Assert.Equal(0, network.Routers.Branch.Program.Count("password is wrong"));
        Assert.Equal(0, network.Routers.Branch.Program.Count("no secret"));
    }

    public sealed class Network : IDisposable
    {
        public Network()
        {
            if (Linux.ProcessControl.EffectiveUserId != 0)
            {
                return;
            }

            Routers = new TwoRouters();
            Routers.Hq.Exec("/ppp secret add name=MT-User password=StrongPass service=sstp local-address=10.0.0.1 remote-address=10.0.0.5");
            Routers.Hq.Exec("/interface sstp-server server set authentication=mschap2 enabled=yes");
            Dial("wrong-password", "user=MT-User password=WeakPass");
            Dial("unknown-user", "user=nobody password=StrongPass");
            Dial("no-common-method", "user=MT-User password=StrongPass authentication=pap");
        }

        internal TwoRouters? Routers { get; }

        public void Dispose() => Routers?.Dispose();

        private void Dial(string name, string login) =>
            Routers!.Branch.Exec($"/interface sstp-client add name={name} connect-to=192.168.62.2 {login} disabled=no");
    }
}
