using SstpRouter.Lab.Tests.Golden;
using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests;

/// <summary>What a running router answers to commands that it cannot obey.</summary>
public sealed class CommandErrorTests(CommandErrorTests.Running running) : IClassFixture<CommandErrorTests.Running>
{
    [RootFact]
    public void Typical_mistakes_get_the_texts_of_RouterOS()
    {
        string[] mistakes =
        [
            "/interfaec print",
            "/interface sstp-clientt print",
            "/interface sstp-client fly",
            "/interface sstp-client add",
            "/interface sstp-client add connect-to=192.168.62.2",
            "/interface sstp-client add connect-to=192.168.62.2 user=u colour=red",
            "/interface sstp-client add connect-to=192.168.62.2 user=u name=a",
            "/interface sstp-server add user=u name=a",
            "/interface sstp-client set missing comment=x",
            "/interface sstp-client set 7 comment=x",
            "/interface sstp-client remove",
            "/interface sstp-client set a max-mtu=99999",
            "/interface sstp-client set a keepalive-timeout=soon",
            "/interface sstp-client set a add-sni=maybe",
            "/interface sstp-client set a authentication=eap",
            "/interface sstp-client set a certificate=missing",
            "/interface sstp-client set a profile=missing",
            "/interface sstp-client get a colour",
            "/interface sstp-server server set verify-client-certificate=yes",
            "/ppp secret add name=u",
            "/ppp secret add name=v service=vnc",
            "/ppp profile remove default",
            "/ppp profile set default name=x",
            "/ip address add address=192.168.62.1/24",
            "/ip address add address=192.168.62.1/33 interface=lo",
            "/ip address add address=192.168.62.1/24 interface=missing",
            "/ip route add dst-address=0.0.0.0/0 gateway=192.168.62.2",
            "/ping",
            "/ping 192.168.62.2 count=1 interface=missing",
            "/certificate import file-name=missing.pem passphrase=\"\"",
            "/system identity set name=",
            ":put [/interface sstp-client get a",
            ":put \"open",
        ];

        Screen.Check("command-errors", string.Concat(mistakes.Select(c => $"> {c}\n{running.Router!.ExecFails(c)}\n"))
            .Replace(running.Router!.State, "STATE", StringComparison.Ordinal));
    }

    [RootTheory]
    [InlineData("/interface sstp-client set a mrru=1600", "mrru")]
    [InlineData("/interface sstp-client set a dial-on-demand=yes", "dial-on-demand")]
    [InlineData("/interface sstp-client set a http-proxy=192.0.2.1", "http-proxy")]
    [InlineData("/interface sstp-client set a comment=changed proxy-port=8080", "proxy-port")]
    [InlineData("/interface sstp-server server set enabled=yes mrru=1600", "mrru")]
    [InlineData("/ppp profile set default rate-limit=10M/10M", "rate-limit")]
    [InlineData("/ppp profile set default bridge=bridge1", "bridge")]
    [InlineData("/ppp profile set default use-compression=yes", "use-compression")]
    public void A_property_without_effect_is_refused_and_nothing_changes(string command, string property)
    {
        string before = running.Router!.Exec("/export verbose show-sensitive");

        string error = running.Router.ExecFails(command);

        Assert.Equal($"failure: {property} is not supported yet", error);
        Assert.Equal(WithoutTime(before), WithoutTime(running.Router.Exec("/export verbose show-sensitive")));
    }

    private static string WithoutTime(string export) => export[export.IndexOf('\n', StringComparison.Ordinal)..];

    public sealed class Running : IDisposable
    {
        public Running()
        {
            if (Linux.ProcessControl.EffectiveUserId != 0)
            {
                return;
            }

            Router = new Router("asked");
            Router.Start();
            Router.Exec("/interface sstp-client add connect-to=192.168.62.2 user=u name=a");
            Router.Exec("/ppp secret add name=u password=x");
        }

        internal Router? Router { get; }

        public void Dispose() => Router?.Dispose();
    }
}
