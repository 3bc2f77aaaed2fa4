namespace SstpRouter.Bench;

/// <summary>What the two ends of a <see cref="Flow"/> do to its octets.</summary>
internal interface IFlowEnds : IDisposable
{
    /// <summary>What is to be sent for some plaintext; called on the sender's thread, again when all of it has left.</summary>
    ReadOnlySpan<byte> Outgoing(ReadOnlySpan<byte> plaintext);

    /// <summary>How much plaintext has come; called on the receiver's thread.</summary>
    int Incoming(ReadOnlyMemory<byte> received);
}
