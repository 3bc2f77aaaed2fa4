namespace SstpRouter.Sstp.Wire;

/// <summary>The nine control messages ([MS-SSTP] 2.2.2).</summary>
internal enum SstpMessageType : ushort
{
    CallConnectRequest = 1,
    CallConnectAck = 2,
    CallConnectNak = 3,
    CallConnected = 4,
    CallAbort = 5,
    CallDisconnect = 6,
    CallDisconnectAck = 7,
    EchoRequest = 8,
    EchoResponse = 9,
}
