using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SstpRouter.Lab.Tests.Harness;
using SstpRouter.Linux;
using SstpRouter.Tls;
using SstpRouter.Tunnels.Tests.Support;

namespace SstpRouter.Lab.Tests.Scripted;

/// <summary>A router that dials, and the machine where scripted servers wait for it. One serves all scripts of servers.</summary>
public sealed class CallsFromRouter : IDisposable
{
    private readonly Router? _branch;
    private readonly Host? _server;
    private int _calls;

    public CallsFromRouter()
    {
        if (ProcessControl.EffectiveUserId != 0)
        {
            return;
        }

        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=vpn", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Identity = new TlsIdentity([certificate.RawData], key.ExportPkcs8PrivateKey());
        _branch = new Router("branch");
        _server = Peers.OnCable(_branch, "192.168.62.1", "192.168.62.2");
    }

    internal Router Branch => _branch!;

    /// <summary>What the scripted servers show.</summary>
    internal TlsIdentity? Identity { get; }

    internal ScriptedCall Dial(byte binding, TlsServerPolicy? tls = null, string client = "user=User") =>
        new(this, _server!, "sstp-out" + (++_calls).ToString(CultureInfo.InvariantCulture), binding, tls ?? new TlsServerPolicy { Identity = Identity }, client);

    public void Dispose()
    {
        _server?.Dispose();
        _branch?.Dispose();
    }

    /// <summary>One tunnel that the router dials, and the scripted server that takes the call.</summary>
    internal sealed class ScriptedCall : IDisposable
    {
        private readonly Router _branch;

        public ScriptedCall(CallsFromRouter network, Host server, string name, byte binding, TlsServerPolicy tls, string client)
        {
            _branch = network.Branch;
            Name = name;
            using Socket listener = server.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
            listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            listener.Bind(new IPEndPoint(IPAddress.Any, 443));
            listener.Listen();
            _branch.Exec($"/interface sstp-client add name={name} connect-to=192.168.62.2 password=clientPass disabled=no {client}");
            Assert.True(listener.Poll(Await.Limit, SelectMode.SelectRead), $"no call came:\n{string.Join('\n', _branch.Program.Lines)}");
            Socket accepted = listener.Accept();
            accepted.NoDelay = true;
            using var context = TlsContext.ForServer(tls);
            Server = new ScriptedPeer(new TlsStream(accepted, context.Accept()), _branch, routerIsServer: false);
            Server.Known.Learn("nonce", RandomNumberGenerator.GetBytes(32));
            Server.Known.Learn("challenge", RandomNumberGenerator.GetBytes(16));
            PeerLogin.MsChap2(Server.Known, binding, () => tls.Identity?.CertificateChainDer[0]);
        }

        public ScriptedPeer Server { get; }

        public string Name { get; }

        /// <summary>Reads the HTTP request, which is like that of Windows, and answers it.</summary>
        public void AnswerRequest(string reply)
        {
            string[] lines = Server.ReadHead();
            Assert.Equal("SSTP_DUPLEX_POST /sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/ HTTP/1.1", lines[0]);
            Assert.Matches("^SSTPCORRELATIONID: \\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\\}$", lines[1]);
            Assert.Equal(["Content-Length: 18446744073709551615", "Host: 192.168.62.2"], lines[2..]);
            Server.SendHead(reply);
        }

        /// <summary>Both ends ping each other through the tunnel.</summary>
        public void PingBothWays(string server = "10.0.0.1")
        {
            _branch.WaitUntilRunning(Name);
            Server.AnswerPingsDuring(() => _branch.Ping(server));
            Server.Ping(IPAddress.Parse(server).GetAddressBytes(), [10, 0, 0, 2]);
        }

        /// <summary>Waits for a line of the tunnel's log.</summary>
        public void WaitForLine(string text) => _branch.Program.WaitForLine($" {Name}: {text}");

        public void Dispose()
        {
            Server.Dispose();
            _branch.Exec($"/interface sstp-client remove {Name}");
            Await.Until(() => _branch.Host.KernelInterfaces().Length == 2, () => "a tunnel was left behind");
        }
    }
}
