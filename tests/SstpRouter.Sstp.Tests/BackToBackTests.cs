using SstpRouter.Sstp.Tests.Support;

namespace SstpRouter.Sstp.Tests;

/// <summary>A client call and a server call, joined in memory.</summary>
public class BackToBackTests
{
    private static readonly byte[] Other = "ANOTHER CERTIFICATE"u8.ToArray();

    public static TheoryData<SstpHashes, SstpHashes, bool> Agreements
    {
        get
        {
            SstpHashes[] sets = [SstpHashes.Sha1, SstpHashes.Sha256, SstpHashes.Sha1 | SstpHashes.Sha256];
            var rows = new TheoryData<SstpHashes, SstpHashes, bool>();
            foreach (SstpHashes client in sets)
            {
                foreach (SstpHashes server in sets.Where(server => (server & client) != SstpHashes.None))
                {
                    rows.Add(client, server, true);
                    rows.Add(client, server, false);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Agreements))]
    public void Both_ends_connect_and_disconnect(SstpHashes client, SstpHashes server, bool certificate)
    {
        byte[] shown = certificate ? Packets.Certificate : [];
        Link link = new(
            Conversation.ClientOptions with { ServerCertificateDer = shown, Supported = client },
            Conversation.ServerOptions with { Certificates = certificate ? [shown] : [], Offered = server });

        link.Authenticate(Packets.Hlak, Packets.Hlak);

        Assert.True(link.Client.MaySendData);
        Assert.True(link.Server.MaySendData);

        link.Client.Disconnect(0);
        link.Run();
        Assert.Equal(SstpCloseReason.Disconnected, link.ClientClosed!.Reason);
        link.Server.Tick(1_000);
        link.Run();
        Assert.Equal(SstpCloseReason.PeerDisconnected, link.ServerClosed!.Reason);
    }

    /// <summary>TLS ends at the man in the middle, who shows a certificate of his own, or none, and relays the rest.
    /// </summary>
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_man_in_the_middle_never_connects(bool shownToClient, bool shownByServer)
    {
        foreach (SstpHashes hash in new[] { SstpHashes.Sha1, SstpHashes.Sha256 })
        {
            Link link = new(
                Conversation.ClientOptions with { ServerCertificateDer = shownToClient ? Other : [] },
                Conversation.ServerOptions with
                {
                    Certificates = shownByServer ? [Packets.Certificate] : [],
                    Offered = hash,
                });

            link.Authenticate(Packets.Hlak, Packets.Hlak);

            Assert.False(link.Server.MaySendData);
            Assert.False(link.Client.MaySendData);
            link.Client.Tick(10_000);
            link.Server.Tick(10_000);
            link.Run();
            Assert.Equal(SstpCloseReason.BindingMismatch, link.ServerClosed!.Reason);
            Assert.Equal(SstpCloseReason.PeerAborted, link.ClientClosed!.Reason);
            Assert.Equal(
                "the peer aborted the call: status 4 VALUE_NOT_SUPPORTED for CRYPTO_BINDING: "
                + "it saw another certificate than we did, or another TLS end in between",
                link.ClientClosed.Detail);
        }
    }

    [Fact]
    public void Ends_with_different_keys_never_connect()
    {
        Link link = new(Conversation.ClientOptions, Conversation.ServerOptions);

        link.Authenticate(Packets.Hlak, new byte[32]);

        Assert.False(link.Server.MaySendData);
        Assert.False(link.Client.MaySendData);
    }

    private sealed class Link
    {
        private byte[] _toClient = [];
        private byte[] _toServer = [];

        public Link(SstpClientOptions client, SstpServerOptions server)
        {
            Client = new SstpClientCall(client, Conversation.FillInOrder);
            Server = new SstpServerCall(server, Conversation.FillInOrder);
            Server.Start(0);
            Client.Start(0);
            Run();
        }

        public SstpClientCall Client { get; }

        public SstpServerCall Server { get; }

        public SstpOutput.Closed? ClientClosed { get; private set; }

        public SstpOutput.Closed? ServerClosed { get; private set; }

        public void Authenticate(byte[] clientHlak, byte[] serverHlak)
        {
            Assert.True(Client.MaySendControl);
            Server.Authenticated(serverHlak, 0);
            Client.Authenticated(clientHlak, 0);
            Run();
        }

        public void Run()
        {
            do
            {
                ClientClosed = Pump(Client, ref _toClient, ref _toServer) ?? ClientClosed;
                ServerClosed = Pump(Server, ref _toServer, ref _toClient) ?? ServerClosed;
            }
            while (_toClient.Length > 0);
        }

        private static SstpOutput.Closed? Pump(SstpCall call, ref byte[] incoming, ref byte[] outgoing)
        {
            ReadOnlySpan<byte> input = incoming;
            Assert.False(call.TryRead(ref input, 0, out _));
            incoming = input.ToArray();
            SstpOutput.Closed? closed = null;
            while (call.TryTake(out SstpOutput? output))
            {
                outgoing = output is SstpOutput.Send send ? [.. outgoing, .. send.Bytes] : outgoing;
                closed = output as SstpOutput.Closed ?? closed;
            }

            return closed;
        }
    }
}
