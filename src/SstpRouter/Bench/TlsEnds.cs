using System.Net.Sockets;
using SstpRouter.Lab;
using SstpRouter.Tls;

namespace SstpRouter.Bench;

/// <summary>TLS and nothing else, as a tunnel would agree on it: what is left of a cable's speed for any tunnel over TLS.</summary>
internal sealed class TlsEnds : IFlowEnds
{
    // As much as the tunnel hands to TLS at once.
    private const int SealedAtOnce = 64 * 1024;
    private const int LargestRecord = 16 * 1024;

    private readonly TlsConnection _sender;
    private readonly TlsConnection _receiver;
    private readonly byte[] _plaintext = new byte[LargestRecord];

    public TlsEnds(LabCertificate certificate)
    {
        using TlsContext client = TlsContext.ForClient(new TlsClientPolicy());
        using TlsContext server = TlsContext.ForServer(new TlsServerPolicy { Identity = certificate.Identity });
        _sender = client.Connect();
        _receiver = server.Accept();
    }

    public void Agree(Socket sender, Socket receiver)
    {
        TlsStatus near;
        TlsStatus far;
        do
        {
            near = _sender.Handshake();
            Carry(_sender, _receiver);
            far = _receiver.Handshake();
            Carry(_receiver, _sender);
        }
        while ((near, far) is (TlsStatus.WantsInput, not TlsStatus.Failed) or (not TlsStatus.Failed, TlsStatus.WantsInput));
        if (near != TlsStatus.Done || far != TlsStatus.Done)
        {
            throw new BenchFailure($"wire: the two ends of TLS do not agree: {_sender.Failure ?? _receiver.Failure}");
        }
    }

    public ReadOnlySpan<byte> Outgoing(ReadOnlySpan<byte> plaintext)
    {
        _sender.Sent(_sender.PendingCiphertext);
        _sender.Write(plaintext[..SealedAtOnce]);
        return _sender.Ciphertext;
    }

    public int Incoming(ReadOnlyMemory<byte> received)
    {
        int total = 0;
        _receiver.LendCiphertext(received);
        while (_receiver.Read(_plaintext, out int count) == TlsStatus.Data)
        {
            total += count;
        }

        _receiver.EndLoan();
        return total;
    }

    public void Dispose()
    {
        _sender.Dispose();
        _receiver.Dispose();
    }

    private static void Carry(TlsConnection from, TlsConnection to)
    {
        to.PutCiphertext(from.Ciphertext);
        from.Sent(from.PendingCiphertext);
    }
}
