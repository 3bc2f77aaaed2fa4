namespace SstpRouter.Ppp.Negotiation;

/// <summary>Why a protocol finished.</summary>
internal enum FinishCause
{
    /// <summary>It was closed from our side, or the peer terminated it.</summary>
    Terminated,

    /// <summary>The peer did not answer often enough.</summary>
    TimedOut,

    /// <summary>There is no agreement.</summary>
    NotConverging,

    /// <summary>The peer rejected the protocol, or a code that it needs.</summary>
    Rejected,
}

/// <summary>What a negotiation stands in: the way out, and the layers beside it.</summary>
internal interface INegotiationLayer
{
    /// <summary>The most that the peer takes in one information field.</summary>
    int PeerMru { get; }

    /// <summary>Sends a packet.</summary>
    void Send(ushort protocol, byte code, byte identifier, ReadOnlySpan<byte> data);

    /// <summary>Whether one more Code- or Protocol-Reject may go out now.</summary>
    bool MayReject(long now);

    /// <summary>This-Layer-Up.</summary>
    void LayerUp(OptionNegotiation negotiation, long now);

    /// <summary>This-Layer-Down.</summary>
    void LayerDown(OptionNegotiation negotiation, long now);

    /// <summary>This-Layer-Finished, or as good as that.</summary>
    void LayerFinished(OptionNegotiation negotiation, FinishCause cause, string? detail, long now);

    /// <summary>The peer asked to terminate; it has its answer already.</summary>
    void TerminateRequested(OptionNegotiation negotiation, ReadOnlySpan<byte> data, long now);
}
