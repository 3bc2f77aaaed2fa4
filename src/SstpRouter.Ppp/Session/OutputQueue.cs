using System.Diagnostics.CodeAnalysis;
using SstpRouter.Ppp.Negotiation;

namespace SstpRouter.Ppp.Session;

/// <summary>What a session put out and nobody took yet.</summary>
internal sealed class OutputQueue(bool traces)
{
    private readonly Queue<PppOutput> _outputs = new();
    private readonly RejectAllowance _rejects = new();

    /// <summary>Whether Closed was put out: nothing comes after it.</summary>
    internal bool IsClosed { get; private set; }

    internal bool TryTake([NotNullWhen(true)] out PppOutput? output) => _outputs.TryDequeue(out output);

    internal void Put(PppOutput output)
    {
        if (!IsClosed)
        {
            _outputs.Enqueue(output);
            IsClosed = output is PppOutput.Closed;
        }
    }

    internal void Send(ushort protocol, byte code, byte identifier, ReadOnlySpan<byte> data)
    {
        byte[] frame = ControlPacket.BuildFrame(protocol, code, identifier, data);
        Put(new PppOutput.Frame(frame));
        Trace("sent", protocol, frame.AsSpan(PppFrame.HeaderLength));
    }

    internal void Trace(string direction, ushort protocol, ReadOnlySpan<byte> information)
    {
        if (traces)
        {
            Put(new PppOutput.Trace(PacketText.Describe(direction, protocol, information)));
        }
    }

    internal bool MayReject(long now) => _rejects.Take(now);
}
