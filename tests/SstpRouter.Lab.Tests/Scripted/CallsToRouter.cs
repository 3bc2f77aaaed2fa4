using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using SstpRouter.Lab.Tests.Harness;
using SstpRouter.Linux;
using SstpRouter.Tls;
using SstpRouter.Tunnels.Tests.Support;

namespace SstpRouter.Lab.Tests.Scripted;

/// <summary>A router that is an SSTP server, and the machine that scripted clients call it from. One serves all scripts of clients.</summary>
public sealed class CallsToRouter : IDisposable
{
    private static readonly IPEndPoint Listener = new(IPAddress.Parse("192.168.62.2"), 443);

    private readonly Router? _hq;
    private readonly Host? _caller;

    public CallsToRouter()
    {
        if (ProcessControl.EffectiveUserId != 0)
        {
            return;
        }

        _hq = new Router("hq");
        _caller = Peers.OnCable(_hq, "192.168.62.2", "192.168.62.1");
        _hq.ImportCertificate("hq");
        _hq.Exec("/ppp profile set default dns-server=10.0.0.1,10.0.0.9");
        _hq.Exec("/ppp secret add name=User password=clientPass service=sstp local-address=10.0.0.1 remote-address=10.0.0.2");
        _hq.Exec("/ppp secret add name=\"OFFICE\\\\User\" password=clientPass service=sstp local-address=10.0.0.1 remote-address=10.0.0.2");
    }

    internal Router Hq => _hq!;

    /// <summary>Gives the server settings of its own for one test, and calls it.</summary>
    internal ScriptedPeer Call(string certificate = "hq", int keepalive = 60, bool ipv6 = false, TlsClientPolicy? tls = null)
    {
        Serve(certificate, keepalive, ipv6);
        Socket socket = _caller!.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });
        socket.Connect(Listener);
        using var context = TlsContext.ForClient(tls ?? new TlsClientPolicy());
        return new ScriptedPeer(new TlsStream(socket, context.Connect()), Hq, routerIsServer: true);
    }

    /// <summary>A client that logs in by MS-CHAPv2.</summary>
    internal ScriptedPeer CallWithMsChap2(byte binding, string user = PeerLogin.User, int keepalive = 60, bool ipv6 = false, TlsClientPolicy? tls = null)
    {
        ScriptedPeer peer = Call(keepalive: keepalive, ipv6: ipv6, tls: tls);
        peer.Known.Learn("peer-challenge", RandomNumberGenerator.GetBytes(16));
        PeerLogin.MsChap2(peer.Known, binding, () => peer.Tls.PeerCertificateDer, user);
        return peer;
    }

    /// <summary>Calls the server by OpenSSL's client; what is typed there goes through TLS, or is a command where it is one letter.</summary>
    internal RunningProgram OpenSsl(params string[] options)
    {
        Serve("hq", keepalive: 60, ipv6: false);
        return _caller!.Start("openssl", ["s_client", "-connect", Listener.ToString(), "-crlf", .. options]);
    }

    /// <summary>Both ends ping each other through the tunnel.</summary>
    internal void PingBothWays(ScriptedPeer peer)
    {
        Await.Until(
            () => Hq.Exec(":put [:len [/interface sstp-server find where running]]") == "1\n",
            () => $"the tunnel did not come up:\n{string.Join('\n', Hq.Program.Lines)}");
        peer.AnswerPingsDuring(() => Hq.Ping("10.0.0.2"));
        peer.Ping([10, 0, 0, 2], [10, 0, 0, 1]);
    }

    /// <summary>Waits until nothing is left of a call.</summary>
    internal void ExpectIdle() => Await.Until(
        () => Hq.Exec(":put [:len [/ppp active find]]") == "0\n" && Hq.Host.KernelInterfaces().Length == 2,
        () => $"the call did not end:\n{string.Join('\n', Hq.Program.Lines)}");

    private void Serve(string certificate, int keepalive, bool ipv6)
    {
        Hq.Exec($"/ppp profile set default use-ipv6={(ipv6 ? "yes" : "no")}");
        Hq.Exec($"/interface sstp-server server set enabled=yes certificate={certificate} keepalive-timeout={keepalive}");
    }

    public void Dispose()
    {
        _caller?.Dispose();
        _hq?.Dispose();
    }
}
