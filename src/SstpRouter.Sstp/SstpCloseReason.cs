namespace SstpRouter.Sstp;

/// <summary>Why a call ended: the first cause, whatever followed from it.</summary>
public enum SstpCloseReason
{
    /// <summary>This end asked for it.</summary>
    Disconnected,

    /// <summary>The peer sent CALL_DISCONNECT.</summary>
    PeerDisconnected,

    /// <summary>The peer sent CALL_ABORT.</summary>
    PeerAborted,

    /// <summary>The TLS or TCP connection ended under the call.</summary>
    TransportClosed,

    /// <summary>Nothing was received although it was asked for.</summary>
    PeerNotResponding,

    /// <summary>The HTTP request or reply did not come whole in time.</summary>
    HttpTimeout,

    /// <summary>HTTP said no: a status other than 200, or a request for something that is not SSTP.</summary>
    HttpRejected,

    /// <summary>The HTTP request or reply could not be read.</summary>
    HttpMalformed,

    /// <summary>The HTTP head went over its limit of bytes or lines.</summary>
    HttpTooLarge,

    /// <summary>The call was not connected in time.</summary>
    NegotiationTimeout,

    /// <summary>CALL_CONNECT_REQUEST was refused too often.</summary>
    NakRetryExceeded,

    /// <summary>Server and client have no hash protocol in common.</summary>
    NoCommonHash,

    /// <summary>The crypto binding, or the request for it, was missing or of the wrong form.</summary>
    BindingMissing,

    /// <summary>The crypto binding was wrong: another TLS end, or another key, than this end knows.</summary>
    BindingMismatch,

    /// <summary>A message came that its state does not allow.</summary>
    UnacceptableMessage,

    /// <summary>The byte stream is not made of SSTP packets.</summary>
    MalformedPacket,

    /// <summary>A message could not be read.</summary>
    MalformedMessage,

    /// <summary>Too many frames came before they were allowed.</summary>
    TooManyEarlyFrames,
}
