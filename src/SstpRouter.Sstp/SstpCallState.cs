namespace SstpRouter.Sstp;

/// <summary>Where a call stands ([MS-SSTP] 3.1.1, 3.2.1, 3.3.1).</summary>
public enum SstpCallState
{
    /// <summary>Not started yet (Call_Disconnected).</summary>
    Disconnected,

    /// <summary>The HTTP request or its reply is awaited.</summary>
    HttpExchange,

    /// <summary>Client: CALL_CONNECT_REQUEST is out, the acknowledgement is awaited.</summary>
    ConnectRequestSent,

    /// <summary>Client: PPP may authenticate.</summary>
    ConnectAckReceived,

    /// <summary>Server: CALL_CONNECT_REQUEST is awaited.</summary>
    ConnectRequestPending,

    /// <summary>Server: PPP may authenticate, a valid CALL_CONNECTED is awaited.</summary>
    CallConnectedPending,

    /// <summary>Data may flow; on the server the crypto binding is verified.</summary>
    Connected,

    /// <summary>This end sent CALL_ABORT first.</summary>
    AbortPending,

    /// <summary>Both ends sent CALL_ABORT.</summary>
    AbortTimeoutPending,

    /// <summary>This end sent CALL_DISCONNECT.</summary>
    DisconnectAckPending,

    /// <summary>This end answered CALL_DISCONNECT.</summary>
    DisconnectTimeoutPending,

    /// <summary>Over: <see cref="SstpOutput.Closed"/> was put out and nothing follows.</summary>
    Closed,
}
